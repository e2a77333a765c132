//! Subscriptions: what a record says of a life is compared with the life that
//! is stored, day by day of change.

use super::{Absorber, Placed, Refused, Verdict, verdict::Occurrence};
use crate::AppError;
use laer8_domain::{
    days::Day,
    ids::{PlanId, SubscriptionId},
    records::{KnownWhen, StepRecord, SubscriptionRecord, TermsRecord},
    subscriptions::{SubscriptionHistory, SubscriptionState, SubscriptionVersion, Terms},
};
use laer8_store::{Family, Kind, StoredVersion};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

impl Absorber<'_> {
    pub(super) async fn subscriptions(
        &mut self,
        records: Vec<Placed<SubscriptionRecord>>,
        verdicts: &mut [Verdict],
    ) -> Result<(), AppError> {
        if records.is_empty() {
            return Ok(());
        }
        let references: Vec<_> = records.iter().map(|placed| &placed.record.account).collect();
        self.names.load_account_refs(self.tx, &references).await?;
        self.names.load(self.tx, Kind::Subscription).await?;
        let plans = records.iter().flat_map(|placed| &placed.record.steps);
        let plans = plans.filter_map(|step| step.terms.as_ref()).map(|terms| terms.plan.as_str());
        self.known_plans(&plans.collect::<Vec<_>>()).await?;

        let mut accepted = Vec::with_capacity(records.len());
        for placed in records {
            match self.check(&placed) {
                Ok(Some(account)) => accepted.push((account, placed)),
                Ok(None) => {} // the same row once more
                Err(refused) => verdicts[placed.position] = Verdict::Refused(refused),
            }
        }
        let names: Vec<&str> = accepted.iter().map(|(_, placed)| placed.record.id.as_str()).collect();
        self.names.assign(self.tx, Kind::Subscription, &names).await?;
        let mut fresh = Vec::new();
        let mut known = Vec::new();
        for (account, placed) in &accepted {
            let Some(id) = self.names.find(Kind::Subscription, &placed.record.id).map(SubscriptionId) else {
                continue;
            };
            if self.names.account_of_subscription(id).is_some() {
                known.push(id);
            } else {
                self.names.put_subscription(id, *account);
                fresh.push((id, *account));
            }
        }
        self.tx.insert_subscriptions(&fresh).await?;
        let mut lives: FxHashMap<SubscriptionId, Vec<SubscriptionVersion>> = FxHashMap::default();
        known.sort_unstable();
        known.dedup();
        for stored in self.tx.versions(&known).await? {
            lives.entry(stored.subscription).or_default().push(stored.version);
        }

        let mut new = Vec::new();
        for (account, placed) in accepted {
            let Some(id) = self.names.find(Kind::Subscription, &placed.record.id).map(SubscriptionId) else {
                continue;
            };
            if self.names.account_of_subscription(id) != Some(account) {
                verdicts[placed.position] = Verdict::Refused(Refused::OtherAccount(placed.record.id));
                continue;
            }
            let life = lives.entry(id).or_default();
            let added = self.versions(id, life, placed.record, placed.known, placed.row);
            verdicts[placed.position] = match (life.is_empty(), added.is_empty()) {
                (_, true) => Verdict::Unchanged,
                (true, false) => Verdict::New,
                (false, false) => Verdict::Changed,
            };
            for version in added {
                life.push(version.clone());
                self.came_in(Family::Subscriptions, account, version.effective_from, version.known_on);
                new.push(StoredVersion { account, subscription: id, version });
            }
        }
        if !new.is_empty() {
            self.names.forget_lives();
        }
        Ok(self.tx.insert_versions(&new).await?)
    }

    /// Whose the subscription is; none when the same row was met before.
    fn check(
        &mut self,
        placed: &Placed<SubscriptionRecord>,
    ) -> Result<Option<laer8_domain::ids::AccountId>, Refused> {
        let record = &placed.record;
        if record.steps.is_empty() {
            return Err(Refused::SaysNothing(record.id.clone()));
        }
        let account = self.names.account(&record.account)?;
        if record.whole {
            let key = (&record.id, placed.version());
            match self.meet("subscription", &key, &(&record.account, &record.steps), placed.row) {
                Occurrence::First => {}
                Occurrence::Same => return Ok(None),
                Occurrence::Other(line) => return Err(Refused::DuplicateId { id: record.id.clone(), line }),
            }
        }
        Ok(Some(account))
    }

    /// The versions that make the stored life what the record says.
    fn versions(
        &mut self,
        id: SubscriptionId,
        life: &[SubscriptionVersion],
        record: SubscriptionRecord,
        known: KnownWhen,
        row: u32,
    ) -> Vec<SubscriptionVersion> {
        let stored = SubscriptionHistory::new(id, life.to_vec());
        let steps: BTreeMap<Day, &SubscriptionVersion> =
            stored.steps(Day::MAX).map(|step| (step.effective_from, step)).collect();
        if let (Some(first), None) =
            (record.steps.iter().find_map(|step| step.terms.as_ref()), self.first_currency)
        {
            self.first_currency = Some(first.price.currency);
        }
        let wanted = self.wanted(record.steps, &steps);
        let mut changes: BTreeMap<Day, SubscriptionState> = BTreeMap::new();
        for (day, state) in &wanted {
            if steps.get(day).is_none_or(|step| step.state != *state) {
                changes.insert(*day, state.clone());
            }
        }
        if record.whole {
            for (day, step) in &steps {
                let state =
                    wanted.range(..=*day).next_back().map_or(SubscriptionState::Ended, |(_, s)| s.clone());
                if step.state != state {
                    changes.insert(*day, state);
                }
            }
        }
        let corrected_on = self.corrected_on(known);
        changes
            .into_iter()
            .map(|(day, state)| SubscriptionVersion {
                effective_from: day,
                known_on: match steps.get(&day) {
                    Some(_) => corrected_on,
                    None => self.known_on("subscription", known, day),
                },
                revision: next_revision(life, day),
                state,
                origin: self.origin(row),
            })
            .collect()
    }

    /// The steps of a record with our ids in place of names.
    fn wanted(
        &self,
        steps: Vec<StepRecord>,
        stored: &BTreeMap<Day, &SubscriptionVersion>,
    ) -> BTreeMap<Day, SubscriptionState> {
        let first_day = steps.iter().map(|step| step.from).min();
        let stored_start = stored.values().find_map(|step| step.state.terms()).map(|terms| terms.term_start);
        let start = stored_start.or(first_day);
        let state = |step: StepRecord| {
            let from = step.from;
            let terms = step.terms.and_then(|terms| self.terms(&terms, start.unwrap_or(from)));
            (from, terms.map_or(SubscriptionState::Ended, SubscriptionState::Active))
        };
        steps.into_iter().map(state).collect()
    }

    /// None only for a plan that got no id, and every plan has got one.
    fn terms(&self, record: &TermsRecord, start: Day) -> Option<Terms> {
        Some(Terms {
            plan: PlanId(self.names.find(Kind::Plan, &record.plan)?),
            quantity: record.quantity,
            price: record.price,
            trial: record.trial,
            term_start: record.term_start.unwrap_or(start),
            term_months: record.term_months.filter(|months| *months > 0),
            auto_renew: record.auto_renew,
            notice_days: record.notice_days,
            captive_until: record.captive_until,
        })
    }
}

fn next_revision(life: &[SubscriptionVersion], day: Day) -> u32 {
    let revisions =
        life.iter().filter(|version| version.effective_from == day).map(|version| version.revision);
    revisions.max().map_or(0, |revision| revision + 1)
}
