//! Accounts, people and their dated fields.

use crate::{
    IdRange, StoreError, Tx,
    entities::{accounts, field_facts, people},
    rows::{IDS_IN_A_QUERY, code, line, origin},
};
use laer8_domain::{
    accounts::FieldFact,
    days::Day,
    identity::Subject,
    ids::{AccountId, PersonId},
    values::Value,
};
use sea_orm::{
    ActiveValue::{NotSet, Set},
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::ExprTrait,
};

/// A field fact of an account, or of a person at it.
#[derive(Debug, Clone, PartialEq)]
pub struct NewField {
    /// The account.
    pub account: AccountId,
    /// The person, when it is theirs.
    pub person: Option<PersonId>,
    /// The fact.
    pub fact: FieldFact,
}

impl Tx {
    /// Makes accounts of which nothing is known yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one is there already.
    pub async fn insert_accounts(&self, ids: &[AccountId]) -> Result<(), StoreError> {
        self.insert_all(ids.iter().map(|id| accounts::ActiveModel { id: Set(id.0) })).await
    }

    /// Makes people of whom nothing is known yet.
    ///
    /// # Errors
    /// [`StoreError::Exists`] when one is there already.
    pub async fn insert_people(&self, people_at: &[(PersonId, AccountId)]) -> Result<(), StoreError> {
        let rows = people_at
            .iter()
            .map(|(person, account)| people::ActiveModel { id: Set(person.0), account_id: Set(account.0) });
        self.insert_all(rows).await
    }

    /// The accounts in `range`, by id, without those that are read as part of
    /// others.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn account_ids(&self, range: IdRange) -> Result<Vec<AccountId>, StoreError> {
        let members = self.members_in(range).await?;
        let mut ids = self.told_account_ids(range).await?;
        ids.retain(|id| !members.contains_key(&id.0));
        Ok(ids)
    }

    /// The accounts in `range` that any source named, by id.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn told_account_ids(&self, range: IdRange) -> Result<Vec<AccountId>, StoreError> {
        let ids: Vec<i64> = accounts::Entity::find()
            .filter(accounts::Column::Id.between(range.first.0, range.last.0))
            .select_only()
            .column(accounts::Column::Id)
            .order_by_asc(accounts::Column::Id)
            .into_tuple()
            .all(&self.db)
            .await?;
        Ok(ids.into_iter().map(AccountId).collect())
    }

    /// Those of these accounts that there are, by id.
    ///
    /// # Errors
    /// When the database can't.
    pub(crate) async fn accounts_there(&self, ids: &[AccountId]) -> Result<Vec<AccountId>, StoreError> {
        let mut found: Vec<i64> = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let query = accounts::Entity::find()
                .filter(accounts::Column::Id.is_in(chunk.iter().map(|account| account.0)))
                .select_only()
                .column(accounts::Column::Id);
            found.extend(query.into_tuple::<i64>().all(&self.db).await?);
        }
        found.sort_unstable();
        Ok(found.into_iter().map(AccountId).collect())
    }

    /// Which account each person is at.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn people_at(&self, ids: &[PersonId]) -> Result<Vec<(PersonId, AccountId)>, StoreError> {
        let mut found = Vec::with_capacity(ids.len());
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let rows = people::Entity::find()
                .filter(people::Column::Id.is_in(chunk.iter().map(|id| id.0)))
                .all(&self.db)
                .await?;
            found.extend(rows.into_iter().map(|row| (PersonId(row.id), AccountId(row.account_id))));
        }
        Ok(found)
    }

    /// Who is at these accounts, by id.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn people_of(&self, accounts: &[AccountId]) -> Result<Vec<PersonId>, StoreError> {
        let mut found = Vec::new();
        for chunk in accounts.chunks(IDS_IN_A_QUERY) {
            let ids: Vec<i64> = people::Entity::find()
                .filter(people::Column::AccountId.is_in(chunk.iter().map(|id| id.0)))
                .select_only()
                .column(people::Column::Id)
                .into_tuple()
                .all(&self.db)
                .await?;
            found.extend(ids.into_iter().map(PersonId));
        }
        found.sort_unstable();
        Ok(found)
    }

    /// The facts of some fields of accounts, or of people, in the order they
    /// were added.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn facts_of(
        &self,
        subject: Subject,
        ids: &[i64],
        fields: &[&str],
    ) -> Result<Vec<NewField>, StoreError> {
        let of = |chunk: &[i64]| {
            let ids = chunk.iter().copied();
            let whose = match subject {
                Subject::Account => {
                    field_facts::Column::AccountId.is_in(ids).and(field_facts::Column::PersonId.is_null())
                }
                Subject::Person => field_facts::Column::PersonId.is_in(ids),
            };
            whose.and(field_facts::Column::Field.is_in(fields.iter().copied()))
        };
        self.fields_where(ids, of).await
    }

    /// Adds field facts.
    ///
    /// # Errors
    /// When the database can't.
    pub async fn insert_fields(&self, fields: Vec<NewField>) -> Result<(), StoreError> {
        let rows = fields.into_iter().map(|new| {
            let (kind, text, number) = columns_of(new.fact.value);
            field_facts::ActiveModel {
                id: NotSet,
                account_id: Set(new.account.0),
                person_id: Set(new.person.map(|person| person.0)),
                field: Set(new.fact.field),
                value_kind: Set(kind.to_owned()),
                text_value: Set(text),
                number_value: Set(number),
                occurred_on: Set(new.fact.occurred_on),
                known_on: Set(new.fact.known_on),
                source_id: Set(new.fact.origin.source.0),
                import_id: Set(new.fact.origin.import.map(|import| import.0)),
                line: Set(line(new.fact.origin.row)),
            }
        });
        self.insert_all(rows).await
    }

    /// The field facts of accounts themselves, in the order they were added.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn account_fields(&self, ids: &[AccountId]) -> Result<Vec<NewField>, StoreError> {
        let of = |chunk: &[i64]| {
            field_facts::Column::AccountId
                .is_in(chunk.iter().copied())
                .and(field_facts::Column::PersonId.is_null())
        };
        self.fields_where(&ids.iter().map(|id| id.0).collect::<Vec<_>>(), of).await
    }

    /// The field facts of people, in the order they were added.
    ///
    /// # Errors
    /// When the database can't; [`StoreError::Corrupt`].
    pub async fn person_fields(&self, ids: &[PersonId]) -> Result<Vec<NewField>, StoreError> {
        let of = |chunk: &[i64]| field_facts::Column::PersonId.is_in(chunk.iter().copied());
        self.fields_where(&ids.iter().map(|id| id.0).collect::<Vec<_>>(), of).await
    }

    async fn fields_where(
        &self,
        ids: &[i64],
        of: impl Fn(&[i64]) -> sea_orm::sea_query::SimpleExpr + Send,
    ) -> Result<Vec<NewField>, StoreError> {
        let mut fields = Vec::new();
        for chunk in ids.chunks(IDS_IN_A_QUERY) {
            let query = field_facts::Entity::find().filter(of(chunk)).order_by_asc(field_facts::Column::Id);
            for row in query.all(&self.db).await? {
                fields.push(new_field(row)?);
            }
        }
        Ok(fields)
    }
}

pub(crate) fn new_field(row: field_facts::Model) -> Result<NewField, StoreError> {
    let value = value_of(&row.value_kind, row.text_value, row.number_value)?;
    Ok(NewField {
        account: AccountId(row.account_id),
        person: row.person_id.map(PersonId),
        fact: FieldFact {
            field: row.field,
            value,
            occurred_on: row.occurred_on,
            known_on: row.known_on,
            origin: origin(row.source_id, row.import_id, row.line),
        },
    })
}

fn columns_of(value: Option<Value>) -> (&'static str, Option<String>, Option<f64>) {
    match value {
        None => ("none", None, None),
        Some(Value::Text(text)) => ("text", Some(text), None),
        Some(Value::Number(number)) => ("number", None, Some(number)),
        Some(Value::Bool(flag)) => ("bool", None, Some(f64::from(u8::from(flag)))),
        Some(Value::Day(day)) => ("day", Some(day.to_string()), None),
    }
}

fn value_of(kind: &str, text: Option<String>, number: Option<f64>) -> Result<Option<Value>, StoreError> {
    let value = match kind {
        "none" => return Ok(None),
        "text" => text.map(Value::Text),
        "number" => number.map(Value::Number),
        "bool" => number.map(|number| Value::Bool(number > 0.5)),
        "day" => text.and_then(|text| text.parse::<Day>().ok()).map(Value::Day),
        _ => None,
    };
    code(value, "field_facts", kind).map(Some)
}
