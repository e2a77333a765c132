//! Who an account is: what was true of it before anything happened.

use crate::{
    DemoOptions, MONTHS_OF_HISTORY,
    company::TEAM,
    dice::{Area, Dice, Question, spread},
};
use chrono::Datelike;
use laer8_domain::{
    days::{Day, days_between, shift, shift_months},
    money::Currency,
};

/// How many months before the last day the oldest contract starts.
pub(crate) const OLDEST_MONTHS: i32 = 72;

/// How large a customer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Size {
    Small,
    Mid,
    Enterprise,
}

/// Whether it bought anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    Customer,
    Trial,
    Prospect,
}

/// A country in which accounts are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Country {
    pub(crate) code: &'static str,
    /// `es` or `en`: the language of everything written with the account.
    pub(crate) language: &'static str,
    pub(crate) dollars: bool,
    pub(crate) region: &'static str,
    /// Accounts in a hundred.
    weight: f64,
}

const fn country(
    code: &'static str,
    language: &'static str,
    dollars: bool,
    region: &'static str,
    weight: f64,
) -> Country {
    Country { code, language, dollars, region, weight }
}

const COUNTRIES: [Country; 11] = [
    country("ES", "es", false, "Iberia", 33.0),
    country("GB", "en", false, "Northern Europe", 15.0),
    country("US", "en", true, "Americas", 11.0),
    country("DE", "en", false, "Central Europe", 8.0),
    country("MX", "es", true, "Americas", 7.0),
    country("FR", "en", false, "Central Europe", 6.0),
    country("IE", "en", false, "Northern Europe", 5.0),
    country("NL", "en", false, "Northern Europe", 4.0),
    country("PT", "en", false, "Iberia", 4.0),
    country("CO", "es", true, "Americas", 4.0),
    country("CL", "es", true, "Americas", 3.0),
];

/// For how long a customer commits itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Commitment {
    /// Can leave at the end of any month, with one click.
    AnyTime,
    /// Terms of so many months.
    Term(u16),
}

/// Who an account is.
#[derive(Debug, Clone)]
pub(crate) struct Profile {
    pub(crate) number: u32,
    pub(crate) standing: Standing,
    pub(crate) size: Size,
    pub(crate) country: Country,
    pub(crate) commitment: Commitment,
    /// The first paid day of a customer; the first day of a trial; the day a
    /// prospect was met.
    pub(crate) start: Day,
    /// The days of a trial before the first paid day.
    pub(crate) trial_days: Option<i64>,
    /// The account that it belongs to, by number, and its place in the group.
    pub(crate) parent: Option<(u32, usize)>,
    /// People who would work with it at the start.
    pub(crate) people: f64,
    /// How much more people that is after a year, as a fraction.
    pub(crate) growth: f64,
    /// How well the product suits it, 0 to 1.
    pub(crate) fit: f64,
    /// Everyone's part of the company's employees.
    pub(crate) employees: f64,
    /// How much it uses what it uses, around 1.
    pub(crate) intensity: f64,
    /// Owners by e-mail, each since a day.
    pub(crate) owners: Vec<(Day, &'static str)>,
}

impl Profile {
    pub(crate) fn of(options: DemoOptions, number: u32) -> Self {
        let mut dice = Dice::of(options.seed, number, Area::Profile);
        let (standing, size) = kind(options.seed, number);
        let country = country_of(&mut dice);
        let start = start_of(options, number, standing, &mut dice);
        let bell = dice.bell();
        let (people, growth, fit) = match size {
            Size::Small => (log_between(&mut dice, 4.0, 24.0), 0.05 + 0.10 * bell, 0.60),
            Size::Mid => (log_between(&mut dice, 25.0, 90.0), 0.085 + 0.09 * bell, 0.66),
            Size::Enterprise => (log_between(&mut dice, 110.0, 300.0), 0.125 + 0.07 * bell, 0.74),
        };
        let told = start >= options.first_day() && standing == Standing::Customer;
        let tried = dice.chance(0.35) && told && size != Size::Enterprise;
        Self {
            number,
            standing,
            size,
            country,
            commitment: commitment_of(options.seed, number, size),
            start,
            trial_days: tried.then(|| dice.whole(2, 4) * 7),
            parent: parent_of(options.seed, number),
            people,
            growth,
            fit: (fit + 0.18 * dice.bell()).clamp(0.25, 1.0),
            employees: (people * dice.between(1.6, 6.0)).round(),
            intensity: dice.between(0.75, 1.3),
            owners: owners_of(options, number, country, start, &mut dice),
        }
    }

    /// The language of account `number`: the first thing that its dice say.
    pub(crate) fn language_of(seed: u64, number: u32) -> &'static str {
        country_of(&mut Dice::of(seed, number, Area::Profile)).language
    }

    /// The currency that it pays in.
    pub(crate) fn currency(&self) -> Currency {
        if self.country.dollars { Currency::USD } else { Currency::EUR }
    }

    /// Who looked after it on a day.
    pub(crate) fn owner_on(&self, day: Day) -> &'static str {
        let owner = self.owners.iter().rev().find(|(since, _)| *since <= day);
        owner.or(self.owners.first()).map_or(TEAM[0].email, |(_, email)| email)
    }
}

/// The standing and size of an account. One in fifty is a prospect, one in
/// twenty-five tries the product now; the rest are or were customers.
fn kind(seed: u64, number: u32) -> (Standing, Size) {
    let place = spread(seed, number, Question::Size);
    let (standing, place) = if place < 0.02 {
        (Standing::Prospect, place / 0.02)
    } else if place < 0.06 {
        (Standing::Trial, (place - 0.02) / 0.04)
    } else {
        (Standing::Customer, (place - 0.06) / 0.94)
    };
    let size = if place < 0.56 {
        Size::Small
    } else if place < 0.87 {
        Size::Mid
    } else {
        Size::Enterprise
    };
    (standing, size)
}

fn country_of(dice: &mut Dice) -> Country {
    let mut place = dice.fraction() * COUNTRIES.iter().map(|country| country.weight).sum::<f64>();
    for country in COUNTRIES {
        if place < country.weight {
            return country;
        }
        place -= country.weight;
    }
    COUNTRIES[0]
}

fn log_between(dice: &mut Dice, low: f64, high: f64) -> f64 {
    low * (high / low).powf(dice.fraction())
}

fn commitment_of(seed: u64, number: u32, size: Size) -> Commitment {
    let place = spread(seed, number, Question::Commitment);
    let shares: &[(f64, Commitment)] = match size {
        Size::Small => {
            &[(0.08, Commitment::AnyTime), (0.22, Commitment::Term(1)), (1.0, Commitment::Term(12))]
        }
        Size::Mid => {
            &[(0.03, Commitment::AnyTime), (0.82, Commitment::Term(12)), (1.0, Commitment::Term(24))]
        }
        Size::Enterprise => {
            &[(0.55, Commitment::Term(12)), (0.75, Commitment::Term(24)), (1.0, Commitment::Term(36))]
        }
    };
    shares
        .iter()
        .find(|(limit, _)| place < *limit)
        .map_or(Commitment::Term(12), |(_, commitment)| *commitment)
}

/// Accounts 21 to 24 of every sixty belong to the last enterprise before them.
fn parent_of(seed: u64, number: u32) -> Option<(u32, usize)> {
    let place = number % 60;
    let inside = (21..=24).contains(&place) && kind(seed, number).0 == Standing::Customer;
    if !inside {
        return None;
    }
    let first = number - place;
    let heads = (first + 1..first + 21).rev();
    let head = heads.into_iter().find(|head| kind(seed, *head) == (Standing::Customer, Size::Enterprise))?;
    Some((head, place as usize - 21))
}

/// Which months of the year bring new customers: a strong last quarter.
const SEASON: [f64; 12] = [0.75, 0.85, 1.05, 0.90, 0.95, 1.00, 0.75, 0.50, 1.00, 1.30, 1.45, 1.50];

/// Of the customers, so many were there when the history starts.
const THERE_BEFORE: f64 = 0.425;

fn start_of(options: DemoOptions, number: u32, standing: Standing, dice: &mut Dice) -> Day {
    match standing {
        Standing::Trial => return shift(options.last_day, -dice.whole(4, 24)),
        Standing::Prospect => return shift(options.last_day, -dice.whole(10, 120)),
        Standing::Customer => {}
    }
    let place = spread(options.seed, number, Question::Start);
    if place < THERE_BEFORE {
        // More of the older contracts are young than old.
        let age = (place / THERE_BEFORE).powf(1.5) * f64::from(OLDEST_MONTHS - MONTHS_OF_HISTORY);
        let month = shift_months(options.first_day(), -(age as i32) - 1);
        return shift(month, dice.whole(0, 27));
    }
    let weight = |month: i32| {
        // By the middle, since the months of the history start on any day.
        let day = shift(shift_months(options.first_day(), month), 15);
        // The book grows: three years in, half as many again sign each month.
        SEASON[day.month0() as usize] * (1.0 + 0.014 * f64::from(month))
    };
    let total: f64 = (0..MONTHS_OF_HISTORY).map(weight).sum();
    let mut rest = (place - THERE_BEFORE) / (1.0 - THERE_BEFORE) * total;
    let mut month = 0;
    while month < MONTHS_OF_HISTORY - 1 && rest >= weight(month) {
        rest -= weight(month);
        month += 1;
    }
    let (from, until) =
        (shift_months(options.first_day(), month), shift_months(options.first_day(), month + 1));
    let share = (rest / weight(month)).clamp(0.0, 0.999);
    working_day(shift(from, (share * days_between(from, until) as f64) as i64), from)
}

/// `day`, or the Friday before; not before `from`.
fn working_day(day: Day, from: Day) -> Day {
    let weekend = i64::from(day.weekday().num_days_from_monday()) - 4;
    shift(day, -weekend.max(0)).max(from)
}

/// A manager who works in the account's language; one account in eight was
/// handed over once.
fn owners_of(
    options: DemoOptions,
    number: u32,
    country: Country,
    start: Day,
    dice: &mut Dice,
) -> Vec<(Day, &'static str)> {
    let team: Vec<&str> =
        TEAM.iter().filter(|member| member.language == country.language).map(|member| member.email).collect();
    let place = number as usize % team.len();
    let first = start.max(options.first_day());
    let handed_over = shift(options.last_day, -dice.whole(60, 700));
    let mut owners = vec![(start, team[place])];
    if dice.chance(0.125) && handed_over > shift(first, 120) {
        owners.push((handed_over, team[(place + 1) % team.len()]));
    }
    owners
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> DemoOptions {
        DemoOptions::new("2026-06-30".parse().expect("a day"))
    }

    #[test]
    fn parents_are_enterprises_with_a_smaller_number() {
        let mut children = 0;
        for number in 1..=300 {
            let Some((parent, _)) = Profile::of(options(), number).parent else { continue };
            assert!(parent < number);
            assert_eq!(kind(options().seed, parent), (Standing::Customer, Size::Enterprise));
            children += 1;
        }
        assert!(children >= 8, "{children}");
    }

    #[test]
    fn the_last_quarter_brings_more_new_customers_than_any_other() {
        let mut quarters = [0; 4];
        for number in 1..=3_000 {
            let profile = Profile::of(options(), number);
            if profile.standing == Standing::Customer && profile.start >= options().first_day() {
                quarters[profile.start.month0() as usize / 3] += 1;
            }
        }
        let others = quarters[..3].iter().max().copied().unwrap_or(0);
        assert!(f64::from(quarters[3]) > 1.25 * f64::from(others), "{quarters:?}");
    }

    #[test]
    fn about_a_quarter_pays_in_dollars_and_both_languages_are_spoken() {
        let profiles: Vec<Profile> = (1..=1_000).map(|number| Profile::of(options(), number)).collect();
        let share = |test: fn(&Profile) -> bool| {
            profiles.iter().filter(|profile| test(profile)).count() as f64 / profiles.len() as f64
        };
        assert!((0.20..0.30).contains(&share(|profile| profile.country.dollars)));
        assert!((0.40..0.55).contains(&share(|profile| profile.country.language == "es")));
    }
}
