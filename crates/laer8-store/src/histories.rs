//! Puts together everything known of accounts.

use crate::{
    StoreError, Tx, accounts, churn_events,
    entities::{
        churn_events as churn_rows, field_facts, notes as note_rows, people as people_rows,
        subscription_versions, survey_responses, ticket_events,
    },
    notes, subscriptions, surveys, tickets,
};
use laer8_domain::{
    days::Day,
    history::AccountHistory,
    ids::{AccountId, FeatureId, PersonId, SubscriptionId},
    people::PersonHistory,
    subscriptions::SubscriptionHistory,
    tickets::TicketHistory,
    usage::{UsageHistory, UsageRow},
};
use rustc_hash::FxHashMap;
use sea_orm::{ConnectionTrait, DbBackend, Value};

/// Which accounts to put together: those with ids in `first..=last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct IdRange {
    /// The lowest id.
    pub first: AccountId,
    /// The highest id.
    pub last: AccountId,
}

impl IdRange {
    /// One account.
    #[must_use]
    pub fn one(account: AccountId) -> Self {
        Self { first: account, last: account }
    }

    /// All accounts.
    #[must_use]
    pub fn all() -> Self {
        Self { first: AccountId(i64::MIN), last: AccountId(i64::MAX) }
    }
}

/// Of which accounts facts are asked for.
#[derive(Debug, Clone)]
pub(crate) enum Which {
    /// Of those with these ids.
    Range(IdRange),
    /// Of these.
    These(Vec<AccountId>),
}

impl Which {
    /// A condition on `account_id`, with the values that it takes.
    pub(crate) fn condition(&self, backend: DbBackend) -> (&'static str, Vec<Value>) {
        match self {
            Self::Range(range) => {
                ("account_id BETWEEN $1 AND $2", vec![range.first.0.into(), range.last.0.into()])
            }
            Self::These(accounts) => {
                let ids: Vec<String> = accounts.iter().map(|account| account.0.to_string()).collect();
                let list = ids.join(",");
                // One value however many ids there are, so that the statement is the same.
                match backend {
                    DbBackend::Postgres => {
                        ("account_id = ANY(CAST(string_to_array($1, ',') AS BIGINT[]))", vec![list.into()])
                    }
                    _ => {
                        ("account_id IN (SELECT value FROM json_each($1))", vec![format!("[{list}]").into()])
                    }
                }
            }
        }
    }
}

/// Which facts to put together; what is left out is as if nothing were known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Everything.
    All,
    /// Everything but usage, which is by far the most.
    AllButUsage,
    /// Fields of accounts, subscriptions and churn events: what money needs.
    Revenue,
}

/// The account and its usage as `add_usage` strings them together.
fn strung_rows(text: &str) -> Option<(i64, Vec<UsageRow>)> {
    let (account, rows) = text.split_once(':')?;
    let rows: Option<Vec<UsageRow>> = rows.split(';').map(strung_row).collect();
    Some((account.parse().ok()?, rows?))
}

/// A row of usage as `add_usage` strings it together.
fn strung_row(text: &str) -> Option<UsageRow> {
    let mut values = text.split(' ');
    let row = UsageRow {
        feature: FeatureId(values.next()?.parse().ok()?),
        day: iso_day(values.next()?)?,
        known_on: iso_day(values.next()?)?,
        count: values.next()?.parse().ok()?,
        seconds: values.next()?.parse().ok()?,
        errors: values.next()?.parse().ok()?,
        people: match values.next()? {
            "" => None,
            people => Some(people.parse().ok()?),
        },
    };
    values.next().is_none().then_some(row)
}

/// A day as the databases write it, `2026-01-31`; several times as quick as
/// the general way.
fn iso_day(text: &str) -> Option<Day> {
    let (year, month, day) = (text.get(0..4)?, text.get(5..7)?, text.get(8..10)?);
    let is_iso = text.len() == 10 && text.as_bytes()[4] == b'-' && text.as_bytes()[7] == b'-';
    is_iso.then_some(())?;
    Day::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)
}

/// The facts of accounts, while they are put together.
struct Parts {
    histories: FxHashMap<i64, AccountHistory>,
}

impl Parts {
    fn of(&mut self, account: i64) -> &mut AccountHistory {
        self.histories.entry(account).or_insert_with(|| AccountHistory::empty(AccountId(account)))
    }
}

impl Tx {
    /// Everything known of the accounts in `range`, by id.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn histories(&self, range: IdRange, scope: Scope) -> Result<Vec<AccountHistory>, StoreError> {
        let accounts = self.account_ids(range).await?;
        self.put_together(accounts, &Which::Range(range), scope).await
    }

    /// Everything known of these accounts, by id.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn histories_of(
        &self,
        accounts: &[AccountId],
        scope: Scope,
    ) -> Result<Vec<AccountHistory>, StoreError> {
        let accounts = self.accounts_there(accounts).await?;
        self.put_together(accounts.clone(), &Which::These(accounts), scope).await
    }

    async fn put_together(
        &self,
        accounts: Vec<AccountId>,
        range: &Which,
        scope: Scope,
    ) -> Result<Vec<AccountHistory>, StoreError> {
        let mut parts = Parts { histories: FxHashMap::default() };
        for id in accounts {
            parts.of(id.0);
        }
        self.add_fields(&mut parts, range, scope).await?;
        self.add_subscriptions(&mut parts, range).await?;
        self.add_churn_events(&mut parts, range).await?;
        if scope == Scope::All {
            self.add_usage(&mut parts, range).await?;
        }
        if scope != Scope::Revenue {
            self.add_tickets(&mut parts, range).await?;
            self.add_conversations(&mut parts, range).await?;
        }
        let mut histories: Vec<AccountHistory> = parts.histories.into_values().collect();
        histories.sort_unstable_by_key(|history| history.id);
        Ok(histories)
    }

    async fn add_fields(&self, parts: &mut Parts, range: &Which, scope: Scope) -> Result<(), StoreError> {
        let mut people: FxHashMap<i64, PersonHistory> = FxHashMap::default();
        let mut at = Vec::new();
        if scope != Scope::Revenue {
            at = self.strung::<people_rows::Entity>(range, None).await?.concat();
            at.sort_unstable_by_key(|row| row.id);
            people.extend(
                at.iter().map(|row| (row.id, PersonHistory { id: PersonId(row.id), fields: Vec::new() })),
            );
        }
        let of_accounts = (scope == Scope::Revenue).then_some("person_id IS NULL");
        for mut rows in self.strung::<field_facts::Entity>(range, of_accounts).await? {
            rows.sort_unstable_by_key(|row| row.id);
            for row in rows {
                let stored = accounts::new_field(row)?;
                match stored.person {
                    None => parts.of(stored.account.0).fields.push(stored.fact),
                    Some(person) => {
                        if let Some(person) = people.get_mut(&person.0) {
                            person.fields.push(stored.fact);
                        }
                    }
                }
            }
        }
        for row in at {
            if let Some(person) = people.remove(&row.id) {
                parts.of(row.account_id).people.push(person);
            }
        }
        Ok(())
    }

    async fn add_subscriptions(&self, parts: &mut Parts, range: &Which) -> Result<(), StoreError> {
        for mut rows in self.strung::<subscription_versions::Entity>(range, None).await? {
            rows.sort_unstable_by_key(|row| row.subscription_id);
            for rows in rows.chunk_by(|a, b| a.subscription_id == b.subscription_id) {
                let versions: Result<Vec<_>, _> = rows.iter().map(subscriptions::from_row).collect();
                let versions = versions?.into_iter().map(|stored| stored.version).collect();
                let history = SubscriptionHistory::new(SubscriptionId(rows[0].subscription_id), versions);
                parts.of(rows[0].account_id).subscriptions.push(history);
            }
        }
        Ok(())
    }

    /// Usage is by far the most rows, and handing a row over costs many times
    /// what reading it does. So the database strings the rows of an account
    /// together, and one text is handed over for each.
    async fn add_usage(&self, parts: &mut Parts, range: &Which) -> Result<(), StoreError> {
        let (condition, values) = range.condition(self.db.get_database_backend());
        let sql = format!(
            "SELECT account_id || ':' || string_agg(feature_id || ' ' || day || ' ' || known_on || ' ' \
             || count || ' ' || seconds || ' ' || errors || ' ' || coalesce(CAST(people AS TEXT), ''), ';') \
             FROM usage_facts WHERE {condition} GROUP BY account_id"
        );
        self.each_text(sql, values, |text| {
            let (account, rows) =
                strung_rows(text).ok_or_else(|| StoreError::corrupt("usage_facts", "a row"))?;
            parts.of(account).usage = UsageHistory::new(rows);
            Ok(())
        })
        .await
    }

    async fn add_tickets(&self, parts: &mut Parts, range: &Which) -> Result<(), StoreError> {
        for mut rows in self.strung::<ticket_events::Entity>(range, None).await? {
            rows.sort_unstable_by_key(|row| (row.ticket_id, row.revision));
            let events: Result<Vec<_>, _> = rows.into_iter().map(tickets::from_row).collect();
            for events in events?.chunk_by(|a, b| a.ticket == b.ticket) {
                let (account, ticket) = (events[0].account, events[0].ticket);
                let events = events.iter().map(|stored| stored.event.clone()).collect();
                parts.of(account.0).tickets.push(TicketHistory::new(ticket, events));
            }
        }
        Ok(())
    }

    async fn add_conversations(&self, parts: &mut Parts, range: &Which) -> Result<(), StoreError> {
        for mut rows in self.strung::<survey_responses::Entity>(range, None).await? {
            rows.sort_unstable_by_key(|row| (row.id, row.revision));
            for row in rows {
                let stored = surveys::from_row(row)?;
                parts.of(stored.account.0).surveys.push(stored.response);
            }
        }
        for mut rows in self.strung::<note_rows::Entity>(range, None).await? {
            rows.sort_unstable_by_key(|row| (row.id, row.revision));
            for row in rows {
                let stored = notes::from_row(row)?;
                parts.of(stored.account.0).notes.push(stored.note);
            }
        }
        Ok(())
    }

    async fn add_churn_events(&self, parts: &mut Parts, range: &Which) -> Result<(), StoreError> {
        for mut rows in self.strung::<churn_rows::Entity>(range, None).await? {
            rows.sort_unstable_by_key(|row| (row.id, row.revision));
            for row in rows {
                let stored = churn_events::from_row(row)?;
                parts.of(stored.account.0).churn_events.push(stored.event);
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_strung_row_reads_as_it_was_written() {
        let row = strung_row("5 2026-01-31 2026-02-02 -3 180 0 7").expect("a row");
        assert_eq!((row.feature, row.count, row.people), (FeatureId(5), -3, Some(7)));
        assert_eq!(
            (row.day.to_string(), row.known_on.to_string()),
            ("2026-01-31".into(), "2026-02-02".into())
        );
        assert_eq!(strung_row("5 2026-01-31 2026-02-02 3 180 0 ").map(|row| row.people), Some(None));
        for wrong in ["", "5", "5 2026-02-30 2026-02-02 3 180 0 7", "5 2026-01-31 2026-02-02 3 180 0 7 8"] {
            assert_eq!(strung_row(wrong), None, "{wrong}");
        }
    }
}
