//! Facts told as records again.

use super::files::Writer;
use crate::AppError;
use laer8_domain::{
    accounts::FieldFact,
    catalog::Entitlement,
    days::Day,
    history::AccountHistory,
    ids::{AccountId, PersonId, SourceId},
    provenance::Origin,
    records::{
        AccountRecord, AccountRef, ChurnEventRecord, EntitlementRecord, ExchangeRateRecord, FeatureRecord,
        FieldRecord, Incoming, KnownWhen, NoteRecord, PersonRecord, PlanRecord, ProductRecord, Record,
        StepRecord, SubscriptionRecord, SurveyRecord, TermsRecord, TicketEventRecord, TicketRecord,
        UsageRecord,
    },
    subscriptions::Terms,
    usage::UsageRow,
};
use laer8_store::{Kind, Tx, UsageFact};
use rustc_hash::FxHashMap;

/// The kinds of things that records name.
const NAMED: [Kind; 10] = [
    Kind::Account,
    Kind::Person,
    Kind::Product,
    Kind::Plan,
    Kind::Feature,
    Kind::Subscription,
    Kind::Ticket,
    Kind::Survey,
    Kind::ChurnEvent,
    Kind::Note,
];

/// What each source calls everything.
pub(super) struct Names {
    sources: Vec<(SourceId, String)>,
    names: FxHashMap<(SourceId, Kind), FxHashMap<i64, String>>,
}

fn known(day: Day, record: Record) -> Incoming {
    Incoming { row: 0, known: KnownWhen::On(day), record }
}

impl Names {
    pub(super) async fn load(tx: &Tx) -> Result<Self, AppError> {
        let sources = tx.sources().await?;
        let mut names = FxHashMap::default();
        for (source, _) in &sources {
            for kind in NAMED {
                let ids = tx.all_ids(*source, kind).await?;
                let names_of: FxHashMap<i64, String> = ids.into_iter().map(|(name, id)| (id, name)).collect();
                names.insert((*source, kind), names_of);
            }
        }
        Ok(Self { sources, names })
    }

    fn source(&self, id: SourceId) -> &str {
        let found = self.sources.iter().find(|(source, _)| *source == id);
        found.map(|(_, name)| name.as_str()).unwrap_or_default()
    }

    fn name(&self, source: SourceId, kind: Kind, id: i64) -> Option<String> {
        self.names.get(&(source, kind))?.get(&id).cloned()
    }

    /// A name that must be there: what a source told, it named.
    fn must(&self, source: SourceId, kind: Kind, id: i64) -> String {
        self.name(source, kind, id).unwrap_or_else(|| format!("#{id}"))
    }

    fn account(&self, source: SourceId, account: AccountId) -> AccountRef {
        AccountRef::Account(self.must(source, Kind::Account, account.0))
    }

    fn person(&self, source: SourceId, person: Option<PersonId>) -> Option<String> {
        self.name(source, Kind::Person, person?.0)
    }

    pub(super) async fn tell_catalog(&self, tx: &Tx, writer: &mut Writer) -> Result<(), AppError> {
        let catalog = tx.catalog().await?;
        for (source, name) in &self.sources {
            let product_name =
                |id: Option<laer8_domain::ids::ProductId>| self.name(*source, Kind::Product, id?.0);
            for product in catalog.products() {
                let Some(id) = self.name(*source, Kind::Product, product.id.0) else { continue };
                let record = Record::Product(ProductRecord { id, name: product.name.clone() });
                writer.write(name, &Incoming { row: 0, known: KnownWhen::Happened, record })?;
            }
            for feature in catalog.features() {
                let Some(id) = self.name(*source, Kind::Feature, feature.id.0) else { continue };
                let record = Record::Feature(FeatureRecord {
                    id,
                    name: feature.name.clone(),
                    product: product_name(feature.product),
                    core: feature.core,
                    depth_target: feature.depth_target,
                });
                writer.write(name, &Incoming { row: 0, known: KnownWhen::Happened, record })?;
            }
            for plan in catalog.plans() {
                let Some(id) = self.name(*source, Kind::Plan, plan.id.0) else { continue };
                let entitles = match &plan.entitles {
                    Entitlement::Unknown => EntitlementRecord::Unknown,
                    Entitlement::All => EntitlementRecord::All,
                    Entitlement::Only(features) => EntitlementRecord::Only(
                        features.iter().filter_map(|id| self.name(*source, Kind::Feature, id.0)).collect(),
                    ),
                };
                let record = Record::Plan(PlanRecord {
                    id,
                    name: plan.name.clone(),
                    product: product_name(plan.product),
                    entitles,
                    upgrade: plan.upgrade.and_then(|upgrade| self.name(*source, Kind::Plan, upgrade.0)),
                    included_uses: plan.included_uses,
                });
                writer.write(name, &Incoming { row: 0, known: KnownWhen::Happened, record })?;
            }
        }
        for (rate, source) in tx.rates_with_source().await? {
            let (from, to, day, billionths) = (rate.from, rate.to, rate.day, rate.billionths);
            let record = Record::ExchangeRate(ExchangeRateRecord { from, to, day, billionths });
            writer.write(self.source(source), &known(rate.known_on, record))?;
        }
        Ok(())
    }

    /// Everything about an account but its usage.
    pub(super) fn tell_account(&self, history: &AccountHistory, writer: &mut Writer) -> Result<(), AppError> {
        for (source, fields) in by_source(&history.fields) {
            let id = self.must(source, Kind::Account, history.id.0);
            let record = Record::Account(AccountRecord { id, fields });
            writer.write(self.source(source), &Incoming { row: 0, known: KnownWhen::Happened, record })?;
        }
        for person in &history.people {
            for (source, fields) in by_source(&person.fields) {
                let id = self.must(source, Kind::Person, person.id.0);
                let record =
                    Record::Person(PersonRecord { id, account: self.account(source, history.id), fields });
                writer
                    .write(self.source(source), &Incoming { row: 0, known: KnownWhen::Happened, record })?;
            }
        }
        self.tell_subscriptions(history, writer)?;
        self.tell_tickets(history, writer)?;
        self.tell_conversations(history, writer)
    }

    fn tell_subscriptions(&self, history: &AccountHistory, writer: &mut Writer) -> Result<(), AppError> {
        for subscription in &history.subscriptions {
            let mut versions: Vec<_> = subscription.versions().iter().collect();
            versions.sort_by_key(|version| (version.revision, version.effective_from));
            for version in versions {
                let source = version.origin.source;
                let terms = version.state.terms().map(|terms| self.terms(source, terms));
                let record = Record::Subscription(SubscriptionRecord {
                    id: self.must(source, Kind::Subscription, subscription.id.0),
                    account: self.account(source, history.id),
                    steps: vec![StepRecord { from: version.effective_from, terms }],
                    whole: false,
                });
                writer.write(self.source(source), &known(version.known_on, record))?;
            }
        }
        Ok(())
    }

    fn terms(&self, source: SourceId, terms: &Terms) -> TermsRecord {
        TermsRecord {
            plan: self.must(source, Kind::Plan, terms.plan.0),
            quantity: terms.quantity,
            price: terms.price,
            trial: terms.trial,
            term_start: Some(terms.term_start),
            term_months: terms.term_months,
            auto_renew: terms.auto_renew,
            notice_days: terms.notice_days,
            captive_until: terms.captive_until,
        }
    }

    fn tell_tickets(&self, history: &AccountHistory, writer: &mut Writer) -> Result<(), AppError> {
        for ticket in &history.tickets {
            let mut events: Vec<_> = ticket.events().iter().collect();
            events.sort_by_key(|event| event.revision);
            for event in events {
                let source = event.origin.source;
                let record = Record::Ticket(TicketRecord {
                    id: self.must(source, Kind::Ticket, ticket.id.0),
                    account: self.account(source, history.id),
                    events: vec![TicketEventRecord { kind: event.kind.clone(), at: event.occurred_at }],
                });
                writer.write(self.source(source), &known(event.known_on, record))?;
            }
        }
        Ok(())
    }

    fn tell_conversations(&self, history: &AccountHistory, writer: &mut Writer) -> Result<(), AppError> {
        let account = |origin: Origin| self.account(origin.source, history.id);
        let mut surveys: Vec<_> = history.surveys.iter().collect();
        surveys.sort_by_key(|survey| (survey.id, survey.revision));
        for survey in surveys {
            let source = survey.origin.source;
            let record = Record::Survey(SurveyRecord {
                id: self.must(source, Kind::Survey, survey.id.0),
                account: account(survey.origin),
                person: self.person(source, survey.person),
                kind: survey.kind,
                score: survey.score,
                comment: survey.comment.clone(),
                day: survey.answered_on,
            });
            writer.write(self.source(source), &known(survey.known_on, record))?;
        }
        let mut events: Vec<_> = history.churn_events.iter().collect();
        events.sort_by_key(|event| (event.id, event.revision));
        for event in events {
            let source = event.origin.source;
            let record = Record::ChurnEvent(ChurnEventRecord {
                id: self.must(source, Kind::ChurnEvent, event.id.0),
                account: account(event.origin),
                day: event.occurred_on,
                reason: event.reason.clone(),
                comment: event.comment.clone(),
                refund: event.refund,
            });
            writer.write(self.source(source), &known(event.known_on, record))?;
        }
        let mut notes: Vec<_> = history.notes.iter().collect();
        notes.sort_by_key(|note| (note.id, note.revision));
        for note in notes {
            let source = note.origin.source;
            let record = Record::Note(NoteRecord {
                id: self.must(source, Kind::Note, note.id.0),
                account: account(note.origin),
                kind: note.kind,
                day: note.occurred_on,
                two_way: note.two_way,
                person: self.person(source, note.person),
                author: note.author.clone(),
                text: note.text.clone(),
                pulse: note.pulse,
            });
            writer.write(self.source(source), &known(note.known_on, record))?;
        }
        Ok(())
    }

    /// A row of usage and its corrections. A correction is stored as a
    /// difference; a record says what the row has come to.
    pub(super) fn tell_usage(
        &self,
        source: SourceId,
        versions: &[UsageFact],
        writer: &mut Writer,
    ) -> Result<(), AppError> {
        let place = |fact: &UsageFact| (fact.account, fact.usage.feature, fact.usage.day);
        let mut now: Option<UsageRow> = None;
        for (position, fact) in versions.iter().enumerate() {
            let stays = position > 0 && place(&versions[position - 1]) == place(fact);
            let usage = now.filter(|_| stays).map_or(fact.usage, |before| UsageRow {
                count: before.count + fact.usage.count,
                seconds: before.seconds + fact.usage.seconds,
                errors: before.errors + fact.usage.errors,
                people: fact.usage.people.max(before.people),
                ..fact.usage
            });
            now = Some(usage);
            let is_moved_next = versions.get(position + 1).is_some_and(|next| place(next) != place(fact));
            if position > 0 && is_moved_next {
                continue; // taken back here only to be put elsewhere
            }
            let record = Record::Usage(UsageRecord {
                id: Some(fact.external_id.clone()),
                account: self.account(source, fact.account),
                feature: self.must(source, Kind::Feature, usage.feature.0),
                day: usage.day,
                count: usage.count,
                seconds: usage.seconds,
                errors: usage.errors,
                people: usage.people,
            });
            writer.write(self.source(source), &known(usage.known_on, record))?;
        }
        Ok(())
    }
}

/// Fields by the source that told them, in the order they were told.
fn by_source(facts: &[FieldFact]) -> Vec<(SourceId, Vec<FieldRecord>)> {
    let mut sources: Vec<(SourceId, Vec<FieldRecord>)> = Vec::new();
    for fact in facts {
        let record = FieldRecord {
            field: fact.field.clone(),
            value: fact.value.clone(),
            since: fact.occurred_on,
            known: Some(KnownWhen::On(fact.known_on)),
        };
        match sources.iter_mut().find(|(source, _)| *source == fact.origin.source) {
            Some((_, records)) => records.push(record),
            None => sources.push((fact.origin.source, vec![record])),
        }
    }
    sources
}
