//! Where an account stands: the stage of a customer, or the standing of an
//! account that pays nothing.

use crate::{
    rules::Rules,
    stages::{Stage, StageSpan, SubscriptionStage, subscription_stages},
    tracking::Tracked,
};
use laer8_domain::{days::Day, exchange::Rates, history::Seen, ids::AccountId, money::Amount};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Never paid, and tries nothing.
    Prospect,
    /// Pays nothing, and tries something.
    Trial,
    /// Pays: the stage it is in.
    Customer(Stage),
    /// Paid once, and no more.
    Former,
}

impl Standing {
    /// All of them: the stages in the order of the loop, then what pays nothing.
    pub const ALL: [Self; 7] = [
        Self::Customer(Stage::Land),
        Self::Customer(Stage::Adopt),
        Self::Customer(Stage::Expand),
        Self::Customer(Stage::Renew),
        Self::Prospect,
        Self::Trial,
        Self::Former,
    ];

    /// The name in the API: the stage of a customer, else the standing.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Prospect => "prospect",
            Self::Trial => "trial",
            Self::Customer(stage) => stage.key(),
            Self::Former => "former",
        }
    }

    /// The standing of that name.
    #[must_use]
    pub fn of(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.key() == key)
    }

    /// The stage, for a customer.
    #[must_use]
    pub fn stage(self) -> Option<Stage> {
        match self {
            Self::Customer(stage) => Some(stage),
            _ => None,
        }
    }
}

impl Serialize for Standing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

impl<'de> Deserialize<'de> for Standing {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let key = String::deserialize(deserializer)?;
        Self::of(&key).ok_or_else(|| {
            let known = Self::ALL.map(Self::key).join(", ");
            D::Error::custom(format!("\"{key}\" is no standing; expected one of {known}"))
        })
    }
}

impl PartialSchema for Standing {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::String)
            .description(Some(
                "Where an account stands: the stage of a customer (`land`, `adopt`, `expand`, `renew`), or \
                 `prospect` (never paid), `trial` (pays nothing and tries something), `former` (paid once).",
            ))
            .enum_values(Some(Self::ALL.map(Self::key)))
            .into()
    }
}

impl ToSchema for Standing {}

/// Where an account stands on a day, with the subscriptions behind it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct AccountJourney {
    /// Which account.
    pub account: AccountId,
    /// On which day.
    #[schema(value_type = NaiveDate)]
    pub day: Day,
    /// Where it stands.
    pub standing: Standing,
    /// Its stage with its duration: that of the largest subscription in it, and
    /// the longest delay of any of them. None for what is no customer.
    pub current: Option<StageSpan>,
    /// Its paid subscriptions.
    pub subscriptions: Vec<SubscriptionStage>,
    /// Monthly recurring revenue in the reporting currency, of the
    /// subscriptions that have a rate.
    pub mrr: Amount,
    /// Whether a subscription is missing in `mrr` for want of a rate.
    pub mrr_incomplete: bool,
    /// The earliest day on which a subscription with a term could end.
    #[schema(value_type = Option<NaiveDate>)]
    pub next_renewal: Option<Day>,
    /// Whether any subscription can be cancelled at any moment.
    pub continuous: bool,
}

impl AccountJourney {
    /// Whether its stage has lasted longer than it should.
    #[must_use]
    pub fn is_overdue(&self) -> bool {
        self.current.is_some_and(|span| span.overdue_days.is_some())
    }

    /// ARR in the reporting currency: 12 × MRR.
    #[must_use]
    pub fn arr(&self) -> Amount {
        self.mrr.scaled(12, 1).unwrap_or_default()
    }
}

/// Where the account stands on the day of `seen`.
///
/// An account is in **Renew** when subscriptions with at least
/// `account.renew_share` of its recurring revenue are. Otherwise it is in the
/// stage in which most of its recurring revenue has got to, apart from renewal;
/// of two with the same, in the earlier of the loop. Subscriptions without an
/// exchange rate weigh nothing, unless none has one: then all weigh the same.
#[must_use]
pub fn account_journey(rules: &Rules<'_>, seen: Seen<'_>, tracked: Tracked, rates: &Rates) -> AccountJourney {
    assemble(rules, seen, subscription_stages(rules, seen, tracked, rates))
}

pub(crate) fn assemble(
    rules: &Rules<'_>,
    seen: Seen<'_>,
    subscriptions: Vec<SubscriptionStage>,
) -> AccountJourney {
    let stage = account_stage(&subscriptions, rules.config().account.renew_share);
    let standing = match stage {
        Some(stage) => Standing::Customer(stage),
        None if seen.is_trialing() => Standing::Trial,
        None if seen.customer_since().is_some() => Standing::Former,
        None => Standing::Prospect,
    };
    AccountJourney {
        account: seen.id(),
        day: seen.day(),
        standing,
        current: stage.and_then(|stage| account_span(&subscriptions, stage)),
        mrr: subscriptions.iter().filter_map(|subscription| subscription.mrr_reported).sum(),
        mrr_incomplete: subscriptions.iter().any(|subscription| subscription.mrr_reported.is_none()),
        next_renewal: subscriptions.iter().filter_map(|subscription| subscription.renewal_on).min(),
        continuous: subscriptions.iter().any(|subscription| subscription.continuous),
        subscriptions,
    }
}

fn account_stage(subscriptions: &[SubscriptionStage], renew_share: f64) -> Option<Stage> {
    let none_rated = subscriptions.iter().all(|subscription| subscription.mrr_reported.is_none());
    let weight = |subscription: &SubscriptionStage| {
        if none_rated { Amount::from_major(1) } else { subscription.mrr_reported.unwrap_or_default() }
    };
    let total: Amount = subscriptions.iter().map(weight).sum();
    let renewing = |subscription: &&SubscriptionStage| subscription.current.stage == Stage::Renew;
    let in_renewal: Amount = subscriptions.iter().filter(renewing).map(weight).sum();
    let any_in_renewal = subscriptions.iter().any(|subscription| renewing(&subscription));
    if any_in_renewal && in_renewal.ratio_to(total).is_some_and(|share| share >= renew_share) {
        return Some(Stage::Renew);
    }
    let in_stage = |stage: Stage| -> Amount {
        subscriptions.iter().filter(|one| one.progress.stage == stage).map(weight).sum()
    };
    let occupied = |stage: &Stage| subscriptions.iter().any(|one| one.progress.stage == *stage);
    Stage::ALL.into_iter().filter(occupied).rev().max_by_key(|stage| in_stage(*stage))
}

/// The span of the subscription that is longest over its target; where none
/// is, of the one with most revenue. All of it from one subscription, so that
/// "since" and "overdue" fit together.
fn account_span(subscriptions: &[SubscriptionStage], stage: Stage) -> Option<StageSpan> {
    let spans = subscriptions.iter().filter_map(|subscription| {
        let span = if stage == Stage::Renew { subscription.current } else { subscription.progress };
        (span.stage == stage).then_some((subscription, span))
    });
    let leading = spans.max_by_key(|(subscription, span)| {
        (span.overdue_days, subscription.mrr_reported, std::cmp::Reverse(subscription.subscription))
    })?;
    Some(leading.1)
}

#[cfg(test)]
mod tests;
