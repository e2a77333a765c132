//! How the health of the book went, day by day, each day as it was known then.
//!
//! Facts that arrive later do not change what was known on a past day, so a day
//! is worked out once and kept in the database.

use crate::{
    Actor, App, AppError, AsOf, Moment, as_of,
    book::Book,
    evaluation::Evaluation,
    lots::{Counted, in_lots_counted},
    reckoned::Reckoned,
    workspace,
};
use laer8_domain::{
    days::{Day, Window, shift},
    history::AccountHistory,
    users::Role,
};
use laer8_health::{
    replay::DayScore,
    score::{Band, Outcome},
    scoring::Place,
};
use laer8_journey::{Replay, Rules};
use laer8_store::{Scope, StoredHealthDay};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::sync::{Arc, atomic::Ordering};
use utoipa::ToSchema;

/// Of more accounts than these, a page does not wait until days are worked
/// out.
const WAITS_FOR: usize = 3_000;

/// What is asked of the health of the book over time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HealthQuery {
    /// How many days, the last included.
    pub days: u32,
    /// Only customers that were in this segment on the day.
    pub segment: Option<String>,
}

/// The health of the book over some days.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HealthOverTime {
    /// The last day.
    pub as_of: Moment,
    /// The days, in order.
    pub days: Vec<HealthOfDay>,
}

/// The health of the book on a day.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, ToSchema)]
pub struct HealthOfDay {
    /// The day.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Customers that were healthy.
    pub healthy: u32,
    /// Customers to watch.
    pub watch: u32,
    /// Customers at risk.
    pub at_risk: u32,
    /// Customers of which too little was known.
    pub not_enough_data: u32,
    /// The mean score of those that had one.
    pub mean_score: Option<f64>,
}

/// The health of the book over some days, as far as it is worked out.
#[derive(Debug, Clone, PartialEq)]
pub enum HealthSoFar {
    /// All of it.
    Ready(HealthOverTime),
    /// It is being worked out.
    Working {
        /// For how many accounts it is done.
        done: usize,
        /// For how many it has to be.
        of: usize,
    },
}

impl App {
    /// The health of the book on each of the last days. What was not asked for
    /// before is worked out first. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::Store`].
    pub async fn health_over_time(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &HealthQuery,
    ) -> Result<HealthOverTime, AppError> {
        actor.must_be(Role::Viewer)?;
        let asked = self.asked(as_of, query).await?;
        if let Some(ready) = self.kept_health(&asked, query).await? {
            return Ok(ready);
        }
        // Whoever asks for the same waits for it.
        let _working = self.shelf.health.lock().await;
        if let Some(ready) = self.kept_health(&asked, query).await? {
            return Ok(ready);
        }
        let tallies = self.work_out_days(as_of, asked.before()).await?;
        let mut days = of_segment(asked.before(), &tallies, query.segment.as_deref());
        days.push(self.last_day(&asked, query).await?);
        Ok(HealthOverTime { as_of: asked.moment, days })
    }

    /// The same where it need not be waited for: of a large book, days that
    /// nobody asked for before are worked out in the background. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// As [`App::health_over_time`].
    pub async fn health_so_far(
        &self,
        actor: &Actor,
        as_of: AsOf,
        query: &HealthQuery,
    ) -> Result<HealthSoFar, AppError> {
        actor.must_be(Role::Viewer)?;
        let asked = self.asked(as_of, query).await?;
        if let Some(ready) = self.kept_health(&asked, query).await? {
            return Ok(HealthSoFar::Ready(ready));
        }
        if asked.reckoned.evaluations.len() <= WAITS_FOR {
            return Ok(HealthSoFar::Ready(self.health_over_time(actor, as_of, query).await?));
        }
        if self.shelf.health.try_lock().is_ok() {
            let (app, actor, query) = (self.clone(), actor.clone(), query.clone());
            // What goes wrong will go wrong for whoever asks next, and be told.
            tokio::spawn(async move { app.health_over_time(&actor, as_of, &query).await.map(drop) });
        }
        let Counted { done, of } = &*self.shelf.health_work;
        Ok(HealthSoFar::Working {
            done: done.load(Ordering::Relaxed),
            of: of.load(Ordering::Relaxed).max(asked.reckoned.evaluations.len()),
        })
    }

    async fn asked(&self, as_of: AsOf, query: &HealthQuery) -> Result<AskedDays, AppError> {
        let tx = self.store.read().await?;
        let workspace = workspace::load(&tx).await?;
        let moment = as_of::moment(&tx, self.today(&workspace), as_of).await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        if let Some(name) = &query.segment {
            let segments = reckoned.book.configuration.segments.segments();
            if segments.iter().all(|segment| segment.key != *name) {
                let keys: Vec<&str> = segments.iter().map(|segment| segment.key.as_str()).collect();
                let hint = format!("; there are {}", keys.join(", "));
                return Err(AppError::NotFound { kind: "segment", name: name.clone(), hint });
            }
        }
        let end = shift(moment.day, 1);
        Ok(AskedDays { moment, reckoned, window: Window::new(shift(end, -i64::from(query.days)), end) })
    }

    /// What is kept; none unless it is all that is asked for.
    async fn kept_health(
        &self,
        asked: &AskedDays,
        query: &HealthQuery,
    ) -> Result<Option<HealthOverTime>, AppError> {
        let tx = self.store.read().await?;
        let before = asked.before();
        let all = tx.health_days(before, None).await?;
        if i64::try_from(all.len()).unwrap_or(i64::MAX) < before.len() {
            return Ok(None);
        }
        let kept = match &query.segment {
            Some(segment) => tx.health_days(before, Some(segment)).await?,
            None => all,
        };
        let mut tallies: Tallies = FxHashMap::default();
        for day in kept {
            tallies.insert((day.day, query.segment.clone()), Tally::from(&day));
        }
        let mut days = of_segment(before, &tallies, query.segment.as_deref());
        days.push(self.last_day(asked, query).await?);
        Ok(Some(HealthOverTime { as_of: asked.moment, days }))
    }

    /// The day itself, which the book says.
    async fn last_day(&self, asked: &AskedDays, query: &HealthQuery) -> Result<HealthOfDay, AppError> {
        let customers = asked.reckoned.evaluations.iter().filter(|it| it.journey.standing.stage().is_some());
        let mut tally = Tally::default();
        let is_asked =
            |it: &&Arc<Evaluation>| query.segment.as_ref().is_none_or(|asked| *asked == it.segment);
        customers.filter(is_asked).for_each(|it| tally.add(&it.outcome));
        Ok(tally.of(asked.moment.day))
    }

    /// Works days out, and keeps them.
    async fn work_out_days(&self, as_of: AsOf, window: Window) -> Result<Tallies, AppError> {
        let tx = self.store.read().await?;
        let generation = tx.generation().await?;
        let book = Arc::new(self.empty_book(&tx, as_of).await?);
        let lots = in_lots_counted(&tx, Scope::All, &self.shelf.health_work, move |histories| {
            tally(&book, &histories, window)
        });
        let tallies = lots.await?.into_iter().reduce(merged).unwrap_or_default();
        drop(tx);
        let tx = self.store.write().await?;
        // Facts that came in between may have changed some of it.
        if tx.generation().await? == generation {
            tx.put_health_days(window, stored(window, &tallies)).await?;
            tx.commit().await?;
        }
        Ok(tallies)
    }
}

/// Which days are asked for.
struct AskedDays {
    moment: Moment,
    reckoned: Arc<Reckoned>,
    window: Window,
}

impl AskedDays {
    /// All but the last.
    fn before(&self) -> Window {
        Window::new(self.window.start, self.moment.day.max(self.window.start))
    }
}

/// Customers by day and segment; without a segment, all of the day.
type Tallies = FxHashMap<(Day, Option<String>), Tally>;

/// The customers of some accounts, on each day of a window.
fn tally(book: &Book, histories: &[AccountHistory], window: Window) -> Tallies {
    let rules = book.rules();
    let add = |mut tallies: Tallies, history: &AccountHistory| {
        for (score, segment) in book.replay_segments(&rules, history, window) {
            tallies.entry((score.day, None)).or_default().add(&score.outcome);
            tallies.entry((score.day, Some(segment.to_owned()))).or_default().add(&score.outcome);
        }
        tallies
    };
    histories.par_iter().fold(Tallies::default, add).reduce(Tallies::default, merged)
}

fn merged(mut a: Tallies, b: Tallies) -> Tallies {
    for (key, tally) in b {
        a.entry(key).or_default().merge(&tally);
    }
    a
}

fn of_segment(window: Window, tallies: &Tallies, segment: Option<&str>) -> Vec<HealthOfDay> {
    let day = |offset| {
        let day = shift(window.start, offset);
        tallies.get(&(day, segment.map(ToOwned::to_owned))).copied().unwrap_or_default().of(day)
    };
    (0..window.len()).map(day).collect()
}

/// As it is kept: a row for every day even where there was no customer, so that
/// it is known to be worked out.
fn stored(window: Window, tallies: &Tallies) -> Vec<StoredHealthDay> {
    let of_all = (0..window.len()).map(|offset| {
        let day = shift(window.start, offset);
        tallies.get(&(day, None)).copied().unwrap_or_default().stored(day, None)
    });
    let of_segments = tallies.iter().filter_map(|((day, segment), tally)| {
        let segment = segment.clone()?;
        Some(tally.stored(*day, Some(segment)))
    });
    of_all.chain(of_segments).collect()
}

impl Book {
    /// The score of an account on each day of `window` on which it was a
    /// customer, by what was known on each.
    pub(crate) fn replay<'b>(
        &'b self,
        rules: &Rules<'_>,
        history: &AccountHistory,
        window: Window,
    ) -> Vec<DayScore<'b>> {
        self.replay_segments(rules, history, window).into_iter().map(|(score, _)| score).collect()
    }

    /// The same, with the segment that it was in.
    fn replay_segments<'b>(
        &'b self,
        rules: &Rules<'_>,
        history: &AccountHistory,
        window: Window,
    ) -> Vec<(DayScore<'b>, &'b str)> {
        let mut journey = Replay::new(rules, history);
        let mut segments: Vec<&'b str> = Vec::new();
        let scores = self.scoring().replay(history, window, |seen| {
            if !seen.is_customer() {
                return None;
            }
            let standing = journey.standing_on(seen.day(), self.tracking().on(seen.day()), &self.rates);
            let segment = self.segment(seen, Some(standing.key()));
            segments.push(segment);
            Some(Place { stage: standing.stage().map(|stage| stage.key()), segment: Some(segment) })
        });
        scores.into_iter().zip(segments).collect()
    }
}

/// The accounts of a day, while they are counted.
#[derive(Debug, Clone, Copy, Default)]
struct Tally {
    healthy: u32,
    watch: u32,
    at_risk: u32,
    not_enough_data: u32,
    sum: f64,
}

impl Tally {
    fn add(&mut self, outcome: &Outcome) {
        match outcome.band {
            Band::Healthy => self.healthy += 1,
            Band::Watch => self.watch += 1,
            Band::AtRisk => self.at_risk += 1,
            Band::NotEnoughData => self.not_enough_data += 1,
        }
        self.sum += outcome.score.unwrap_or(0.0);
    }

    fn merge(&mut self, other: &Self) {
        self.healthy += other.healthy;
        self.watch += other.watch;
        self.at_risk += other.at_risk;
        self.not_enough_data += other.not_enough_data;
        self.sum += other.sum;
    }

    fn of(self, day: Day) -> HealthOfDay {
        let scored = self.healthy + self.watch + self.at_risk;
        HealthOfDay {
            day,
            healthy: self.healthy,
            watch: self.watch,
            at_risk: self.at_risk,
            not_enough_data: self.not_enough_data,
            mean_score: (scored > 0).then(|| self.sum / f64::from(scored)),
        }
    }

    fn stored(self, day: Day, segment: Option<String>) -> StoredHealthDay {
        let Self { healthy, watch, at_risk, not_enough_data, sum } = self;
        StoredHealthDay { day, segment, healthy, watch, at_risk, not_enough_data, score_sum: sum }
    }
}

impl From<&StoredHealthDay> for Tally {
    fn from(stored: &StoredHealthDay) -> Self {
        let StoredHealthDay { healthy, watch, at_risk, not_enough_data, score_sum: sum, .. } = *stored;
        Self { healthy, watch, at_risk, not_enough_data, sum }
    }
}
