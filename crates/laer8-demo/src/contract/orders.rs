//! One life of a customer as its orders: from signature to the end of the
//! last term.

use super::*;
use crate::{catalog::FEATURES, decisions::short};
use laer8_domain::{
    money::Amount,
    records::TermsRecord,
    subscriptions::{BillingPeriod, Price, PriceBasis},
};

/// Weeks with nearly every seat in use before more are asked for.
const FULL_WEEKS: u32 = 3;

/// The share of the seats in use that counts as nearly every seat.
const FULL: f64 = 0.93;

/// Working days in a month, for uses against what a plan includes.
const WORKING_DAYS: f64 = 21.5;

pub(super) struct Orders<'a> {
    options: DemoOptions,
    profile: &'a Profile,
    trajectory: &'a Trajectory,
    dice: &'a mut Dice,
    plan: Plan,
    seats: u32,
    /// Of a seat, each billing period.
    price: Amount,
    term_start: Day,
    full_weeks: u32,
    over_weeks: u32,
    add_on: Option<Day>,
    pub(super) steps: Vec<StepRecord>,
    pub(super) add_ons: Vec<Signed>,
    pub(super) held: Vec<Held>,
    pub(super) insight: Vec<Window>,
    pub(super) moments: Vec<(Day, Moment)>,
}

impl<'a> Orders<'a> {
    pub(super) fn new(
        options: DemoOptions,
        profile: &'a Profile,
        trajectory: &'a Trajectory,
        dice: &'a mut Dice,
    ) -> Self {
        let plan = match profile.size {
            Size::Small if profile.people > 17.0 && dice.chance(0.5) => Plan::Business,
            Size::Small => Plan::Team,
            Size::Mid => Plan::Business,
            Size::Enterprise => Plan::Enterprise,
        };
        // One in four buys more than it will need for a long time.
        let headroom = if dice.chance(0.26) { dice.between(1.35, 1.8) } else { dice.between(0.92, 1.20) };
        let mut orders = Self {
            options,
            profile,
            trajectory,
            plan,
            seats: 0,
            price: Amount::ZERO,
            term_start: profile.start,
            full_weeks: 0,
            over_weeks: 0,
            add_on: None,
            steps: Vec::new(),
            add_ons: Vec::new(),
            held: Vec::new(),
            insight: Vec::new(),
            moments: Vec::new(),
            dice,
        };
        orders.seats = orders.round_seats(profile.people * headroom);
        orders.price = orders.offer();
        orders
    }

    /// A trial and nothing else.
    pub(super) fn trial(mut self, start: Day) -> Self {
        self.seats = self.seats.min(10);
        self.push_trial(start);
        self
    }

    /// The first signature, after a trial where there was one.
    pub(super) fn sign(&mut self, start: Day, trial_days: Option<i64>) {
        if let Some(days) = trial_days {
            let bought = std::mem::replace(&mut self.seats, 0);
            self.seats = bought.min(10);
            self.push_trial(shift(start, -days));
            self.seats = bought;
        }
        self.term_start = start;
        self.push(start);
    }

    /// Lives until it leaves or the history ends.
    pub(super) fn run(&mut self, start: Day, dips: &mut Vec<Dip>) -> Option<Leaving> {
        let months = match self.profile.commitment {
            Commitment::AnyTime => 1,
            Commitment::Term(months) => i32::from(months),
        };
        for index in 0.. {
            let (from, end) =
                (shift_months(start, months * index), shift_months(start, months * (index + 1)));
            if from > self.options.last_day {
                break;
            }
            let decision =
                decide(self.options, self.profile, self.trajectory, (index.unsigned_abs(), end), self.dice);
            match decision {
                Decision::Leave(leaving) => {
                    self.orders_between(from, leaving.decided, end);
                    self.leave(leaving, dips);
                    return Some(leaving);
                }
                Decision::Waver(since) => {
                    self.orders_between(from, since, end);
                    let (until, floor) = (shift(end, 14), self.dice.between(0.45, 0.7));
                    dips.push(Dip { from: since, until, floor, shape: Shape::DownAndUp });
                    self.moments.push((shift(since, 25), Moment::Wavering));
                    self.moments.push((end, Moment::WonBack));
                    self.renew(index, end, true);
                }
                Decision::Stay => {
                    self.orders_between(from, end, end);
                    self.renew(index, end, false);
                }
            }
        }
        if let Some(since) = self.add_on {
            self.insight.push(Window::new(since, Day::MAX));
        }
        None
    }

    fn leave(&mut self, leaving: Leaving, dips: &mut Vec<Dip>) {
        if !leaving.reason.is_sudden() {
            let floor = self.dice.between(0.06, 0.36);
            dips.push(Dip { from: leaving.decided, until: leaving.end, floor, shape: Shape::Down });
        }
        self.steps.push(StepRecord { from: leaving.end, terms: None });
        self.held.push(Held { since: leaving.end, plan: self.plan, seats: 0 });
        self.drop_add_on(leaving.end);
    }

    /// Weeks of a term in which seats fill up, plans are outgrown and the
    /// add-on is bought, until somebody thinks of leaving.
    fn orders_between(&mut self, from: Day, until: Day, end: Day) {
        let mut day = from;
        while day < until.min(shift(self.options.last_day, 1)) {
            self.consider_upgrade(day);
            self.consider_more_seats(day, until, end);
            self.consider_add_on(day);
            day = shift(day, 7);
        }
    }

    /// People who would work with it on `day` if there were seats for all.
    fn wanted(&self, day: Day) -> f64 {
        let week = self.trajectory.on(day);
        week.demand * week.adoption
    }

    fn consider_more_seats(&mut self, day: Day, until: Day, end: Day) {
        let full = self.wanted(day) >= FULL * f64::from(self.seats);
        self.full_weeks = if full { self.full_weeks + 1 } else { 0 };
        let near_renewal = !short(self.profile.commitment) && days_between(day, end) < 60;
        // Somebody has to sign: it takes a few weeks more.
        if self.full_weeks < FULL_WEEKS || near_renewal || !self.dice.chance(0.30) {
            return;
        }
        let order = shift(day, self.dice.whole(1, 6));
        if order < until && self.add_seats(order) {
            self.moments.push((order, Moment::Expansion));
            self.push(order);
        }
    }

    /// More seats for those who wait for one and those who will.
    fn add_seats(&mut self, day: Day) -> bool {
        let room = self.dice.between(1.08, 1.20);
        let limit = f64::from(self.seats) * 1.5;
        let seats = self.round_seats((self.wanted(day) * room).min(limit));
        self.full_weeks = 0;
        let more = seats > self.seats;
        self.seats = seats.max(self.seats);
        more
    }

    fn consider_upgrade(&mut self, day: Day) {
        let Some(included) = self.plan.included_uses() else { return };
        let people = self.wanted(day).min(f64::from(self.seats));
        let uses = people * uses_per_person(self.plan) * WORKING_DAYS * self.profile.intensity;
        self.over_weeks = if uses > included as f64 { self.over_weeks + 1 } else { 0 };
        if self.over_weeks < 8 || !self.dice.chance(0.025) || day == self.term_start {
            return;
        }
        self.plan = Plan::Business;
        self.price = self.offer();
        self.moments.push((day, Moment::Upgrade));
        self.push(day);
    }

    fn consider_add_on(&mut self, day: Day) {
        let eager = self.profile.size != Size::Small && self.trajectory.on(day).adoption > 0.78;
        let bought = eager && self.add_on.is_none() && self.dice.chance(0.17 / 52.0);
        if !bought || self.trajectory.in_trouble(day) {
            return;
        }
        self.add_on = Some(day);
        self.moments.push((day, Moment::AddOn));
        let terms = TermsRecord {
            plan: Plan::Insight.id().into(),
            // One licence for the whole company, so that it adds no seats to
            // speak of.
            quantity: 1,
            price: Price {
                amount: Amount::from_major(90 + (f64::from(self.seats) * 0.4).round() as i64 * 10),
                currency: self.profile.currency(),
                per: BillingPeriod::Month,
                basis: PriceBasis::Total,
            },
            term_start: Some(day),
            term_months: Some(12),
            auto_renew: true,
            notice_days: 30,
            trial: false,
            captive_until: None,
        };
        self.add_ons.push(Signed { steps: vec![StepRecord { from: day, terms: Some(terms) }] });
    }

    fn drop_add_on(&mut self, day: Day) {
        let Some(since) = self.add_on.take() else { return };
        self.insight.push(Window::new(since, day));
        if let Some(signed) = self.add_ons.last_mut() {
            signed.steps.push(StepRecord { from: day, terms: None });
        }
    }

    /// The end of a term at which it stays: seats follow need, and the price
    /// may go up.
    fn renew(&mut self, index: i32, end: Day, wavered: bool) {
        let monthly = short(self.profile.commitment);
        if end > self.options.last_day || (monthly && (index + 1) % 6 != 0) {
            return;
        }
        let used = self.wanted(end) / f64::from(self.seats);
        let before = (self.plan, self.seats, self.price);
        if used >= FULL - 0.02 && !wavered {
            self.add_seats(end);
        } else if (used < 0.62 && self.dice.chance(0.55)) || (wavered && self.dice.chance(0.35)) {
            let room = self.dice.between(1.10, 1.22);
            self.seats = self.round_seats(self.wanted(end) * room).min(self.seats);
        }
        if self.plan == Plan::Business && self.seats >= 105 && self.dice.chance(0.5) {
            self.plan = Plan::Enterprise;
            self.price = self.offer();
            self.moments.push((end, Moment::Upgrade));
        } else if wavered && self.dice.chance(0.5) {
            // What it takes to keep them.
            let percent = self.dice.whole(4, 12);
            self.price = whole_cents(self.price.scaled(100 - percent, 100).unwrap_or(self.price));
        } else if !wavered && (!monthly || (index + 1) % 12 == 0) && self.dice.chance(0.6) {
            let percent = self.dice.whole(2, 5);
            self.price = whole_cents(self.price.scaled(100 + percent, 100).unwrap_or(self.price));
        }
        let unused = if self.trajectory.on(end).adoption < 0.6 { 0.4 } else { 0.08 };
        if !monthly && self.add_on.is_some() && self.dice.chance(unused) {
            self.drop_add_on(end);
        }
        self.moments.extend((!monthly).then_some((end, Moment::Renewal)));
        self.moments.extend((self.seats > before.1).then_some((end, Moment::Expansion)));
        self.moments.extend((self.seats < before.1).then_some((end, Moment::Contraction)));
        if !matches!(self.profile.commitment, Commitment::AnyTime) {
            self.term_start = end;
        }
        if before != (self.plan, self.seats, self.price) {
            self.push(end);
        }
    }

    /// What a seat costs each billing period: list price less what annual,
    /// longer and larger contracts get off.
    fn offer(&mut self) -> Amount {
        let volume = match self.profile.size {
            Size::Small => 0.0,
            Size::Mid => self.dice.between(0.0, 0.10),
            Size::Enterprise => self.dice.between(0.08, 0.24),
        };
        let long = match self.profile.commitment {
            Commitment::AnyTime | Commitment::Term(1) => 1.0,
            Commitment::Term(12) => 0.90,
            Commitment::Term(_) => 0.85,
        };
        let monthly = self.plan.list_price() as f64 * (1.0 - volume) * long;
        let months = if self.billing() == BillingPeriod::Year { 12.0 } else { 1.0 };
        Amount::from_ten_thousandths((monthly * months * 2.0).round() as i64 * 5_000)
    }

    fn billing(&self) -> BillingPeriod {
        if short(self.profile.commitment) { BillingPeriod::Month } else { BillingPeriod::Year }
    }

    /// Small numbers of seats one by one, large ones in fives.
    fn round_seats(&self, seats: f64) -> u32 {
        let step = if seats < 30.0 { 1.0 } else { 5.0 };
        ((seats / step).ceil() * step).max(3.0) as u32
    }

    fn push_trial(&mut self, from: Day) {
        let price = std::mem::take(&mut self.price);
        self.push_terms(from, true);
        self.price = price;
    }

    fn push(&mut self, from: Day) {
        self.push_terms(from, false);
    }

    fn push_terms(&mut self, from: Day, trial: bool) {
        let term_months = match self.profile.commitment {
            Commitment::Term(months) if !trial => Some(months),
            _ => None,
        };
        let long = term_months.filter(|months| *months > 12);
        let notice_days = match (term_months, self.profile.size) {
            (None | Some(1), _) => 0,
            (_, Size::Small | Size::Mid) => 30,
            (_, Size::Enterprise) => 60,
        };
        let terms = TermsRecord {
            plan: self.plan.id().into(),
            quantity: self.seats,
            price: Price {
                amount: self.price,
                currency: self.profile.currency(),
                per: self.billing(),
                basis: PriceBasis::Unit,
            },
            trial,
            term_start: Some(if trial { from } else { self.term_start }),
            term_months,
            auto_renew: !trial,
            notice_days,
            captive_until: long.map(|months| shift_months(self.term_start, i32::from(months))),
        };
        // Two orders on one day are one.
        self.steps.retain(|step| step.from != from);
        self.held.retain(|held| held.since != from);
        self.steps.push(StepRecord { from, terms: Some(terms) });
        self.held.push(Held { since: from, plan: self.plan, seats: self.seats });
    }
}

fn whole_cents(amount: Amount) -> Amount {
    Amount::from_ten_thousandths((amount.ten_thousandths() + 50) / 100 * 100)
}

/// Uses by one person on a working day when everything a plan entitles to is
/// adopted.
fn uses_per_person(plan: Plan) -> f64 {
    let entitled = FEATURES.iter().filter(|feature| plan.entitles(feature));
    entitled.map(|feature| feature.share * feature.often * feature.uses).sum()
}
