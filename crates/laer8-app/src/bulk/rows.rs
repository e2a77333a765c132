//! Accounts and people as they are sent: easier to write than the records of
//! an export, which they may be too.

use laer8_domain::{
    days::Day,
    records::{AccountRef, FieldRecord, KnownWhen},
    values::TraitValue,
};
use serde::{
    Deserialize, Deserializer,
    de::{MapAccess, SeqAccess, Visitor},
};
use std::fmt;
use utoipa::ToSchema;

/// Fields of an account.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AccountRow {
    /// External id.
    #[schema(examples("A1"))]
    pub(super) id: String,
    /// Since when the fields hold, unless one says otherwise; today unless
    /// given.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub(super) since: Option<Day>,
    /// Its fields; those not named stay as they are.
    pub(super) fields: FieldRows,
}

/// Fields of a person.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct PersonRow {
    /// External id.
    #[schema(examples("P1"))]
    pub(super) id: String,
    /// Where they are.
    pub(super) account: AccountRef,
    /// Since when the fields hold, unless one says otherwise; today unless
    /// given.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    pub(super) since: Option<Day>,
    /// Their fields; those not named stay as they are.
    pub(super) fields: FieldRows,
}

/// One field with its value since a day.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct FieldRow {
    /// A built-in field or a trait.
    #[schema(examples("industry"))]
    field: String,
    /// Its value; none takes it away.
    #[serde(default)]
    value: Option<TraitValue>,
    /// Since when; as the row unless given.
    #[serde(default)]
    #[schema(value_type = Option<NaiveDate>)]
    since: Option<Day>,
    /// Since when it is known; as the row unless given.
    #[serde(default)]
    known: Option<KnownWhen>,
}

/// Fields, by name or as a list.
#[derive(Debug, Clone)]
pub(super) struct FieldRows(Vec<FieldRow>);

impl FieldRows {
    /// As records; those without a day hold since `day`.
    pub(super) fn since(self, day: Day) -> Vec<FieldRecord> {
        let record = |row: FieldRow| FieldRecord {
            field: row.field,
            value: row.value,
            since: row.since.unwrap_or(day),
            known: row.known,
        };
        self.0.into_iter().map(record).collect()
    }
}

impl<'de> Deserialize<'de> for FieldRows {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ByNameOrList)
    }
}

struct ByNameOrList;

impl<'de> Visitor<'de> for ByNameOrList {
    type Value = FieldRows;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("fields by name, {\"name\": \"Nordkap\"}, or a list of them")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FieldRows, A::Error> {
        let mut rows = Vec::new();
        while let Some((field, value)) = map.next_entry()? {
            rows.push(FieldRow { field, value, since: None, known: None });
        }
        Ok(FieldRows(rows))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FieldRows, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = list.next_element()? {
            rows.push(row);
        }
        Ok(FieldRows(rows))
    }
}
