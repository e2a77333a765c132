//! What a signal shows for itself, and what it suggests.

use crate::stages::UnmetCriterion;
use laer8_domain::{
    days::Day,
    ids::{PersonId, PlanId, SubscriptionId, TicketId},
    people::Role,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The numbers and facts behind a signal.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[schema(as = SignalEvidence)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Evidence {
    /// Not used for much longer than usual.
    Silence {
        /// The last day with use; none when there never was any.
        #[schema(value_type = Option<NaiveDate>)]
        last_used: Option<Day>,
        /// Days since then, or since it became a customer.
        silent_days: i64,
        /// Days from one use to the next, usually; none when there never was
        /// any.
        usual_gap: Option<f64>,
        /// More days than these are silence.
        threshold: f64,
    },
    /// The score fell.
    ScoreDrop {
        /// On the day.
        now: f64,
        /// Before.
        before: f64,
        /// How many days before.
        days: u32,
        /// By how many points it fell.
        drop: f64,
    },
    /// The renewal window is open, and criteria are unmet since then.
    RenewalDebt {
        /// The subscription that renews first.
        subscription: SubscriptionId,
        /// When.
        #[schema(value_type = NaiveDate)]
        renewal_on: Day,
        /// The last day on which notice can be given.
        #[schema(value_type = Option<NaiveDate>)]
        notice_by: Option<Day>,
        /// When it ends, where notice has been given already.
        #[schema(value_type = Option<NaiveDate>)]
        ends_on: Option<Day>,
        /// What is missing.
        unmet: Vec<UnmetCriterion>,
        /// All subscriptions in the same position.
        subscriptions: Vec<SubscriptionId>,
    },
    /// Escalated tickets are open.
    Escalation {
        /// Which, by day of escalation.
        tickets: Vec<TicketId>,
        /// How long the first has been escalated, in days.
        days: i64,
    },
    /// Works and is not used.
    WorksUnused {
        /// Works as promised, 0 to 100.
        works: f64,
        /// Potential realised, 0 to 100.
        potential: f64,
    },
    /// Nearly every seat is taken.
    SeatsFull {
        /// Distinct people on the busiest day.
        people: u32,
        /// Seats paid for.
        seats: u32,
        /// Seats that would give room again.
        more_seats: u32,
    },
    /// Uses more than the plan includes.
    Outgrown {
        /// The subscription.
        subscription: SubscriptionId,
        /// Its plan.
        plan: PlanId,
        /// The next larger one, where there is one.
        upgrade: Option<PlanId>,
        /// The first day of the calendar month.
        #[schema(value_type = NaiveDate)]
        month: Day,
        /// Uses in it, of the features that the plan entitles to.
        uses: i64,
        /// What is included.
        included: i64,
    },
    /// Who spoke for us, or paid, has left.
    ChampionLost {
        /// Who left last.
        person: PersonId,
        /// The part they played.
        role: Role,
        /// When.
        #[schema(value_type = NaiveDate)]
        left_on: Day,
    },
    /// A payment is overdue.
    PaymentRisk {
        /// Since when.
        #[schema(value_type = NaiveDate)]
        overdue_since: Day,
        /// How many days that is.
        days: i64,
    },
}

/// What to do about a signal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NextStep {
    /// Ask what happened.
    ReachOut,
    /// Find out what pulled the score down.
    ReviewHealth,
    /// Agree before the renewal on what is still missing.
    PlanRenewal,
    /// Notice was given: find out why, and whether it can be turned.
    SaveConversation,
    /// Bring the ticket to an end, and tell the customer when.
    ResolveEscalation,
    /// Show what they pay for and do not use.
    DriveAdoption,
    /// Offer more seats.
    OfferSeats,
    /// Offer the next larger plan.
    OfferUpgrade,
    /// The largest plan is outgrown: agree on terms of their own.
    NegotiateTerms,
    /// Find somebody who takes the part.
    FindChampion,
    /// Clear up the payment.
    SettlePayment,
}

impl NextStep {
    /// All steps.
    pub const ALL: [Self; 11] = [
        Self::ReachOut,
        Self::ReviewHealth,
        Self::PlanRenewal,
        Self::SaveConversation,
        Self::ResolveEscalation,
        Self::DriveAdoption,
        Self::OfferSeats,
        Self::OfferUpgrade,
        Self::NegotiateTerms,
        Self::FindChampion,
        Self::SettlePayment,
    ];

    /// The name in translations and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::ReachOut => "reach_out",
            Self::ReviewHealth => "review_health",
            Self::PlanRenewal => "plan_renewal",
            Self::SaveConversation => "save_conversation",
            Self::ResolveEscalation => "resolve_escalation",
            Self::DriveAdoption => "drive_adoption",
            Self::OfferSeats => "offer_seats",
            Self::OfferUpgrade => "offer_upgrade",
            Self::NegotiateTerms => "negotiate_terms",
            Self::FindChampion => "find_champion",
            Self::SettlePayment => "settle_payment",
        }
    }
}
