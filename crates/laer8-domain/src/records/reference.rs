//! How records find their accounts.

use serde::{
    Deserialize, Deserializer, Serialize,
    de::{Error, MapAccess, Visitor},
};
use std::fmt;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, OneOfBuilder, RefOr, Schema, Type, schema::AdditionalProperties},
};

/// How a record finds its account. A text alone is the account's external id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountRef {
    /// By the account's external id.
    Account(String),
    /// Through a subscription of it.
    Subscription(String),
    /// Through a person at it.
    Person(String),
}

impl<'de> Deserialize<'de> for AccountRef {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reference)
    }
}

struct Reference;

impl<'de> Visitor<'de> for Reference {
    type Value = AccountRef;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the id of an account, or {\"subscription\": id}, or {\"person\": id}")
    }

    fn visit_str<E: Error>(self, id: &str) -> Result<AccountRef, E> {
        Ok(AccountRef::Account(id.to_owned()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<AccountRef, A::Error> {
        let Some((by, id)) = map.next_entry::<String, String>()? else {
            return Err(Error::invalid_length(0, &self));
        };
        if map.next_key::<String>()?.is_some() {
            return Err(Error::custom("one way to the account is enough"));
        }
        match by.as_str() {
            "account" => Ok(AccountRef::Account(id)),
            "subscription" => Ok(AccountRef::Subscription(id)),
            "person" => Ok(AccountRef::Person(id)),
            other => Err(Error::unknown_field(other, &["account", "subscription", "person"])),
        }
    }
}

impl PartialSchema for AccountRef {
    fn schema() -> RefOr<Schema> {
        let text = || ObjectBuilder::new().schema_type(Type::String);
        let through = |name: &str, about: &str| {
            ObjectBuilder::new()
                .schema_type(Type::Object)
                .property(name, text())
                .required(name)
                .description(Some(about))
                .additional_properties(Some(AdditionalProperties::FreeForm(false)))
        };
        OneOfBuilder::new()
            .description(Some("How the record finds its account."))
            .item(text().description(Some("The account's external id.")))
            .item(through("account", "By the account's external id."))
            .item(through("subscription", "Through a subscription of it."))
            .item(through("person", "Through a person at it."))
            .into()
    }
}

impl ToSchema for AccountRef {}
