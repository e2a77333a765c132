//! What the owner writes down: calls, messages, meetings, and a pulse.

use crate::{
    churn_events::notice_day,
    contract::Moment,
    dice::{Area, Dice},
    people::Person,
    profile::{Size, Standing},
    story::{Story, at_work},
    told,
};
use laer8_domain::{
    days::{Day, days_between, shift},
    notes::NoteKind,
    records::{Incoming, NoteRecord, Record},
};

/// Something that is written down.
struct Entry {
    day: Day,
    kind: NoteKind,
    two_way: bool,
    texts: &'static [&'static str],
    pulse: Option<u8>,
}

impl Entry {
    fn new(day: Day, kind: NoteKind, two_way: bool, texts: &'static [&'static str]) -> Self {
        Self { day, kind, two_way, texts, pulse: None }
    }
}

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    let mut dice = story.dice(Area::Notes);
    let mut entries = before_and_at_the_start(story, &mut dice);
    entries.extend(contacts(story, &mut dice));
    entries.extend(events(story, &mut dice));
    entries.extend(pulses(story, &mut dice));
    for entry in &mut entries {
        entry.day = at_work(entry.day);
    }
    entries.retain(|entry| story.is_told(entry.day));
    entries.sort_by_key(|entry| entry.day);
    for (index, entry) in entries.into_iter().enumerate() {
        let contact = contact(story, entry.day);
        let text = text(story, &entry, contact, &mut dice);
        records.push(told(Record::Note(NoteRecord {
            id: story.thing("note", index + 1),
            account: story.account(),
            kind: entry.kind,
            day: entry.day,
            two_way: entry.two_way,
            person: contact
                .filter(|_| entry.kind != NoteKind::Pulse)
                .map(|person| story.thing("per", person.index)),
            author: story.profile.owner_on(entry.day).into(),
            text,
            pulse: entry.pulse,
        })));
    }
}

/// Whom the owner talks to: the champion, or whoever is there.
fn contact(story: &Story, day: Day) -> Option<&Person> {
    let there = |person: &&Person| person.is_there(day);
    let champion = story.cast.iter().filter(there).find(|person| person.is_champion());
    champion.or_else(|| story.cast.iter().find(there))
}

fn text(story: &Story, entry: &Entry, contact: Option<&Person>, dice: &mut Dice) -> String {
    if entry.texts.is_empty() {
        return String::new();
    }
    let gone = story
        .cast
        .iter()
        .find(|person| person.left.is_some())
        .filter(|_| std::ptr::eq(entry.texts, story.words().champion_left));
    let name = gone.or(contact).map_or("—", |person| &person.name);
    let seats = story.contract.seats_on(entry.day).to_string();
    dice.pick(entry.texts).replace("{name}", name).replace("{n}", &seats)
}

fn before_and_at_the_start(story: &Story, dice: &mut Dice) -> Vec<Entry> {
    let (words, start) = (story.words(), story.profile.start);
    match story.profile.standing {
        Standing::Prospect => vec![
            Entry::new(start, NoteKind::Call, true, words.discovery),
            Entry::new(shift(start, dice.whole(2, 9)), NoteKind::Email, dice.chance(0.5), words.discovery),
        ],
        Standing::Trial => vec![
            Entry::new(start, NoteKind::Call, true, words.trial),
            Entry::new(shift(start, dice.whole(3, 12)), NoteKind::Email, dice.chance(0.6), words.trial),
        ],
        Standing::Customer => vec![
            Entry::new(shift(start, dice.whole(1, 8)), NoteKind::Meeting, true, words.kickoff),
            Entry::new(shift(start, dice.whole(12, 25)), NoteKind::Meeting, true, words.onboarding),
            Entry::new(shift(start, dice.whole(28, 45)), NoteKind::Call, true, words.onboarding),
        ],
    }
}

/// Regular contact, more often with larger customers. Customers who get on
/// with us and are not about to leave answer.
fn contacts(story: &Story, dice: &mut Dice) -> Vec<Entry> {
    let every = match story.profile.size {
        Size::Small => 80,
        Size::Mid => 42,
        Size::Enterprise => 24,
    };
    let words = story.words();
    let mut entries = Vec::new();
    let mut day = shift(story.profile.start.max(story.options.first_day()), dice.whole(50, 50 + every));
    while day <= story.options.last_day {
        let week = story.trajectory.on(day);
        let answers = (0.12 + 0.95 * week.relationship) * (0.35 + 0.65 * story.contract.dip(day));
        let kind = dice.pick(&[NoteKind::Call, NoteKind::Call, NoteKind::Email, NoteKind::Meeting]);
        let (two_way, texts) = if !dice.chance(answers) {
            (false, words.no_answer)
        } else if story.trajectory.in_trouble(day) {
            (true, words.in_trouble)
        } else if week.adoption < 0.6 {
            (true, words.little_use)
        } else {
            (true, words.going_well)
        };
        // Nobody holds a meeting alone.
        let kind = if two_way { kind } else { NoteKind::Email };
        if story.contract.runs_on(day) {
            entries.push(Entry::new(day, kind, two_way, texts));
        }
        day = shift(day, dice.whole(every * 2 / 3, every * 4 / 3));
    }
    entries
}

fn events(story: &Story, dice: &mut Dice) -> Vec<Entry> {
    let words = story.words();
    let mut entries: Vec<Entry> = Vec::new();
    for (day, moment) in &story.contract.moments {
        let (kind, texts) = match moment {
            Moment::Expansion => (NoteKind::Call, words.expansion),
            Moment::Contraction => (NoteKind::Call, words.contraction),
            Moment::Renewal => (NoteKind::Email, words.renewal),
            Moment::Upgrade => (NoteKind::Call, words.upgrade),
            Moment::AddOn => (NoteKind::Email, words.add_on),
            Moment::Wavering => (NoteKind::Call, words.wavering),
            Moment::WonBack => (NoteKind::Meeting, words.won_back),
            Moment::Return => (NoteKind::Meeting, words.came_back),
        };
        entries.push(Entry::new(*day, kind, true, texts));
    }
    let leavings = story.contract.leavings.iter();
    entries
        .extend(leavings.map(|leaving| Entry::new(notice_day(leaving), NoteKind::Email, true, words.notice)));
    if let Some(left) = story.cast.iter().find_map(|person| person.left) {
        entries.push(Entry::new(shift(left, dice.whole(0, 9)), NoteKind::Note, false, words.champion_left));
    }
    let late = story.cast.iter().filter(|person| person.is_champion() && person.since > story.profile.start);
    entries.extend(
        late.map(|person| Entry::new(shift(person.since, 6), NoteKind::Meeting, true, words.new_champion)),
    );
    entries
}

/// The owner's judgement every quarter: usually kinder than the figures, and
/// late to notice.
fn pulses(story: &Story, dice: &mut Dice) -> Vec<Entry> {
    let mut entries = Vec::new();
    let mut day = shift(story.profile.start.max(story.options.first_day()), dice.whole(60, 100));
    while day <= story.options.last_day {
        let seen = shift(day, -14);
        let tired = 1.0 - story.contract.dip(seen);
        let value = story.trajectory.on(seen).value();
        let pulse = -45.0 + 150.0 * value - 25.0 * tired + 8.0 * dice.bell();
        if story.contract.runs_on(day) && days_between(story.profile.start, day) >= 60 {
            let pulse = Some((pulse / 5.0).round().clamp(0.0, 20.0) as u8 * 5);
            entries.push(Entry { pulse, ..Entry::new(day, NoteKind::Pulse, false, &[]) });
        }
        day = shift(day, dice.whole(80, 105));
    }
    entries
}
