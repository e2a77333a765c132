//! What is decided at the end of a term, and why.

use crate::{
    DemoOptions,
    dice::{Dice, Question, spread},
    profile::{Commitment, Profile, Size},
    trajectory::Trajectory,
};
use laer8_domain::days::{Day, shift};

/// Why a customer leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    LowAdoption,
    ProductQuality,
    ChampionLeft,
    Price,
    Competitor,
    Acquired,
    OutOfBusiness,
}

impl Reason {
    /// The code in churn events.
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::LowAdoption => "low_adoption",
            Self::ProductQuality => "product_quality",
            Self::ChampionLeft => "champion_left",
            Self::Price => "price",
            Self::Competitor => "competitor",
            Self::Acquired => "acquired",
            Self::OutOfBusiness => "out_of_business",
        }
    }

    /// Whether it comes out of the blue: nothing in the usage foretells it.
    pub(crate) fn is_sudden(self) -> bool {
        matches!(self, Self::Acquired | Self::OutOfBusiness)
    }
}

/// A decision to leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Leaving {
    /// When it was made; usage falls from here on, unless it is sudden.
    pub(crate) decided: Day,
    /// The first day without the product.
    pub(crate) end: Day,
    pub(crate) reason: Reason,
}

/// What is decided at the end of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Decision {
    Stay,
    /// Nearly left since that day, and was won back.
    Waver(Day),
    Leave(Leaving),
}

/// The value at which a customer leaves as often as its size's base says.
const USUAL_VALUE: f64 = 0.76;

/// How steeply the probability of leaving rises as value falls: e to the
/// tenth of this for each ten points.
const STEEPNESS: f64 = 8.0;

/// The probability of leaving at the end of a year at the usual value, and
/// that of being bought up or closing down.
fn base(size: Size) -> (f64, f64) {
    match size {
        Size::Small => (0.105, 0.022),
        Size::Mid => (0.078, 0.012),
        Size::Enterprise => (0.068, 0.006),
    }
}

/// What the account decides for the end of a term, the `index`-th of its life.
pub(crate) fn decide(
    options: DemoOptions,
    profile: &Profile,
    trajectory: &Trajectory,
    (index, end): (u32, Day),
    dice: &mut Dice,
) -> Decision {
    let decided = shift(end, -dice.whole(42, 70));
    let grace = if short(profile.commitment) { 80 } else { 0 };
    // What left before the history starts is not in the book.
    if end < options.first_day() || decided < shift(profile.start, grace) || decided > options.last_day {
        return Decision::Stay;
    }
    let (yearly, sudden) = base(profile.size);
    let scale = if short(profile.commitment) { 1.2 / 12.0 } else { 1.0 };
    let value = trajectory.on(decided).value();
    let leaves = (yearly * scale * (STEEPNESS * (USUAL_VALUE - value)).exp()).min(0.85);
    let sudden = sudden * scale;
    let wavers = 0.5 * leaves + 0.02 * scale;
    let fate = (spread(options.seed, profile.number, Question::Fate) + 0.618_034 * f64::from(index)).fract();
    if fate < leaves {
        let reason = reason(trajectory, decided, dice);
        Decision::Leave(Leaving { decided, end, reason })
    } else if fate < leaves + sudden {
        let reason = if dice.chance(0.5) { Reason::Acquired } else { Reason::OutOfBusiness };
        let decided = shift(end, -dice.whole(4, 20));
        Decision::Leave(Leaving { decided, end, reason })
    } else if fate < leaves + sudden + wavers {
        Decision::Waver(decided)
    } else {
        Decision::Stay
    }
}

/// Whether the account can leave every month.
pub(crate) fn short(commitment: Commitment) -> bool {
    matches!(commitment, Commitment::AnyTime | Commitment::Term(1))
}

/// What stands out when it decides; what nobody can see is price or a
/// competitor.
fn reason(trajectory: &Trajectory, decided: Day, dice: &mut Dice) -> Reason {
    let week = trajectory.on(decided);
    if !trajectory.has_champion(decided) && dice.chance(0.8) {
        Reason::ChampionLeft
    } else if week.quality < 0.68 {
        Reason::ProductQuality
    } else if week.adoption < 0.68 {
        Reason::LowAdoption
    } else if dice.chance(0.5) {
        Reason::Price
    } else {
        Reason::Competitor
    }
}
