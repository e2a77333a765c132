//! Which measures are still being filled from what the inbox holds.
//!
//! A measure that is put in force counts what comes from then on; what came
//! before is counted from the inbox, some posts at a time, beside what comes
//! in. How far that is, and up to where it goes, is kept like the position of
//! the worker itself, and moves with what was counted: so each event is counted
//! once by each measure, whenever somebody is killed.
//!
//! What is filled is known since it was received: a measure is configuration,
//! and past days are worked out by the configuration in force.

use super::{
    arrivals::{self, Arrivals, Circumstances, Tallies, read_again},
    conditions::Conditions,
    measures::InForce,
    posts::{Only, by_source},
    worker::{AT_ONCE, Memory, READER},
};
use crate::{Actor, App, AppError, absorb::Changed};
use laer8_domain::{ids::SourceId, users::Role};
use laer8_health::names::Name;
use laer8_store::{Post, Store, Tx};
use rustc_hash::FxHashSet;
use serde::Serialize;
use utoipa::ToSchema;

/// How far a measure is filled.
const FILLED: &str = "measure ";
/// Up to which post it is filled; from there on it counts what comes.
const UNTIL: &str = "until ";
/// A measure that was in force once.
const GONE: &str = "gone ";

/// A measure that is being filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fill {
    /// What it is called in what is stored.
    pub(super) name: String,
    /// How far it is filled.
    pub(super) position: u64,
    /// Up to where it goes.
    pub(super) until: u64,
}

/// The measures that are being filled.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Fills(Vec<Fill>);

impl Fills {
    pub(super) async fn load(tx: &Tx) -> Result<Self, AppError> {
        let filled = tx.inbox_readers(FILLED).await?;
        let until = tx.inbox_readers(UNTIL).await?;
        let under_way = filled.into_iter().filter_map(|(reader, position)| {
            let name = &reader[FILLED.len()..];
            let (_, until) = until.iter().find(|(reader, _)| reader[UNTIL.len()..] == *name)?;
            (position < *until).then(|| Fill { name: name.to_owned(), position, until: *until })
        });
        Ok(Self(under_way.collect()))
    }

    /// Whether an event of that post is counted by a measure only when the
    /// filling comes to it.
    pub(super) fn come_to(&self, name: &str, position: u64) -> bool {
        self.0.iter().any(|fill| fill.name == name && fill.position < position && position <= fill.until)
    }

    /// How far the one is that is furthest behind.
    pub(super) fn furthest_behind(&self) -> Option<u64> {
        self.0.iter().map(|fill| fill.position).min()
    }

    /// Those that are furthest behind, together.
    pub(super) fn next(&self) -> Option<(u64, u64, FxHashSet<String>)> {
        let first = self.0.iter().min_by_key(|fill| (fill.position, fill.until))?;
        let together = |fill: &&Fill| (fill.position, fill.until) == (first.position, first.until);
        let names = self.0.iter().filter(together).map(|fill| fill.name.clone()).collect();
        Some((first.position, first.until, names))
    }
}

/// Notes how far measures are filled.
pub(super) async fn filled(tx: &Tx, names: &FxHashSet<String>, position: u64) -> Result<(), AppError> {
    for name in names {
        tx.put_inbox_position(&format!("{FILLED}{name}"), position).await?;
    }
    Ok(())
}

/// Begins to fill measures that are in force since the worker was at `position`.
/// One that counts otherwise than before takes the place of what was counted,
/// as long as the inbox holds everything; else it counts from now on. Answers
/// whether something was taken away.
pub(super) async fn begin(
    tx: &Tx,
    store: &Store,
    measures: &InForce,
    sources: &[SourceId],
    position: u64,
) -> Result<bool, AppError> {
    let known = tx.inbox_readers(FILLED).await?;
    let known: Vec<&str> = known.iter().map(|(reader, _)| &reader[FILLED.len()..]).collect();
    let in_force: FxHashSet<&str> = measures.names().collect();
    for name in known.iter().filter(|name| !in_force.contains(*name)) {
        tx.forget_inbox_reader(&format!("{FILLED}{name}")).await?;
        tx.forget_inbox_reader(&format!("{UNTIL}{name}")).await?;
        tx.put_inbox_position(&format!("{GONE}{name}"), position).await?;
    }
    let mut new: Vec<&str> = in_force.into_iter().filter(|name| !known.contains(name)).collect();
    new.sort_unstable();
    if new.is_empty() {
        return Ok(false);
    }
    let gone = tx.inbox_readers(GONE).await?;
    let first = store.first_received().await?.map_or(0, |(first, _)| first);
    let mut took_away = false;
    for name in new {
        let before: Vec<&str> = gone
            .iter()
            .map(|(reader, _)| &reader[GONE.len()..])
            .filter(|old| is_same_key(old, name))
            .collect();
        let is_whole = first <= 1;
        let from = match before.is_empty() {
            // What is stored of it is of a time before fillings were written down.
            true if counts_already(tx, sources, name).await? => position,
            true => first.saturating_sub(1).min(position),
            false if is_whole => 0,
            false => position,
        };
        for old in before.iter().filter(|_| is_whole) {
            for source in sources {
                took_away |= tx.forget_usage_of_measure(*source, old).await?;
            }
            tx.forget_presences(old).await?;
            tx.forget_inbox_reader(&format!("{GONE}{old}")).await?;
        }
        tx.put_inbox_position(&format!("{FILLED}{name}"), from).await?;
        tx.put_inbox_position(&format!("{UNTIL}{name}"), position).await?;
    }
    Ok(took_away)
}

async fn counts_already(tx: &Tx, sources: &[SourceId], name: &str) -> Result<bool, AppError> {
    for source in sources {
        if tx.has_usage_of_measure(*source, name).await? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whether two names are versions of one measure.
fn is_same_key(one: &str, two: &str) -> bool {
    matches!((one.rsplit_once('-'), two.rsplit_once('-')), (Some((one, _)), Some((two, _))) if one == two)
}

/// A measure that is being filled from what the inbox holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeasureFill {
    /// The key of the measure.
    pub measure: String,
    /// What it is called.
    pub name: Name,
    /// How many posts of the inbox are counted.
    pub done: u64,
    /// Of how many.
    pub of: u64,
}

impl App {
    /// The measures that are being filled. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Store`].
    pub async fn measure_fills(&self, actor: &Actor) -> Result<Vec<MeasureFill>, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        self.fills(&tx).await
    }

    pub(super) async fn fills(&self, tx: &Tx) -> Result<Vec<MeasureFill>, AppError> {
        let Fills(fills) = Fills::load(tx).await?;
        let measures = InForce::load(tx).await?;
        let shown = fills.into_iter().filter_map(|fill| {
            let measure = measures.measures.all().find(|measure| measures.name(&measure.key) == fill.name)?;
            let name = Name { en: measure.name.en.clone(), es: measure.name.es.clone() };
            Some(MeasureFill { measure: measure.key.clone(), name, done: fill.position, of: fill.until })
        });
        Ok(shown.collect())
    }

    /// Counts some posts of the inbox by measures that are being filled; none
    /// where none is, or another server is at it.
    ///
    /// # Errors
    /// [`AppError::Store`] when the database can't for now.
    pub async fn fill_measures(&self) -> Result<Option<u64>, AppError> {
        let mut memory = self.intake.memory.lock().await;
        let fills = {
            let tx = self.store.read().await?;
            Fills::load(&tx).await?
        };
        let Some((after, until, _)) = fills.next() else { return Ok(None) };
        let mut posts = self.store.received_after(after, AT_ONCE).await?;
        posts.retain(|post| post.position <= until);
        let tx = self.store.write().await?;
        let filled = self.fill_within(&tx, &mut memory, &fills, &posts).await;
        match filled {
            Ok(Some(position)) => {
                if let Err(error) = tx.commit().await {
                    memory.forget();
                    return Err(error.into());
                }
                Ok(Some(position))
            }
            none_or_error => {
                memory.forget();
                tx.roll_back().await?;
                none_or_error
            }
        }
    }

    async fn fill_within(
        &self,
        tx: &Tx,
        memory: &mut Memory,
        fills: &Fills,
        posts: &[Post],
    ) -> Result<Option<u64>, AppError> {
        if tx.hold_inbox_position(READER).await?.is_none() || Fills::load(tx).await? != *fills {
            return Ok(None);
        }
        let Some((after, until, names)) = fills.next() else { return Ok(None) };
        // Where nothing is left of what it was to be filled from, it is filled.
        let position = posts.last().map_or(until, |post| post.position);
        self.count_again(tx, memory, (after, position), posts, &names).await?;
        filled(tx, &names, position).await?;
        Ok(Some(position))
    }

    /// Counts events of posts again, by measures that are being filled.
    async fn count_again(
        &self,
        tx: &Tx,
        memory: &mut Memory,
        (after, until): (u64, u64),
        posts: &[Post],
        names: &FxHashSet<String>,
    ) -> Result<(), AppError> {
        let conditions = Conditions::load(tx).await?;
        let left_out = tx.left_out(after, until).await?;
        // What waits counts when it need not wait any more.
        let waits: FxHashSet<(u64, String)> = tx
            .waiting_of_posts(after, until)
            .await?
            .iter()
            .filter_map(|it| {
                Some((it.position, read_again(&it.event, it.received_at)?.message_id.into_owned()))
            })
            .collect();
        let mut changed = Changed::default();
        for (source, of_source) in by_source(posts, &Only::default()) {
            let fills = Fills::default();
            let with = Circumstances { only: Some(names), fills: &fills, ..conditions.of(source) };
            let counted = of_source.events.into_iter().filter(|it| {
                !left_out.contains(&(it.position, it.place))
                    && !waits.contains(&(it.position, it.event.message_id.to_string()))
            });
            let setting = self.live_setting(source, &conditions.workspace);
            let mut tallies = Tallies::default();
            let arrivals = Arrivals::new(tx, &with, setting.clone(), &mut tallies);
            let Memory { directory, noted, .. } = &mut *memory;
            changed = changed.and(arrivals.count_again(directory, counted.collect()).await?);
            changed = changed.and(arrivals::store(tx, setting, tallies, noted).await?);
        }
        changed.forget(tx).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fills(fills: &[(&str, u64, u64)]) -> Fills {
        let fill = |(name, position, until): &(&str, u64, u64)| Fill {
            name: (*name).to_owned(),
            position: *position,
            until: *until,
        };
        Fills(fills.iter().map(fill).collect())
    }

    #[test]
    fn the_filling_comes_to_what_it_has_not_passed() {
        let fills = fills(&[("a", 10, 20)]);
        assert!(!fills.come_to("a", 10), "passed already");
        assert!(fills.come_to("a", 11));
        assert!(fills.come_to("a", 20));
        assert!(!fills.come_to("a", 21), "came after the measure was in force");
        assert!(!fills.come_to("b", 11), "not being filled");
    }

    #[test]
    fn measures_that_are_equally_far_are_filled_together() {
        let fills = fills(&[("a", 10, 20), ("b", 5, 20), ("c", 5, 20), ("d", 5, 30)]);
        let (after, until, names) = fills.next().expect("one");
        assert_eq!((after, until), (5, 20));
        assert_eq!(names, ["b", "c"].map(str::to_owned).into_iter().collect());
    }

    #[test]
    fn versions_of_one_measure_are_known_by_their_key() {
        assert!(is_same_key("page-views-0123abcd", "page-views-89ab0123"));
        assert!(!is_same_key("page-views-0123abcd", "page-0123abcd"));
    }
}
