//! From a figure back to the rows it came from.

use crate::{AppError, book::Book};
use laer8_domain::{
    catalog::Catalog,
    days::Day,
    history::AccountHistory,
    ids::{AccountId, FeatureId, ImportId, SourceId},
    money::Amount,
    provenance::Origin,
};
use laer8_health::measures::evidence::Rows;
use laer8_store::{Kind, Tx};
use rustc_hash::FxHashMap;
use serde::Serialize;
use utoipa::ToSchema;

/// How many rows to list, and what of.
#[derive(Debug, Clone, Copy)]
pub(crate) struct RowBudget {
    /// At most so many for each figure.
    pub(crate) rows: u64,
    /// Known by this day.
    pub(crate) known: Day,
}

/// A row that a figure came from.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SourceRow {
    /// The source.
    pub source: String,
    /// The file; none for what did not come from a file.
    pub file: Option<String>,
    /// Its line there; 0 without a file.
    pub line: u32,
    /// What the source calls it.
    pub id: String,
    /// The day it is about.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Since when it is known.
    #[schema(value_type = NaiveDate)]
    pub known_on: Day,
    /// What it says.
    #[serde(flatten)]
    pub says: Says,
}

/// What a row says.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Says {
    /// Usage of a feature.
    Usage {
        /// The feature.
        feature: String,
        /// Uses.
        count: i64,
        /// Seconds.
        seconds: i64,
        /// Errors.
        errors: i64,
        /// Distinct people.
        people: Option<u32>,
    },
    /// A ticket.
    Ticket {
        /// What it is about.
        subject: String,
        /// How bad it is.
        #[schema(value_type = laer8_domain::tickets::Priority)]
        priority: &'static str,
        /// Whether it is open.
        open: bool,
        /// Whether it was escalated.
        escalated: bool,
        /// How it was rated.
        rating: Option<u8>,
    },
    /// An answer to a survey.
    Survey {
        /// What was asked.
        #[schema(value_type = laer8_domain::surveys::SurveyKind)]
        survey: &'static str,
        /// The answer.
        score: u8,
        /// What was said with it.
        comment: String,
    },
    /// A timeline entry.
    Note {
        /// What kind.
        #[schema(value_type = laer8_domain::notes::NoteKind)]
        note: &'static str,
        /// What was said.
        text: String,
        /// The owner's judgement.
        pulse: Option<u8>,
    },
    /// A subscription.
    Subscription {
        /// Its plan.
        plan: String,
        /// Seats.
        quantity: u32,
        /// Monthly recurring revenue.
        mrr: Amount,
        /// Its currency.
        currency: String,
    },
    /// A field of the account.
    Field {
        /// Which.
        field: String,
        /// Its value.
        value: String,
    },
}

/// The names of sources, files and features.
pub(crate) struct Sources {
    sources: FxHashMap<SourceId, String>,
    features: FxHashMap<FeatureId, String>,
    plans: Catalog,
}

impl Sources {
    pub(crate) async fn load(tx: &Tx, book: &Book) -> Result<Self, AppError> {
        Ok(Self {
            sources: tx.sources().await?.into_iter().collect(),
            features: book.catalog.features().map(|feature| (feature.id, feature.name.clone())).collect(),
            plans: book.catalog.clone(),
        })
    }

    /// How many rows are behind a figure, and some of them, the newest first.
    pub(crate) async fn behind(
        &self,
        tx: &Tx,
        history: &AccountHistory,
        rows: &[Rows],
        budget: RowBudget,
    ) -> Result<(u64, Vec<SourceRow>), AppError> {
        let (mut count, mut found) = (0, Vec::new());
        for rows in rows {
            match rows {
                Rows::Usage { .. } => {
                    count += usage_count(history, rows, budget.known);
                    found.extend(self.usage(tx, history.id, rows, budget).await?);
                }
                facts => {
                    let mut facts = self.facts(history, facts, budget.known);
                    count += facts.len() as u64;
                    facts.sort_by_key(|fact| std::cmp::Reverse(fact.day));
                    facts.truncate(usize::try_from(budget.rows).unwrap_or(usize::MAX));
                    found.extend(self.placed(tx, facts).await?);
                }
            }
        }
        Ok((count, found))
    }

    async fn usage(
        &self,
        tx: &Tx,
        account: AccountId,
        rows: &Rows,
        budget: RowBudget,
    ) -> Result<Vec<SourceRow>, AppError> {
        let Rows::Usage { features, window, .. } = rows else {
            return Ok(Vec::new());
        };
        if budget.rows == 0 {
            return Ok(Vec::new());
        }
        let facts = tx.usage_behind(account, features.as_deref(), *window, budget.known, budget.rows).await?;
        let imports: Vec<ImportId> = facts.iter().filter_map(|(_, fact)| fact.import).collect();
        let files = files(tx, imports).await?;
        let row = |(source, fact): (SourceId, laer8_store::UsageFact)| SourceRow {
            source: self.sources.get(&source).cloned().unwrap_or_default(),
            file: fact.import.and_then(|import| files.get(&import).cloned()),
            line: fact.row,
            id: fact.external_id,
            day: fact.usage.day,
            known_on: fact.usage.known_on,
            says: Says::Usage {
                feature: self.features.get(&fact.usage.feature).cloned().unwrap_or_default(),
                count: fact.usage.count,
                seconds: fact.usage.seconds,
                errors: fact.usage.errors,
                people: fact.usage.people,
            },
        };
        Ok(facts.into_iter().map(row).collect())
    }

    /// Facts that are in the history already, with what names them.
    fn facts(&self, history: &AccountHistory, rows: &Rows, known: Day) -> Vec<Fact> {
        let seen = history.seen(known);
        match rows {
            Rows::Tickets(ids) => seen
                .tickets()
                .filter(|ticket| ids.contains(&ticket.id))
                .map(|ticket| Fact {
                    kind: Some((Kind::Ticket, ticket.id.0)),
                    origin: ticket.origin,
                    day: ticket.opened_on,
                    known_on: ticket.opened_on,
                    says: Says::Ticket {
                        subject: ticket.subject.to_owned(),
                        priority: ticket.priority.key(),
                        open: ticket.is_open(),
                        escalated: ticket.escalated_on.is_some(),
                        rating: ticket.rating.map(|(rating, _)| rating),
                    },
                })
                .collect(),
            Rows::Surveys(ids) => {
                let surveys = history.surveys.iter().filter(|survey| ids.contains(&survey.id));
                surveys
                    .filter(|survey| survey.known_on <= known)
                    .map(|survey| Fact {
                        kind: Some((Kind::Survey, survey.id.0)),
                        origin: survey.origin,
                        day: survey.answered_on,
                        known_on: survey.known_on,
                        says: Says::Survey {
                            survey: survey.kind.key(),
                            score: survey.score,
                            comment: survey.comment.clone(),
                        },
                    })
                    .collect()
            }
            Rows::Notes(ids) => seen
                .notes()
                .filter(|note| ids.contains(&note.id))
                .map(|note| Fact {
                    kind: Some((Kind::Note, note.id.0)),
                    origin: note.origin,
                    day: note.occurred_on,
                    known_on: note.known_on,
                    says: Says::Note { note: note.kind.key(), text: note.text.clone(), pulse: note.pulse },
                })
                .collect(),
            Rows::Subscriptions(ids) => {
                let running =
                    history.subscriptions.iter().filter(|subscription| ids.contains(&subscription.id));
                running.filter_map(|subscription| self.subscription(subscription, known)).collect()
            }
            Rows::Field(name) => seen
                .field(name)
                .map(|fact| Fact {
                    kind: None,
                    origin: fact.origin,
                    day: fact.occurred_on,
                    known_on: fact.known_on,
                    says: Says::Field {
                        field: fact.field.clone(),
                        value: fact.value.as_ref().map(ToString::to_string).unwrap_or_default(),
                    },
                })
                .into_iter()
                .collect(),
            Rows::Usage { .. } => Vec::new(),
        }
    }

    fn subscription(
        &self,
        subscription: &laer8_domain::subscriptions::SubscriptionHistory,
        known: Day,
    ) -> Option<Fact> {
        let version = subscription.version_on(known, known)?;
        let terms = version.state.terms()?;
        let mrr = terms.mrr();
        Some(Fact {
            kind: Some((Kind::Subscription, subscription.id.0)),
            origin: version.origin,
            day: version.effective_from,
            known_on: version.known_on,
            says: Says::Subscription {
                plan: self.plans.plan(terms.plan).map(|plan| plan.name.clone()).unwrap_or_default(),
                quantity: terms.quantity,
                mrr: mrr.amount,
                currency: mrr.currency.to_string(),
            },
        })
    }

    /// Facts with the names of their sources and files.
    async fn placed(&self, tx: &Tx, facts: Vec<Fact>) -> Result<Vec<SourceRow>, AppError> {
        let imports = facts.iter().filter_map(|fact| fact.origin.import).collect();
        let files = files(tx, imports).await?;
        let mut rows = Vec::with_capacity(facts.len());
        for fact in facts {
            let id = match fact.kind {
                None => String::new(),
                Some((kind, id)) => {
                    let names = tx.external_ids(kind, &[id]).await?;
                    names.into_iter().next().map(|(_, _, name)| name).unwrap_or_default()
                }
            };
            rows.push(SourceRow {
                source: self.sources.get(&fact.origin.source).cloned().unwrap_or_default(),
                file: fact.origin.import.and_then(|import| files.get(&import).cloned()),
                line: fact.origin.row,
                id,
                day: fact.day,
                known_on: fact.known_on,
                says: fact.says,
            });
        }
        Ok(rows)
    }
}

/// A fact of a history, with what names it.
struct Fact {
    kind: Option<(Kind, i64)>,
    origin: Origin,
    day: Day,
    known_on: Day,
    says: Says,
}

/// How many usage rows are behind a figure.
fn usage_count(history: &AccountHistory, rows: &Rows, known: Day) -> u64 {
    let Rows::Usage { features, window, .. } = rows else {
        return 0;
    };
    let counts = |feature| features.as_ref().is_none_or(|features| features.contains(&feature));
    let usage = history.seen(known).usage();
    usage.rows(*window).filter(|row| counts(row.feature)).count() as u64
}

/// The names of the files of these imports.
async fn files(tx: &Tx, mut imports: Vec<ImportId>) -> Result<FxHashMap<ImportId, String>, AppError> {
    imports.sort_unstable();
    imports.dedup();
    let files = tx.imports_by_id(&imports).await?;
    Ok(files.into_iter().map(|file| (file.id, file.name)).collect())
}
