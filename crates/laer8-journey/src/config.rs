//! `journey.toml`: when a stage is done, how long it should take, when the
//! renewal window opens, and what counts as potential and as working.

use crate::{
    document::{Checks, DocumentError, parse},
    stages::Stage,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

const DOCUMENT: &str = "journey.toml";

/// The longest window that a criterion may look back over, in days.
pub const LONGEST_WINDOW: u32 = 366;

/// The whole document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JourneyConfig {
    /// The version of the document's form.
    pub schema: u32,
    /// All of these must hold, on one day since the subscription's start, for
    /// Land to end.
    pub activation: Vec<Criterion>,
    /// All of these must hold, on one day of the term, for Adopt to end.
    pub adoption: Vec<Criterion>,
    /// How long each stage should take.
    pub targets: TargetDays,
    /// When the renewal window opens.
    pub renewal: RenewalRule,
    /// How an account's stage follows from its subscriptions'.
    pub account: AccountRule,
    /// What counts as realised potential.
    pub potential: PotentialRule,
    /// What counts as working as promised.
    pub works: WorksRule,
    /// Where the two are crossed.
    pub matrix: MatrixRule,
}

/// Something that is counted and must reach a target.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// What is counted.
    pub criterion: CriterionKind,
    /// Over how many days that end with the day in question, 1 to
    /// [`LONGEST_WINDOW`]; never reaching back before the subscription's start.
    pub days: u32,
    /// The least that is enough, in the unit of the kind.
    pub at_least: f64,
}

/// What a criterion counts. Only features that the subscription's plan entitles
/// to count; all features where nobody said what it entitles to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionKind {
    /// Days with use.
    ActiveDays,
    /// Distinct features used. A target above the number of entitled features
    /// is lowered to it.
    FeaturesUsed,
    /// Features used ÷ entitled features, 0 to 1; unknown where the entitlement
    /// is.
    Breadth,
    /// Core features used ÷ entitled core features, 0 to 1; unknown where the
    /// entitlement is, or no entitled feature is core.
    CoreBreadth,
    /// Distinct people on the busiest day: a lower bound of how many; unknown
    /// where nobody counts people.
    PeopleActive,
    /// People active ÷ seats of the subscription, may exceed 1; unknown where
    /// nobody counts people, or there are no seats: a single unit with a price
    /// for everything is a licence for everybody.
    SeatsUsed,
}

impl CriterionKind {
    /// The name in documents and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ActiveDays => "active_days",
            Self::FeaturesUsed => "features_used",
            Self::Breadth => "breadth",
            Self::CoreBreadth => "core_breadth",
            Self::PeopleActive => "people_active",
            Self::SeatsUsed => "seats_used",
        }
    }

    /// The largest target that makes sense.
    fn most(self, days: u32) -> f64 {
        match self {
            Self::ActiveDays => f64::from(days),
            Self::FeaturesUsed | Self::PeopleActive => 1_000_000.0,
            Self::Breadth | Self::CoreBreadth | Self::SeatsUsed => 1.0,
        }
    }
}

/// Target duration of each stage in days; a stage without one is never overdue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetDays {
    /// From the start to activation.
    pub land: Option<u32>,
    /// From activation to adoption.
    pub adopt: Option<u32>,
    /// From adoption to renewal.
    pub expand: Option<u32>,
    /// From the opening of the renewal window.
    pub renew: Option<u32>,
}

impl TargetDays {
    /// The target of a stage.
    #[must_use]
    pub fn of(&self, stage: Stage) -> Option<u32> {
        match stage {
            Stage::Land => self.land,
            Stage::Adopt => self.adopt,
            Stage::Expand => self.expand,
            Stage::Renew => self.renew,
        }
    }
}

/// When the renewal window opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RenewalRule {
    /// Terms of at least this many months are long.
    pub long_term_months: u16,
    /// A long term's window is at least this many days.
    pub window_days: u32,
    /// … and at least the notice period and this many days.
    pub notice_margin_days: u32,
    /// A short term's window is this part of it: 3 is the last third.
    pub short_term_part: u32,
    /// A subscription without a term is looked at afresh every so many months
    /// from its start: only Adopt or Expand follow from it.
    pub continuous_review_months: u16,
}

/// How an account's stage follows from its subscriptions'.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AccountRule {
    /// The account is in Renew when subscriptions with at least this share of
    /// its recurring revenue are, 0 to 1.
    pub renew_share: f64,
}

/// What counts as realised potential.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PotentialRule {
    /// Over how many days use is looked at.
    pub window_days: u32,
    /// From how many seats on the second, third, … size band begins.
    pub size_bands: Vec<u32>,
    /// How many comparable accounts there must be for their upper quartile to
    /// be the benchmark.
    pub comparable_accounts: u32,
    /// What each part weighs.
    pub weights: PotentialWeights,
    /// The benchmark where there are too few comparable accounts.
    pub targets: PotentialTargets,
}

/// What each part of the potential weighs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PotentialWeights {
    /// Share of entitled features used.
    pub features: f64,
    /// Share of seats used.
    pub seats: f64,
    /// How deeply.
    pub depth: f64,
}

/// Fixed benchmarks of the potential.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PotentialTargets {
    /// Share of entitled features, 0 to 1.
    pub features: f64,
    /// Share of seats, 0 to 1.
    pub seats: f64,
    /// Mean share of the features' depth targets, 0 to 1, where they have some.
    pub depth: f64,
    /// Uses per seat in the window, where no feature has a depth target.
    pub uses_per_seat: f64,
}

/// What counts as working as promised.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorksRule {
    /// Over how many days errors are looked at.
    pub error_days: u32,
    /// For how many days a broken promise counts after the ticket is solved.
    pub breach_days: u32,
    /// For how many seats `worst.tickets` and `worst.breaches` are meant; a
    /// larger account bears proportionally more.
    pub seats_per_allowance: u32,
    /// What each part weighs.
    pub weights: WorksWeights,
    /// At which value each part is worth nothing.
    pub worst: WorksWorst,
}

/// What each part of "works as promised" weighs.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorksWeights {
    /// Severity-weighted open tickets.
    pub tickets: f64,
    /// Broken promises (SLAs).
    pub breaches: f64,
    /// Error rate.
    pub errors: f64,
}

/// At which value each part of "works as promised" is worth nothing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorksWorst {
    /// Sum of the severities of open tickets (low 1, medium 2, high 4, urgent 8).
    pub tickets: f64,
    /// Number of broken promises.
    pub breaches: f64,
    /// Errors in a thousand uses.
    pub errors_per_thousand: f64,
}

/// Where the layer-8 matrix is crossed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MatrixRule {
    /// A value at or above it is on the good side, 0 to 100.
    pub crossing: f64,
}

impl JourneyConfig {
    /// Reads and checks `journey.toml`.
    ///
    /// # Errors
    /// [`DocumentError`], which says where and what.
    pub fn from_toml(text: &str) -> Result<Self, DocumentError> {
        let config: Self = parse(DOCUMENT, text)?;
        config.check()?;
        Ok(config)
    }

    /// Whether every value makes sense.
    ///
    /// # Errors
    /// The first [`DocumentError`] found.
    pub fn check(&self) -> Result<(), DocumentError> {
        let checks = Checks { document: DOCUMENT };
        checks.schema(self.schema)?;
        check_criteria(checks, "activation", &self.activation)?;
        check_criteria(checks, "adoption", &self.adoption)?;
        for stage in Stage::ALL {
            let target = self.targets.of(stage).unwrap_or(1);
            checks.within(&format!("targets.{}", stage.key()), target, (1.0, 3_650.0))?;
        }
        self.renewal.check(checks)?;
        checks.within("account.renew_share", self.account.renew_share, (0.0, 1.0))?;
        self.potential.check(checks)?;
        self.works.check(checks)?;
        checks.within("matrix.crossing", self.matrix.crossing, (0.0, 100.0))
    }

    /// How many days back the criteria look at most.
    #[must_use]
    pub fn longest_window(&self) -> u32 {
        self.activation.iter().chain(&self.adoption).map(|criterion| criterion.days).max().unwrap_or(1)
    }
}

fn check_criteria(checks: Checks, place: &str, criteria: &[Criterion]) -> Result<(), DocumentError> {
    checks.filled(place, criteria)?;
    for (position, criterion) in criteria.iter().enumerate() {
        let place = format!("{place}[{position}]");
        checks.within(&format!("{place}.days"), criterion.days, (1.0, f64::from(LONGEST_WINDOW)))?;
        let most = criterion.criterion.most(criterion.days);
        checks.within(&format!("{place}.at_least"), criterion.at_least, (0.0, most))?;
    }
    Ok(())
}

impl RenewalRule {
    fn check(&self, checks: Checks) -> Result<(), DocumentError> {
        checks.within("renewal.long_term_months", self.long_term_months, (1.0, 120.0))?;
        checks.within("renewal.window_days", self.window_days, (1.0, 730.0))?;
        checks.within("renewal.notice_margin_days", self.notice_margin_days, (0.0, 730.0))?;
        checks.within("renewal.short_term_part", self.short_term_part, (1.0, 100.0))?;
        checks.within("renewal.continuous_review_months", self.continuous_review_months, (1.0, 120.0))
    }
}

impl PotentialRule {
    fn check(&self, checks: Checks) -> Result<(), DocumentError> {
        checks.within("potential.window_days", self.window_days, (1.0, f64::from(LONGEST_WINDOW)))?;
        checks.ascending("potential.size_bands", &self.size_bands)?;
        checks.within("potential.comparable_accounts", self.comparable_accounts, (1.0, 100_000.0))?;
        let PotentialWeights { features, seats, depth } = self.weights;
        let weights = [("features", features), ("seats", seats), ("depth", depth)];
        checks.weights("potential.weights", &weights)?;
        let PotentialTargets { features, seats, depth, uses_per_seat } = self.targets;
        for (key, target) in [("features", features), ("seats", seats), ("depth", depth)] {
            checks.within(&format!("potential.targets.{key}"), target, (0.01, 1.0))?;
        }
        checks.within("potential.targets.uses_per_seat", uses_per_seat, (0.01, 1_000_000.0))
    }

    /// The size band of an account: 0 for the smallest.
    #[must_use]
    pub fn size_band(&self, seats: u32) -> usize {
        self.size_bands.partition_point(|from| *from <= seats)
    }
}

impl WorksRule {
    fn check(&self, checks: Checks) -> Result<(), DocumentError> {
        checks.within("works.error_days", self.error_days, (1.0, f64::from(LONGEST_WINDOW)))?;
        checks.within("works.breach_days", self.breach_days, (0.0, 3_650.0))?;
        checks.within("works.seats_per_allowance", self.seats_per_allowance, (1.0, 1_000_000.0))?;
        let WorksWeights { tickets, breaches, errors } = self.weights;
        let weights = [("tickets", tickets), ("breaches", breaches), ("errors", errors)];
        checks.weights("works.weights", &weights)?;
        checks.within("works.worst.tickets", self.worst.tickets, (0.1, 1_000_000.0))?;
        checks.within("works.worst.breaches", self.worst.breaches, (0.1, 1_000_000.0))?;
        checks.within("works.worst.errors_per_thousand", self.worst.errors_per_thousand, (0.1, 1_000.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../../packs/b2b-saas/journey.toml");

    fn broken(from: &str, to: &str) -> String {
        assert!(SHIPPED.contains(from), "{from} is not in the document");
        match JourneyConfig::from_toml(&SHIPPED.replacen(from, to, 1)) {
            Ok(_) => "accepted".to_owned(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_shipped_document_says_what_the_formulas_say() {
        let config = JourneyConfig::from_toml(SHIPPED).expect("valid");
        let rule = config.renewal;
        assert_eq!((rule.long_term_months, rule.window_days), (12, 90));
        assert_eq!((rule.notice_margin_days, rule.short_term_part), (30, 3));
        assert_eq!(config.potential.comparable_accounts, 8);
        assert!((config.matrix.crossing - 50.0).abs() < f64::EPSILON);
    }

    #[test]
    fn a_document_that_is_written_is_read_back() {
        let config = JourneyConfig::from_toml(SHIPPED).expect("valid");
        let text = toml::to_string(&config).expect("TOML");
        assert_eq!(JourneyConfig::from_toml(&text), Ok(config));
    }

    #[test]
    fn errors_say_where_and_what() {
        assert_eq!(
            broken("schema = 1", "schema = 9"),
            "journey.toml: schema 9 can't be read; this program reads schema 1"
        );
        assert_eq!(
            broken("renew_share = 0.25", "renew_share = 25"),
            "journey.toml: account.renew_share is 25; write a number from 0 to 1"
        );
        assert_eq!(
            broken("size_bands = [10, 50, 250]", "size_bands = [50, 10]"),
            "journey.toml: potential.size_bands must grow from entry to entry"
        );
        assert!(broken("short_term_part", "short_term_bit").contains("unknown field `short_term_bit`"));
        assert!(broken("\"active_days\"", "\"logins\"").contains("unknown variant `logins`"));
        assert!(broken("crossing = 50", "crossing = nan").contains("matrix.crossing is NaN"));
    }

    #[test]
    fn a_target_that_can_never_be_reached_is_refused() {
        let text = SHIPPED.replacen("days = 14", "days = 2", 1);
        let error = JourneyConfig::from_toml(&text).expect_err("refused").to_string();
        assert_eq!(error, "journey.toml: activation[0].at_least is 4; write a number from 0 to 2");
    }
}
