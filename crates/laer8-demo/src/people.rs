//! The people at an account, and who of them speaks for us.

use crate::{
    accounts::field,
    contract::Contract,
    dice::{Area, Dice},
    names::{Names, person, slug},
    profile::{Profile, Size, Standing},
    story::Story,
    told,
    trajectory::Trajectory,
    words::words,
};
use laer8_domain::{
    days::{Day, shift},
    people::{Role, fields},
    records::{Incoming, PersonRecord, Record},
};

/// Somebody at an account.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    /// The place among the account's people, from 1.
    pub(crate) index: usize,
    pub(crate) name: String,
    role: Role,
    title: &'static str,
    influence: f64,
    /// The index of whom they report to.
    reports_to: Option<usize>,
    pub(crate) since: Day,
    pub(crate) left: Option<Day>,
    /// When they turned against us.
    soured: Option<Day>,
}

impl Person {
    /// Whether they are at the account on a day.
    pub(crate) fn is_there(&self, day: Day) -> bool {
        self.since <= day && self.left.is_none_or(|left| day < left)
    }

    pub(crate) fn is_champion(&self) -> bool {
        self.role == Role::Champion
    }
}

/// Everybody at the account, those to whom others report first.
pub(crate) fn cast(
    seed: u64,
    profile: &Profile,
    trajectory: &Trajectory,
    contract: &Contract,
    last_day: Day,
) -> Vec<Person> {
    let mut dice = Dice::of(seed, profile.number, Area::People);
    let since = shift(profile.start, -profile.trial_days.unwrap_or(0));
    let words = words(profile.country.language);
    let (sponsor, administrator, users) = match profile.size {
        _ if profile.standing == Standing::Prospect => (false, false, 0),
        Size::Small => (dice.chance(0.4), false, dice.whole(0, 2)),
        Size::Mid => (true, dice.chance(0.7), dice.whole(2, 4)),
        Size::Enterprise => (true, true, dice.whole(3, 6)),
    };
    let mut roles = Vec::new();
    roles.extend(sponsor.then_some((Role::Sponsor, words.sponsor_titles, 85.0)));
    roles.push((Role::DecisionMaker, words.decider_titles, 75.0));
    roles.push((Role::Champion, words.champion_titles, 62.0));
    roles.extend(administrator.then_some((Role::Administrator, words.administrator_titles, 40.0)));
    roles.extend((0..users).map(|_| (Role::User, words.user_titles, 20.0)));
    let mut cast: Vec<Person> = Vec::new();
    for (role, titles, influence) in roles {
        let boss = match role {
            Role::Sponsor => None,
            Role::DecisionMaker | Role::Champion => cast.first().filter(|first| first.role == Role::Sponsor),
            _ => cast.iter().find(|person| person.role == Role::Champion),
        };
        cast.push(Person {
            index: cast.len() + 1,
            name: unlike(&cast, profile.country.language, &mut dice),
            role,
            title: dice.pick(titles),
            influence: (influence + 8.0 * dice.bell()).clamp(5.0, 100.0).round(),
            reports_to: boss.map(|boss| boss.index),
            since,
            left: None,
            soured: None,
        });
    }
    replace_champion(&mut cast, profile, trajectory, contract, last_day, &mut dice);
    sour_a_user(&mut cast, trajectory, contract, last_day, &mut dice);
    cast
}

/// A name that nobody else at the account has.
fn unlike(cast: &[Person], language: &str, dice: &mut Dice) -> String {
    loop {
        let name = person(language, dice);
        if cast.iter().all(|other| other.name != name) {
            return name;
        }
    }
}

fn replace_champion(
    cast: &mut Vec<Person>,
    profile: &Profile,
    trajectory: &Trajectory,
    contract: &Contract,
    last_day: Day,
    dice: &mut Dice,
) {
    let Some(departure) = trajectory.departure.filter(|departure| contract.runs_on(departure.left)) else {
        return;
    };
    let name = unlike(cast, profile.country.language, dice);
    let index = cast.len() + 1;
    let Some(champion) = cast.iter_mut().find(|person| person.role == Role::Champion) else { return };
    champion.left = Some(departure.left);
    let (title, reports_to) = (champion.title, champion.reports_to);
    if departure.replaced > last_day || !contract.runs_on(departure.replaced) {
        return;
    }
    cast.push(Person {
        index,
        name,
        role: Role::Champion,
        title,
        influence: dice.whole(40, 70) as f64,
        reports_to,
        since: departure.replaced,
        left: None,
        soured: None,
    });
}

/// At one account in five a user has had enough after something did not work.
fn sour_a_user(
    cast: &mut [Person],
    trajectory: &Trajectory,
    contract: &Contract,
    last_day: Day,
    dice: &mut Dice,
) {
    let Some(user) = cast.iter_mut().find(|person| person.role == Role::User) else { return };
    if !dice.chance(0.2) {
        return;
    }
    let since = user.since;
    let mut days = trajectory.troubles.iter().map(|(window, _)| shift(window.start, 21));
    user.soured = days.rfind(|day| *day > since && *day <= last_day && contract.runs_on(*day));
}

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    for person in &story.cast {
        let since = person.since;
        let mut facts = vec![
            field(fields::NAME, person.name.as_str(), since),
            field(fields::EMAIL, email(person, &story.names), since),
            field(fields::TITLE, person.title, since),
            field(fields::ROLE, person.role.key(), since),
            field(fields::INFLUENCE, person.influence, since),
        ];
        facts
            .extend(person.reports_to.map(|boss| field(fields::REPORTS_TO, story.thing("per", boss), since)));
        facts.extend(person.soured.map(|day| field(fields::ROLE, Role::Detractor.key(), day)));
        facts.extend(person.left.map(|day| field(fields::LEFT, true, day)));
        records.push(told(Record::Person(PersonRecord {
            id: story.thing("per", person.index),
            account: story.account(),
            fields: facts,
        })));
    }
}

fn email(person: &Person, names: &Names) -> String {
    format!("{}@{}", slug(&person.name, "."), names.domain)
}
