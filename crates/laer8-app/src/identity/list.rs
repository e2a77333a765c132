//! The joins, and what the rules leave to a person.

use super::{
    Occasion,
    ends::{Ends, JoinEnd, ends},
    look,
};
use crate::{Actor, App, AppError, LocalTime, workspace};
use chrono::{DateTime, Utc};
use laer8_domain::{
    days::Day,
    identity::{Subject, matching::Doubt},
    ids::JoinId,
    users::Role,
};
use laer8_store::{JoinsAsked, StoredJoin, Tx};
use serde::Serialize;
use utoipa::ToSchema;

/// Which joins to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct JoinsQuery {
    /// Of accounts or of people; of both when it is none.
    pub subject: Option<Subject>,
    /// Those in force, or those that were undone; both when it is none.
    pub in_force: Option<bool>,
    /// Only those made before this one.
    pub before: Option<JoinId>,
    /// At most so many.
    pub limit: u64,
}

/// That two accounts, or two people, are read as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = Join)]
pub struct JoinView {
    /// Which.
    pub id: JoinId,
    /// Accounts or people.
    pub subject: Subject,
    /// The one with the lower id.
    pub first: JoinEnd,
    /// The other.
    pub second: JoinEnd,
    /// The rule: `domain`, `email`, `external_id`, the name of a field, or `hand`
    /// for what a person decided.
    pub rule: String,
    /// The value that both have; empty for what a person decided.
    pub value: String,
    /// When it was made.
    pub joined_at: DateTime<Utc>,
    /// The same, as the clocks of the workspace show it.
    #[serde(skip)]
    pub joined: LocalTime,
    /// Who made it; empty where a rule did while facts came in.
    pub joined_by: String,
    /// When it was undone; none while it is in force.
    pub undone_at: Option<DateTime<Utc>>,
    /// The same, as the clocks of the workspace show it.
    #[serde(skip)]
    pub undone: Option<LocalTime>,
    /// Who undid it.
    pub undone_by: String,
    /// Whether a person has said that the two are not one: no rule joins them
    /// again.
    pub apart: bool,
}

/// Some joins.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinsView {
    /// The latest first.
    pub joins: Vec<JoinView>,
    /// How many there are of those that were asked for, on all pages.
    pub total: u64,
    /// Where the next page begins; none on the last one.
    pub next: Option<JoinId>,
}

/// Accounts, or people, that may be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = JoinCandidate)]
pub struct CandidateView {
    /// Accounts or people.
    pub subject: Subject,
    /// The rule by which they are alike.
    pub rule: String,
    /// The value that they have in common.
    pub value: String,
    /// Why no rule joins them.
    pub doubt: Doubt,
    /// Which; of those that are one already, the first.
    pub of: Vec<JoinEnd>,
}

/// What looking through everything came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[schema(as = JoinsFound)]
pub struct LooksView {
    /// Joins made.
    pub joined: u64,
    /// Joins undone, because no rule of the document says them.
    pub parted: u64,
}

impl App {
    /// The joins, the latest first. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn joins(&self, actor: &Actor, query: JoinsQuery) -> Result<JoinsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let asked = JoinsAsked { subject: query.subject, in_force: query.in_force, before: None };
        let total = tx.count_joins(asked).await?;
        let before = JoinsAsked { before: query.before, ..asked };
        let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
        let mut joins = tx.joins(before, query.limit.saturating_add(1)).await?;
        let has_more = joins.len() > limit;
        joins.truncate(limit);
        let next = joins.last().filter(|_| has_more).map(|join| join.id);
        Ok(JoinsView { joins: self.named(&tx, joins).await?, total, next })
    }

    /// A join. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Store`].
    pub async fn join(&self, actor: &Actor, id: JoinId) -> Result<JoinView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let join = tx.join(id).await?.ok_or_else(|| no_join(id))?;
        self.named(&tx, vec![join]).await?.pop().ok_or_else(|| no_join(id))
    }

    /// What may be one and is left to a person, accounts first. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn join_candidates(&self, actor: &Actor) -> Result<Vec<CandidateView>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let today = self.today(&workspace::load(&tx).await?);
        let mut views = Vec::new();
        for subject in Subject::ALL {
            let found = look::open(&tx, subject).await?.candidates;
            let ids: Vec<i64> = found.iter().flat_map(|candidate| candidate.ids.iter().copied()).collect();
            let ends = ends(&tx, subject, &ids, today).await?;
            views.extend(found.into_iter().map(|candidate| CandidateView {
                subject,
                rule: candidate.key.rule,
                value: candidate.key.value,
                doubt: candidate.doubt,
                of: candidate.ids.iter().filter_map(|id| ends.get(id).cloned()).collect(),
            }));
        }
        Ok(views)
    }

    /// Looks through everything by the document in force, as after a change of
    /// it. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn look_for_joins(&self, actor: &Actor) -> Result<LooksView, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.write().await?;
        let today = self.today(&workspace::load(&tx).await?);
        let found = look::apply(&tx, self.occasion(actor, today)).await?;
        tx.commit().await?;
        Ok(LooksView { joined: found.joined.len() as u64, parted: found.parted.len() as u64 })
    }

    /// Something that `actor` does now.
    pub(super) fn occasion<'a>(&self, actor: &'a Actor, today: Day) -> Occasion<'a> {
        Occasion { by: &actor.name, at: self.clock.now(), today }
    }

    /// Joins with what they speak of by name.
    pub(super) async fn named(&self, tx: &Tx, joins: Vec<StoredJoin>) -> Result<Vec<JoinView>, AppError> {
        let workspace = workspace::load(tx).await?;
        let today = self.today(&workspace);
        let (mut accounts, mut people) = (Ends::default(), Ends::default());
        for (subject, found) in [(Subject::Account, &mut accounts), (Subject::Person, &mut people)] {
            let of = joins.iter().filter(|join| join.subject == subject);
            let ids: Vec<i64> = of.flat_map(|join| [join.first, join.second]).collect();
            *found = ends(tx, subject, &ids, today).await?;
        }
        let view = |join: StoredJoin| {
            let ends = if join.subject == Subject::Account { &accounts } else { &people };
            Some(JoinView {
                id: join.id,
                subject: join.subject,
                first: ends.get(&join.first)?.clone(),
                second: ends.get(&join.second)?.clone(),
                rule: join.key.rule,
                value: join.key.value,
                joined_at: join.joined_at,
                joined: LocalTime::of(join.joined_at, workspace.zone),
                joined_by: join.joined_by,
                undone_at: join.undone_at,
                undone: join.undone_at.map(|at| LocalTime::of(at, workspace.zone)),
                undone_by: join.undone_by,
                apart: join.apart,
            })
        };
        Ok(joins.into_iter().filter_map(view).collect())
    }
}

pub(super) fn no_join(id: JoinId) -> AppError {
    AppError::NotFound { kind: "join", name: format!("#{id}"), hint: String::new() }
}
