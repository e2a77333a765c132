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
    ids::{AccountId, FeatureId, PersonId, SubscriptionId, TicketId},
    people::PersonHistory,
    subscriptions::{SubscriptionHistory, SubscriptionVersion},
    tickets::{TicketEvent, TicketHistory},
    usage::{UsageHistory, UsageRow},
};
use rustc_hash::FxHashMap;
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, Statement, sea_query::SimpleExpr,
};

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

    fn test(self, column: impl ColumnTrait) -> SimpleExpr {
        if self == Self::all() {
            return sea_orm::sea_query::Expr::value(true);
        }
        column.between(self.first.0, self.last.0)
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
        let mut parts = Parts { histories: FxHashMap::default() };
        for id in self.account_ids().await? {
            if range.first <= id && id <= range.last {
                parts.of(id.0);
            }
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

    async fn add_fields(&self, parts: &mut Parts, range: IdRange, scope: Scope) -> Result<(), StoreError> {
        let mut people: FxHashMap<i64, (i64, PersonHistory)> = FxHashMap::default();
        if scope != Scope::Revenue {
            let at = people_rows::Entity::find().filter(range.test(people_rows::Column::AccountId));
            for row in at.all(&self.db).await? {
                let person = PersonHistory { id: PersonId(row.id), fields: Vec::new() };
                people.insert(row.id, (row.account_id, person));
            }
        }
        let mut query = field_facts::Entity::find().filter(range.test(field_facts::Column::AccountId));
        if scope == Scope::Revenue {
            query = query.filter(field_facts::Column::PersonId.is_null());
        }
        for row in query.order_by_asc(field_facts::Column::Id).all(&self.db).await? {
            let stored = accounts::new_field(row)?;
            match stored.person {
                None => parts.of(stored.account.0).fields.push(stored.fact),
                Some(person) => {
                    if let Some((_, person)) = people.get_mut(&person.0) {
                        person.fields.push(stored.fact);
                    }
                }
            }
        }
        let mut people: Vec<(i64, PersonHistory)> = people.into_values().collect();
        people.sort_unstable_by_key(|(_, person)| person.id);
        for (account, person) in people {
            parts.of(account).people.push(person);
        }
        Ok(())
    }

    async fn add_subscriptions(&self, parts: &mut Parts, range: IdRange) -> Result<(), StoreError> {
        let rows = subscription_versions::Entity::find()
            .filter(range.test(subscription_versions::Column::AccountId))
            .order_by_asc(subscription_versions::Column::SubscriptionId)
            .all(&self.db)
            .await?;
        let mut current: Option<(AccountId, SubscriptionId, Vec<SubscriptionVersion>)> = None;
        for row in rows {
            let stored = subscriptions::from_row(&row)?;
            match &mut current {
                Some((_, id, versions)) if *id == stored.subscription => versions.push(stored.version),
                _ => {
                    let next = (stored.account, stored.subscription, vec![stored.version]);
                    if let Some((account, id, versions)) = current.replace(next) {
                        parts.of(account.0).subscriptions.push(SubscriptionHistory::new(id, versions));
                    }
                }
            }
        }
        if let Some((account, id, versions)) = current {
            parts.of(account.0).subscriptions.push(SubscriptionHistory::new(id, versions));
        }
        Ok(())
    }

    /// Usage is by far the most rows, and handing a row over costs many times
    /// what reading it does. So the database strings the rows of an account
    /// together, and one text is handed over for each.
    async fn add_usage(&self, parts: &mut Parts, range: IdRange) -> Result<(), StoreError> {
        let sql = "SELECT account_id, string_agg(feature_id || ' ' || day || ' ' || known_on || ' ' || count || ' ' \
                   || seconds || ' ' || errors || ' ' || coalesce(CAST(people AS TEXT), ''), ';') AS rows \
                   FROM usage_facts WHERE account_id BETWEEN $1 AND $2 GROUP BY account_id";
        let values = [range.first.0.into(), range.last.0.into()];
        let statement = Statement::from_sql_and_values(self.db.get_database_backend(), sql, values);
        for row in self.db.query_all_raw(statement).await? {
            let account: i64 = row.try_get("", "account_id")?;
            let text: String = row.try_get("", "rows")?;
            let rows: Option<Vec<UsageRow>> = text.split(';').map(strung_row).collect();
            let rows = rows.ok_or_else(|| StoreError::corrupt("usage_facts", "a row"))?;
            parts.of(account).usage = UsageHistory::new(rows);
        }
        Ok(())
    }

    async fn add_tickets(&self, parts: &mut Parts, range: IdRange) -> Result<(), StoreError> {
        let rows = ticket_events::Entity::find()
            .filter(range.test(ticket_events::Column::AccountId))
            .order_by_asc(ticket_events::Column::TicketId)
            .order_by_asc(ticket_events::Column::Revision)
            .all(&self.db)
            .await?;
        let mut current: Option<(AccountId, TicketId, Vec<TicketEvent>)> = None;
        for row in rows {
            let stored = tickets::from_row(row)?;
            match &mut current {
                Some((_, id, events)) if *id == stored.ticket => events.push(stored.event),
                _ => {
                    let next = (stored.account, stored.ticket, vec![stored.event]);
                    if let Some((account, id, events)) = current.replace(next) {
                        parts.of(account.0).tickets.push(TicketHistory::new(id, events));
                    }
                }
            }
        }
        if let Some((account, id, events)) = current {
            parts.of(account.0).tickets.push(TicketHistory::new(id, events));
        }
        Ok(())
    }

    async fn add_conversations(&self, parts: &mut Parts, range: IdRange) -> Result<(), StoreError> {
        let rows = survey_responses::Entity::find()
            .filter(range.test(survey_responses::Column::AccountId))
            .order_by_asc(survey_responses::Column::Id);
        for row in rows.all(&self.db).await? {
            let stored = surveys::from_row(row)?;
            parts.of(stored.account.0).surveys.push(stored.response);
        }
        let rows = note_rows::Entity::find()
            .filter(range.test(note_rows::Column::AccountId))
            .order_by_asc(note_rows::Column::Id);
        for row in rows.all(&self.db).await? {
            let stored = notes::from_row(row)?;
            parts.of(stored.account.0).notes.push(stored.note);
        }
        Ok(())
    }

    async fn add_churn_events(&self, parts: &mut Parts, range: IdRange) -> Result<(), StoreError> {
        let rows = churn_rows::Entity::find()
            .filter(range.test(churn_rows::Column::AccountId))
            .order_by_asc(churn_rows::Column::Id);
        for row in rows.all(&self.db).await? {
            let stored = churn_events::from_row(row)?;
            parts.of(stored.account.0).churn_events.push(stored.event);
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
