//! The facts of accounts, while they are put together.
//!
//! What several sources tell of one account comes in by the accounts that each
//! of them names, and has to end up in the order in which it came in: of two
//! words of one day, the later counts.

use crate::{StoreError, accounts, entities::field_facts, precedence::Precedences};
use laer8_domain::{
    history::AccountHistory,
    ids::{AccountId, PersonId},
    people::PersonHistory,
    usage::{UsageHistory, UsageRow},
};
use rustc_hash::{FxHashMap, FxHashSet};

#[derive(Default)]
pub(crate) struct Parts {
    histories: FxHashMap<i64, AccountHistory>,
    precedences: Precedences,
    /// As which account another is read.
    members: FxHashMap<i64, i64>,
    joined: FxHashSet<i64>,
    held: Held,
}

/// What belongs to joined accounts and waits until all of it is there.
#[derive(Default)]
struct Held {
    fields: Vec<field_facts::Model>,
    /// People, and the account as which theirs is read.
    people: Vec<(i64, i64)>,
    usage: FxHashMap<i64, Vec<UsageRow>>,
}

impl Parts {
    /// For accounts some of which are read as others.
    pub(crate) fn new(members: FxHashMap<i64, i64>, precedences: Precedences) -> Self {
        let joined = members.iter().flat_map(|(member, of)| [*member, *of]).collect();
        Self { members, precedences, joined, ..Self::default() }
    }

    /// The history that the facts of `account` belong to.
    pub(crate) fn of(&mut self, account: i64) -> &mut AccountHistory {
        let id = self.members.get(&account).copied().unwrap_or(account);
        let precedence = &self.precedences.accounts;
        self.histories.entry(id).or_insert_with(|| AccountHistory {
            precedence: precedence.clone(),
            ..AccountHistory::empty(AccountId(id))
        })
    }

    /// Takes the people at accounts and the fields of both, by id, all of one
    /// account together.
    pub(crate) fn add_fields(
        &mut self,
        people: Vec<(i64, i64)>,
        fields: Vec<Vec<field_facts::Model>>,
    ) -> Result<(), StoreError> {
        let mut histories: FxHashMap<i64, PersonHistory> = FxHashMap::default();
        let mut at = Vec::with_capacity(people.len());
        for (person, account) in people {
            if self.joined.contains(&account) {
                let of = self.of(account).id.0;
                self.held.people.push((person, of));
            } else {
                histories.insert(person, self.person(person));
                at.push((person, account));
            }
        }
        for mut rows in fields {
            if rows.first().is_some_and(|row| self.joined.contains(&row.account_id)) {
                self.held.fields.append(&mut rows);
                continue;
            }
            rows.sort_unstable_by_key(|row| row.id);
            for row in rows {
                self.add_field(row, &mut histories, |person| person)?;
            }
        }
        for (person, account) in at {
            if let Some(history) = histories.remove(&person) {
                self.of(account).people.push(history);
            }
        }
        Ok(())
    }

    /// Takes the usage of an account.
    pub(crate) fn add_usage(&mut self, account: i64, mut rows: Vec<UsageRow>) {
        if !self.joined.contains(&account) {
            self.of(account).usage = UsageHistory::new(rows);
            return;
        }
        let of = self.of(account).id.0;
        self.held.usage.entry(of).or_default().append(&mut rows);
    }

    /// The people of joined accounts.
    pub(crate) fn held_people(&self) -> Vec<i64> {
        self.held.people.iter().map(|(person, _)| *person).collect()
    }

    /// Everything, by id; `read_as` says as whom some people are read.
    pub(crate) fn finish(mut self, read_as: &FxHashMap<i64, i64>) -> Result<Vec<AccountHistory>, StoreError> {
        self.settle(read_as)?;
        let mut histories: Vec<AccountHistory> = self.histories.into_values().collect();
        histories.sort_unstable_by_key(|history| history.id);
        Ok(histories)
    }

    fn settle(&mut self, read_as: &FxHashMap<i64, i64>) -> Result<(), StoreError> {
        let mut held = std::mem::take(&mut self.held);
        held.people.sort_unstable();
        // Of those who are one, the lowest id at the account; the others of them
        // may be at an account that was parted from this one again.
        let mut first: FxHashMap<(i64, i64), i64> = FxHashMap::default();
        let mut leads: FxHashMap<i64, i64> = FxHashMap::default();
        let mut histories: FxHashMap<i64, PersonHistory> = FxHashMap::default();
        let mut at = Vec::new();
        for (person, account) in held.people {
            let one = read_as.get(&person).copied().unwrap_or(person);
            let lead = *first.entry((account, one)).or_insert(person);
            leads.insert(person, lead);
            if lead == person {
                histories.insert(person, self.person(person));
                at.push((person, account));
            }
        }
        held.fields.sort_unstable_by_key(|row| row.id);
        let lead = |person: i64| leads.get(&person).copied().unwrap_or(person);
        for row in held.fields {
            self.add_field(row, &mut histories, lead)?;
        }
        for (person, account) in at {
            if let Some(history) = histories.remove(&person) {
                self.of(account).people.push(history);
            }
        }
        for (account, rows) in held.usage {
            self.of(account).usage = UsageHistory::new(rows);
        }
        let joined: Vec<i64> = self.joined.iter().copied().collect();
        for account in joined {
            if let Some(history) = self.histories.get_mut(&account) {
                in_order(history, lead);
            }
        }
        Ok(())
    }

    fn person(&self, person: i64) -> PersonHistory {
        let precedence = self.precedences.people.clone();
        PersonHistory { id: PersonId(person), fields: Vec::new(), precedence }
    }

    fn add_field(
        &mut self,
        row: field_facts::Model,
        people: &mut FxHashMap<i64, PersonHistory>,
        lead: impl Fn(i64) -> i64,
    ) -> Result<(), StoreError> {
        let stored = accounts::new_field(row)?;
        match stored.person {
            None => self.of(stored.account.0).fields.push(stored.fact),
            Some(person) => {
                if let Some(person) = people.get_mut(&lead(person.0)) {
                    person.fields.push(stored.fact);
                }
            }
        }
        Ok(())
    }
}

/// Puts what came from several accounts in the order of one.
fn in_order(history: &mut AccountHistory, lead: impl Fn(i64) -> i64) {
    history.subscriptions.sort_by_key(|subscription| subscription.id);
    history.tickets.sort_by_key(|ticket| ticket.id);
    history.surveys.sort_by_key(|survey| (survey.id, survey.revision));
    history.notes.sort_by_key(|note| (note.id, note.revision));
    history.churn_events.sort_by_key(|event| (event.id, event.revision));
    let lead = |person: PersonId| PersonId(lead(person.0));
    for survey in &mut history.surveys {
        survey.person = survey.person.map(lead);
    }
    for note in &mut history.notes {
        note.person = note.person.map(lead);
    }
}
