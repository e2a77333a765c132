//! The scorecards of a workspace: to whom each applies, and how the values of
//! their measures lie.

use crate::{
    Actor, App, AppError, AsOf, DocumentView, LocalTime, Moment,
    configuration::{self, Configuration},
    documents::document_in,
    measured::Customers,
    workspace,
};
use laer8_domain::{money::Currency, users::Role};
use laer8_health::{
    measures::Measure,
    names::Name,
    scorecard::{Scorecard, document::ScorecardDocument},
    scoring::Place,
    whatif::Tally,
    when::When,
};
use laer8_store::Tx;
use serde::{Serialize, Serializer};
use std::sync::Arc;
use utoipa::ToSchema;

/// The scorecards in force.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScorecardsView {
    /// The day; none while there are no facts.
    pub as_of: Option<Moment>,
    /// What amounts are in.
    pub currency: Currency,
    /// In the order in which they are tried.
    pub cards: Vec<ScorecardUse>,
}

/// A scorecard and who has it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScorecardUse {
    /// Its name in documents and addresses.
    pub key: String,
    /// What people call it.
    pub name: Name,
    /// Scorecards with a lower number are tried first.
    pub priority: i32,
    /// Whether it is taken when the conditions of none hold.
    pub is_default: bool,
    /// To which accounts it applies.
    pub when: When,
    /// How many measures it has.
    pub measures: usize,
    /// The version in force; 0 is the shipped one.
    pub version: u32,
    /// Who wrote that; empty for the shipped one.
    pub author: String,
    /// When; none for the shipped one.
    pub saved: Option<LocalTime>,
    /// The customers that are scored by it, and their revenue.
    pub used: Tally,
    /// Their mean score; none where nobody has one.
    pub mean: Option<f64>,
}

/// A scorecard with everything that helps to change it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ScorecardView {
    /// The day; none while there are no facts.
    pub as_of: Option<Moment>,
    /// What amounts are in.
    pub currency: Currency,
    /// The one in force.
    #[serde(serialize_with = "as_written")]
    #[schema(value_type = ScorecardDocument)]
    pub card: Scorecard,
    /// Who has it.
    pub used: ScorecardUse,
    /// Its text and its history.
    pub document: DocumentView,
    /// How the values of its measures lie among those who have it, in the
    /// order of the scorecard.
    #[schema(value_type = Vec<Deciles>)]
    pub spreads: Vec<MeasureSpread>,
    /// For each of its caps, the customers whom it limits now.
    pub capped: Vec<Tally>,
}

/// How the values of a measure lie. Told to others as [`Deciles`]: of many
/// customers there are many values.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(into = "Deciles")]
pub struct MeasureSpread {
    /// The measure.
    pub measure: Measure,
    /// The values of the customers that have one, in order.
    pub values: Vec<f64>,
    /// How many have none.
    pub without: usize,
}

/// How the values of a measure lie, in a few numbers.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = MeasureSpread)]
pub struct Deciles {
    /// The measure.
    pub measure: Measure,
    /// How many customers have a value.
    pub with: usize,
    /// How many have none.
    pub without: usize,
    /// The least value, those that a tenth, two tenths and so on of the
    /// customers do not exceed, and the largest: eleven numbers, or none where
    /// nobody has a value.
    pub deciles: Vec<f64>,
}

impl From<MeasureSpread> for Deciles {
    fn from(MeasureSpread { measure, values, without }: MeasureSpread) -> Self {
        let last = values.len().saturating_sub(1);
        let decile = |tenth: usize| values.get((last * tenth).div_ceil(10)).copied();
        Self { measure, with: values.len(), without, deciles: (0..=10).filter_map(decile).collect() }
    }
}

/// A scorecard in the form of its document.
fn as_written<S: Serializer>(card: &Scorecard, serializer: S) -> Result<S::Ok, S::Error> {
    ScorecardDocument::from(card).serialize(serializer)
}

impl App {
    /// The scorecards in force and who has each. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::TooEarly`], [`AppError::Store`].
    pub async fn scorecards(&self, actor: &Actor, as_of: AsOf) -> Result<ScorecardsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let configuration = configuration::load(&tx).await?;
        let customers = self.measured_or_none(&tx, as_of).await?;
        let mut cards = Vec::new();
        for card in configuration.scorecards.cards() {
            let document = document_in(&tx, "scorecard", card.key()).await?;
            cards.push(usage(card, &document, customers.as_deref()));
        }
        let currency = workspace::load(&tx).await?.reporting();
        Ok(ScorecardsView { as_of: moment(customers.as_deref()), currency, cards })
    }

    /// A scorecard in force. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::TooEarly`],
    /// [`AppError::Store`].
    pub async fn scorecard(&self, actor: &Actor, as_of: AsOf, key: &str) -> Result<ScorecardView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let document = document_in(&tx, "scorecard", key).await?;
        let Configuration { scorecards, .. } = configuration::load(&tx).await?;
        let not_found =
            || AppError::NotFound { kind: "scorecard", name: key.to_owned(), hint: String::new() };
        let card = scorecards.card(key).ok_or_else(not_found)?;
        let customers = self.measured_or_none(&tx, as_of).await?;
        let customers = customers.as_deref();
        Ok(ScorecardView {
            as_of: moment(customers),
            currency: workspace::load(&tx).await?.reporting(),
            used: usage(card, &document, customers),
            spreads: spreads(card, customers),
            capped: capped(card, customers),
            card: card.clone(),
            document,
        })
    }

    async fn measured_or_none(&self, tx: &Tx, as_of: AsOf) -> Result<Option<Arc<Customers>>, AppError> {
        match self.customers(tx, as_of).await {
            Err(AppError::Empty) => Ok(None),
            customers => customers.map(Some),
        }
    }
}

fn moment(customers: Option<&Customers>) -> Option<Moment> {
    customers.map(|customers| customers.reckoned.book.moment)
}

/// The places among those measured of the customers that have a scorecard.
fn having<'c>(card: &'c Scorecard, customers: &'c Customers) -> impl Iterator<Item = usize> + 'c {
    let evaluations = &customers.reckoned.evaluations;
    let has = move |(_, (place, _)): &(usize, &(usize, _))| evaluations[*place].scorecard == card.key();
    customers.measured.iter().enumerate().filter(has).map(|(position, _)| position)
}

fn usage(card: &Scorecard, document: &DocumentView, customers: Option<&Customers>) -> ScorecardUse {
    let mut used = Tally::default();
    let mut scores = Vec::new();
    if let Some(customers) = customers {
        for position in having(card, customers) {
            let evaluation = &customers.reckoned.evaluations[customers.measured[position].0];
            used.accounts += 1;
            used.arr += evaluation.arr;
            scores.extend(evaluation.outcome.score);
        }
    }
    let newest = document.newest();
    #[expect(clippy::cast_precision_loss, reason = "accounts")]
    let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
    ScorecardUse {
        key: card.key().to_owned(),
        name: card.name().clone(),
        priority: card.priority(),
        is_default: card.is_default(),
        when: card.when().clone(),
        measures: card.groups().iter().map(|group| group.items.len()).sum(),
        version: newest.version,
        author: newest.author.clone(),
        saved: newest.saved,
        used,
        mean,
    }
}

fn spreads(card: &Scorecard, customers: Option<&Customers>) -> Vec<MeasureSpread> {
    let items = card.groups().iter().flat_map(|group| &group.items);
    let spread = |item: &laer8_health::scorecard::Item| {
        let mut spread = MeasureSpread { measure: item.measure, values: vec![], without: 0 };
        if let Some(customers) = customers {
            for position in having(card, customers) {
                match customers.measured[position].1.values.get(item.measure) {
                    Some(value) => spread.values.push(value),
                    None => spread.without += 1,
                }
            }
        }
        spread.values.sort_by(f64::total_cmp);
        spread
    };
    items.map(spread).collect()
}

fn capped(card: &Scorecard, customers: Option<&Customers>) -> Vec<Tally> {
    let mut tallies = vec![Tally::default(); card.caps().len()];
    if let Some(customers) = customers {
        let book = &customers.reckoned.book;
        let scoring = book.scoring();
        for position in having(card, customers) {
            let (place, measured) = &customers.measured[position];
            let evaluation = &customers.reckoned.evaluations[*place];
            let Some(history) = book.history(evaluation.account) else { continue };
            let place = Place {
                stage: evaluation.journey.standing.stage().map(|stage| stage.key()),
                segment: Some(&evaluation.segment),
            };
            for cap in scoring.caps_in_force(card, history.seen(book.day()), place, measured) {
                let position = card.caps().iter().position(|other| std::ptr::eq(other, cap));
                if let Some(tally) = position.and_then(|position| tallies.get_mut(position)) {
                    tally.accounts += 1;
                    tally.arr += evaluation.arr;
                }
            }
        }
    }
    tallies
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deciles(values: &[f64]) -> Vec<f64> {
        let spread = MeasureSpread { measure: Measure::ALL[0], values: values.to_vec(), without: 0 };
        Deciles::from(spread).deciles
    }

    #[test]
    fn many_values_are_told_in_eleven() {
        let hundred_and_one: Vec<f64> = (0..=100).map(f64::from).collect();
        let tens: Vec<f64> = (0..=10).map(|ten| f64::from(ten * 10)).collect();
        assert_eq!(deciles(&hundred_and_one), tens);
        assert_eq!(deciles(&[7.0]), [7.0; 11]);
        assert_eq!(deciles(&[]), Vec::<f64>::new());
    }
}
