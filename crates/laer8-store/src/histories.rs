//! Puts together everything known of accounts.

use crate::{
    StoreError, Tx, churn_events,
    entities::{
        churn_events as churn_rows, field_facts, notes as note_rows, people as people_rows,
        subscription_versions, survey_responses, ticket_events,
    },
    notes,
    parts::Parts,
    rows::IDS_IN_A_QUERY,
    strung::Which,
    subscriptions, surveys, tickets,
};
use laer8_domain::{
    days::Day,
    history::AccountHistory,
    identity::Subject,
    ids::{AccountId, FeatureId, SubscriptionId},
    subscriptions::SubscriptionHistory,
    tickets::TicketHistory,
    usage::UsageRow,
};
use rustc_hash::FxHashMap;
use sea_orm::ConnectionTrait;

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

impl Tx {
    /// Everything known of the accounts in `range`, by id. An account that is
    /// read as part of another is not there, and the other has its facts.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn histories(&self, range: IdRange, scope: Scope) -> Result<Vec<AccountHistory>, StoreError> {
        let members = self.members_in(range).await?;
        let is_inside = |id: i64| (range.first.0..=range.last.0).contains(&id);
        let mut outside: Vec<i64> = members
            .iter()
            .filter(|(member, of)| is_inside(**of) && !is_inside(**member))
            .map(|(member, _)| *member)
            .collect();
        outside.sort_unstable();
        let mut parts = Parts::new(members, self.precedences().await?);
        self.put_together(&mut parts, &Which::Range(range), scope).await?;
        for chunk in outside.chunks(IDS_IN_A_QUERY) {
            self.put_together(&mut parts, &Which::Ids(chunk), scope).await?;
        }
        let people = self.read_as(Subject::Person, &parts.held_people()).await?;
        let mut histories = parts.finish(&people)?;
        histories.retain(|history| is_inside(history.id.0));
        Ok(histories)
    }

    /// Everything known of these accounts, by id; of those that are read as
    /// themselves.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn histories_of(
        &self,
        accounts: &[AccountId],
        scope: Scope,
    ) -> Result<Vec<AccountHistory>, StoreError> {
        let ids: Vec<i64> = accounts.iter().map(|account| account.0).collect();
        let read_as = self.read_as(Subject::Account, &ids).await?;
        let mut there = self.accounts_there(accounts).await?;
        there.retain(|account| !read_as.contains_key(&account.0));
        let there: Vec<i64> = there.into_iter().map(|account| account.0).collect();
        let pairs = self.members_of(Subject::Account, &there).await?;
        let told: Vec<i64> = pairs.iter().map(|(member, _)| *member).collect();
        let members = pairs.into_iter().filter(|(member, of)| member != of).collect();
        let mut parts = Parts::new(members, self.precedences().await?);
        for id in there {
            parts.of(id);
        }
        for chunk in told.chunks(IDS_IN_A_QUERY) {
            self.put_together(&mut parts, &Which::Ids(chunk), scope).await?;
        }
        let people = self.read_as(Subject::Person, &parts.held_people()).await?;
        parts.finish(&people)
    }

    /// The same as the sources told it: each account that any of them named by
    /// itself.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn told_histories(
        &self,
        range: IdRange,
        scope: Scope,
    ) -> Result<Vec<AccountHistory>, StoreError> {
        let mut parts = Parts::default();
        self.put_together(&mut parts, &Which::Range(range), scope).await?;
        parts.finish(&FxHashMap::default())
    }

    async fn put_together(
        &self,
        parts: &mut Parts,
        which: &Which<'_>,
        scope: Scope,
    ) -> Result<(), StoreError> {
        if let Which::Range(range) = which {
            for id in self.told_account_ids(*range).await? {
                parts.of(id.0);
            }
        }
        self.add_fields(parts, which, scope).await?;
        self.add_subscriptions(parts, which).await?;
        self.add_churn_events(parts, which).await?;
        if scope == Scope::All {
            self.add_usage(parts, which).await?;
        }
        if scope != Scope::Revenue {
            self.add_tickets(parts, which).await?;
            self.add_conversations(parts, which).await?;
        }
        Ok(())
    }

    async fn add_fields(&self, parts: &mut Parts, which: &Which<'_>, scope: Scope) -> Result<(), StoreError> {
        let mut people = Vec::new();
        if scope != Scope::Revenue {
            let rows = self.strung::<people_rows::Entity>(which, None).await?.concat();
            people.extend(rows.into_iter().map(|row| (row.id, row.account_id)));
            people.sort_unstable();
        }
        let of_accounts = (scope == Scope::Revenue).then_some("person_id IS NULL");
        parts.add_fields(people, self.strung::<field_facts::Entity>(which, of_accounts).await?)
    }

    async fn add_subscriptions(&self, parts: &mut Parts, which: &Which<'_>) -> Result<(), StoreError> {
        for mut rows in self.strung::<subscription_versions::Entity>(which, None).await? {
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
    async fn add_usage(&self, parts: &mut Parts, which: &Which<'_>) -> Result<(), StoreError> {
        let sql = "SELECT account_id || ':' || string_agg(feature_id || ' ' || day || ' ' || known_on || ' ' \
                   || count || ' ' || seconds || ' ' || errors || ' ' || coalesce(CAST(people AS TEXT), ''), ';') \
                   FROM usage_facts WHERE ";
        let backend = self.db.get_database_backend();
        let sql = format!("{sql}{} GROUP BY account_id", which.condition(backend));
        self.each_text(sql, which, |text| {
            let (account, rows) =
                strung_rows(text).ok_or_else(|| StoreError::corrupt("usage_facts", "a row"))?;
            parts.add_usage(account, rows);
            Ok(())
        })
        .await
    }

    async fn add_tickets(&self, parts: &mut Parts, which: &Which<'_>) -> Result<(), StoreError> {
        for mut rows in self.strung::<ticket_events::Entity>(which, None).await? {
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

    async fn add_conversations(&self, parts: &mut Parts, which: &Which<'_>) -> Result<(), StoreError> {
        for mut rows in self.strung::<survey_responses::Entity>(which, None).await? {
            rows.sort_unstable_by_key(|row| (row.id, row.revision));
            for row in rows {
                let stored = surveys::from_row(row)?;
                parts.of(stored.account.0).surveys.push(stored.response);
            }
        }
        for mut rows in self.strung::<note_rows::Entity>(which, None).await? {
            rows.sort_unstable_by_key(|row| (row.id, row.revision));
            for row in rows {
                let stored = notes::from_row(row)?;
                parts.of(stored.account.0).notes.push(stored.note);
            }
        }
        Ok(())
    }

    async fn add_churn_events(&self, parts: &mut Parts, which: &Which<'_>) -> Result<(), StoreError> {
        for mut rows in self.strung::<churn_rows::Entity>(which, None).await? {
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
