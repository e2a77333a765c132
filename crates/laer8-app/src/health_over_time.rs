//! How the health of the book went, day by day, each day as it was known then.

use crate::{Actor, App, AppError, AsOf, Moment, as_of, book::Book, workspace};
use laer8_domain::{
    days::{Day, Window, shift},
    history::AccountHistory,
    users::Role,
};
use laer8_health::{replay::DayScore, score::Band, scoring::Place};
use laer8_journey::{Replay, Rules};
use laer8_store::Scope;
use rayon::prelude::*;
use serde::Serialize;
use utoipa::ToSchema;

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

impl App {
    /// The health of the book on each of the last `days` days. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::Store`].
    pub async fn health_over_time(
        &self,
        actor: &Actor,
        as_of: AsOf,
        days: u32,
    ) -> Result<HealthOverTime, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let workspace = workspace::load(&tx).await?;
        let moment = as_of::moment(&tx, self.today(&workspace), as_of).await?;
        let key = (tx.generation().await?, moment, days);
        let mut kept = self.shelf.health.lock().await;
        if let Some((of, health)) = kept.as_ref()
            && *of == key
        {
            return Ok(health.clone());
        }
        let health = over_time(&self.book(&tx, as_of, Scope::All).await?, days);
        *kept = Some((key, health.clone()));
        Ok(health)
    }
}

/// The health of a book on each of the last `days` days.
fn over_time(book: &Book, days: u32) -> HealthOverTime {
    let end = shift(book.day(), 1);
    let window = Window::new(shift(end, -i64::from(days)), end);
    let rules = book.rules();
    let empty = || vec![Tally::default(); usize::try_from(window.len()).unwrap_or(0)];
    let tallies = book
        .histories
        .par_iter()
        .fold(empty, |mut tallies, history| {
            for score in book.replay(&rules, history, window) {
                let position = usize::try_from((score.day - window.start).num_days()).unwrap_or(0);
                tallies[position].add(&score);
            }
            tallies
        })
        .reduce(empty, |mut a, b| {
            a.iter_mut().zip(b).for_each(|(a, b)| a.merge(&b));
            a
        });
    let day_of = |(offset, tally): (i64, Tally)| tally.of(shift(window.start, offset));
    HealthOverTime { as_of: book.moment, days: (0..).zip(tallies).map(day_of).collect() }
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
        let mut journey = Replay::new(rules, history);
        self.scoring().replay(history, window, |seen| {
            if !seen.is_customer() {
                return None;
            }
            let standing = journey.standing_on(seen.day(), self.tracking().on(seen.day()), &self.rates);
            let segment = self.segment(seen, Some(standing.key()));
            Some(Place { stage: standing.stage().map(|stage| stage.key()), segment: Some(segment) })
        })
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
    fn add(&mut self, score: &DayScore<'_>) {
        match score.outcome.band {
            Band::Healthy => self.healthy += 1,
            Band::Watch => self.watch += 1,
            Band::AtRisk => self.at_risk += 1,
            Band::NotEnoughData => self.not_enough_data += 1,
        }
        self.sum += score.outcome.score.unwrap_or(0.0);
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
}
