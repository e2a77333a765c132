//! Since when records are known.

use crate::days::Day;
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        KnownFormat, ObjectBuilder, OneOfBuilder, RefOr, Schema, SchemaFormat, Type,
        schema::AdditionalProperties,
    },
};

/// Since when something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum KnownWhen {
    /// When it happened: the default for imported history.
    #[default]
    Happened,
    /// On the day of the import.
    Imported,
    /// On this day. Records of one thing with different days are its versions,
    /// the later the correction.
    On(Day),
}

impl PartialSchema for KnownWhen {
    fn schema() -> RefOr<Schema> {
        let word = |word: &str, about: &str| {
            ObjectBuilder::new().schema_type(Type::String).enum_values(Some([word])).description(Some(about))
        };
        let day = ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::Date)));
        let on = ObjectBuilder::new()
            .schema_type(Type::Object)
            .property("on", day)
            .required("on")
            .description(Some("On this day. Records of one thing with different days are its versions."))
            .additional_properties(Some(AdditionalProperties::FreeForm(false)));
        OneOfBuilder::new()
            .description(Some("Since when something is known."))
            .item(word("happened", "When it happened."))
            .item(word("imported", "On the day on which it comes in."))
            .item(on)
            .into()
    }
}

impl ToSchema for KnownWhen {}
