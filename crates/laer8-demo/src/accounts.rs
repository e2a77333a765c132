//! The account itself: built-in fields and custom traits.

use crate::{
    decisions::Reason,
    dice::{Area, Dice},
    profile::{Size, Standing},
    story::{Story, account_id},
    told,
};
use laer8_domain::{
    accounts::fields,
    days::{Day, shift},
    records::{AccountRecord, FieldRecord, Incoming, KnownWhen, Record},
    values::Value,
};

/// A field with its value since a day.
pub(crate) fn field(name: &str, value: impl Into<Value>, since: Day) -> FieldRecord {
    FieldRecord { field: name.into(), value: Some(value.into()), since, known: None }
}

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    let mut dice = story.dice(Area::Account);
    let profile = &story.profile;
    let since = shift(profile.start, -profile.trial_days.unwrap_or(0));
    let mut fields = vec![
        field(fields::NAME, story.names.account.as_str(), since),
        field(fields::INDUSTRY, story.names.industry, since),
        field(fields::COUNTRY, profile.country.code, since),
        field(fields::DOMAIN, story.names.domain.as_str(), since),
        field("region", profile.country.region, since),
        field("tier", tier(profile.size), since),
        field("crm_id", format!("006{:08}", dice.whole(10_000_000, 99_999_999)), since),
    ];
    if profile.standing == Standing::Prospect {
        fields.push(field(fields::SEATS, profile.people.round(), since));
    } else {
        fields.push(field(fields::SIGNED_UP, since, since));
    }
    if let Some((parent, _)) = profile.parent {
        fields.push(field(fields::PARENT, account_id(parent), since));
    }
    fields.extend(
        profile
            .owners
            .iter()
            .map(|(day, owner)| field(fields::OWNER, *owner, (*day).min(story.options.last_day))),
    );
    fields.extend(employees(story, since, &mut dice));
    for (from, until) in overdue(story, &mut dice) {
        fields.push(field(fields::PAYMENT_OVERDUE, true, from));
        fields
            .extend((until <= story.options.last_day).then(|| field(fields::PAYMENT_OVERDUE, false, until)));
    }
    records.push(told(Record::Account(AccountRecord { id: story.id(), fields })));
}

fn tier(size: Size) -> &'static str {
    match size {
        Size::Small => "C",
        Size::Mid => "B",
        Size::Enterprise => "A",
    }
}

/// Counted anew every year; the new figure is published weeks later, which is
/// when it becomes known.
fn employees(story: &Story, since: Day, dice: &mut Dice) -> Vec<FieldRecord> {
    let mut counted = vec![field("employees", story.profile.employees, since)];
    let mut day = shift(since, 365);
    while shift(day, 90) <= story.options.last_day {
        let grown = story.trajectory.on(day).demand / story.profile.people;
        let published = shift(day, dice.whole(20, 80));
        if day >= story.options.first_day() {
            counted.push(FieldRecord {
                known: Some(KnownWhen::On(published)),
                ..field("employees", (story.profile.employees * grown).round(), day)
            });
        }
        day = shift(day, 365);
    }
    counted
}

/// When an invoice was overdue: some who are about to leave stop paying, and
/// some of the others forget.
fn overdue(story: &Story, dice: &mut Dice) -> Vec<(Day, Day)> {
    let mut overdue = Vec::new();
    for leaving in &story.contract.leavings {
        let likely = match leaving.reason {
            Reason::OutOfBusiness => 0.8,
            Reason::Price => 0.4,
            _ => 0.1,
        };
        if dice.chance(likely) {
            overdue.push((shift(leaving.end, -dice.whole(15, 45)), shift(leaving.end, 20)));
        }
    }
    let mut day = story.options.first_day();
    while day <= story.options.last_day {
        let free = overdue.iter().all(|(from, _)| shift(day, 120) < *from || *from < shift(day, -120));
        if dice.chance(0.012) && free && story.contract.runs_on(day) {
            overdue.push((day, shift(day, dice.whole(8, 40))));
        }
        day = shift(day, 91);
    }
    overdue.retain(|(from, _)| story.is_told(*from));
    overdue.sort_unstable();
    overdue
}
