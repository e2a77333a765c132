//! How rows are described: the fields of their records, and what every row may
//! say besides.

use super::rows::{AccountRow, FieldRow, FieldRows, PersonRow};
use laer8_domain::{
    records::{
        ChurnEventRecord, ExchangeRateRecord, FeatureRecord, KnownWhen, NoteRecord, PlanRecord,
        ProductRecord, SubscriptionRecord, SurveyRecord, TicketRecord, UsageRecord,
    },
    values::Value,
};
use laer8_intake::mapping::RecordKind;
use std::borrow::Cow;
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        AllOfBuilder, ArrayBuilder, ObjectBuilder, OneOfBuilder, Ref, RefOr, Schema, Type,
        schema::{AdditionalProperties, AnyOfBuilder},
    },
};

macro_rules! rows {
    ($($(#[$about:meta])* $row:ident = $record:ty as $kind:ident),+ $(,)?) => {
        $(
            $(#[$about])*
            #[derive(Debug, Clone, Copy)]
            pub struct $row;

            impl PartialSchema for $row {
                fn schema() -> RefOr<Schema> {
                    row(<$record>::schema(), RecordKind::$kind)
                }
            }

            impl ToSchema for $row {
                fn name() -> Cow<'static, str> {
                    Cow::Borrowed(stringify!($row))
                }

                fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
                    schemas.push((KnownWhen::name().into_owned(), KnownWhen::schema()));
                    <$record as ToSchema>::schemas(schemas);
                }
            }
        )+

        /// The name and the description of each kind of row.
        fn all() -> Vec<(Cow<'static, str>, RefOr<Schema>)> {
            vec![$(($row::name(), $row::schema())),+]
        }

        fn all_others(schemas: &mut Vec<(String, RefOr<Schema>)>) {
            $(<$row as ToSchema>::schemas(schemas);)+
        }
    };
}

rows! {
    /// A row that tells of a product.
    BulkProduct = ProductRecord as Product,
    /// A row that tells of a feature.
    BulkFeature = FeatureRecord as Feature,
    /// A row that tells of a plan.
    BulkPlan = PlanRecord as Plan,
    /// A row that tells of an exchange rate.
    BulkExchangeRate = ExchangeRateRecord as ExchangeRate,
    /// A row that tells of an account.
    BulkAccount = AccountRow as Account,
    /// A row that tells of a person.
    BulkPerson = PersonRow as Person,
    /// A row that tells of a subscription.
    BulkSubscription = SubscriptionRecord as Subscription,
    /// A row that tells of usage.
    BulkUsage = UsageRecord as Usage,
    /// A row that tells of a ticket.
    BulkTicket = TicketRecord as Ticket,
    /// A row that tells of an answer to a survey.
    BulkSurvey = SurveyRecord as Survey,
    /// A row that tells that somebody leaves.
    BulkChurnEvent = ChurnEventRecord as ChurnEvent,
    /// A row that tells of a timeline entry.
    BulkNote = NoteRecord as Note,
}

/// The fields of a record, and what every row may say.
fn row(record: RefOr<Schema>, kind: RecordKind) -> RefOr<Schema> {
    let RefOr::T(Schema::Object(mut object)) = record else { return record };
    let of_kind = ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some([kind.key()]))
        .description(Some("What the row is; not needed where all are of one kind."));
    object.properties.insert("type".to_owned(), RefOr::T(of_kind.into()));
    let known = Ref::builder().ref_location_from_schema_name(KnownWhen::name()).description(Some(
        "Since when it is known; unless given, history when it happened and news when it comes.",
    ));
    object.properties.insert("known".to_owned(), RefOr::Ref(known.build()));
    RefOr::T(Schema::Object(object))
}

impl PartialSchema for FieldRows {
    fn schema() -> RefOr<Schema> {
        let value = Ref::from_schema_name(Value::name());
        let nothing = ObjectBuilder::new().schema_type(Type::Null);
        let one_of_these = OneOfBuilder::new().item(value).item(nothing);
        let by_name = ObjectBuilder::new()
            .description(Some("Fields by name; null takes a value away."))
            .additional_properties(Some(AdditionalProperties::RefOr(RefOr::T(one_of_these.into()))))
            .examples([serde_json::json!({ "name": "Nordkap", "seats": 40 })]);
        let list = ArrayBuilder::new()
            .description(Some("Fields with the days since which they hold."))
            .items(Ref::from_schema_name(FieldRow::name()));
        OneOfBuilder::new().description(Some("Fields, by name or as a list.")).item(by_name).item(list).into()
    }
}

impl ToSchema for FieldRows {
    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((FieldRow::name().into_owned(), FieldRow::schema()));
        FieldRow::schemas(schemas);
    }
}

/// Any of the rows.
#[derive(Debug, Clone, Copy)]
pub struct BulkRow;

impl PartialSchema for BulkRow {
    fn schema() -> RefOr<Schema> {
        let mut any = AnyOfBuilder::new().description(Some("A row, of the kind that the address names."));
        for (name, _) in all() {
            any = any.item(Ref::from_schema_name(name));
        }
        any.into()
    }
}

impl ToSchema for BulkRow {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("BulkRow")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.extend(all().into_iter().map(|(name, schema)| (name.into_owned(), schema)));
        all_others(schemas);
    }
}

/// Any of the rows, where each says what it is.
#[derive(Debug, Clone, Copy)]
pub struct BulkTypedRow;

impl PartialSchema for BulkTypedRow {
    fn schema() -> RefOr<Schema> {
        AllOfBuilder::new()
            .description(Some("A row of any kind, which says what it is."))
            .item(Ref::from_schema_name(BulkRow::name()))
            .item(ObjectBuilder::new().required("type"))
            .into()
    }
}

impl ToSchema for BulkTypedRow {
    fn name() -> Cow<'static, str> {
        Cow::Borrowed("BulkTypedRow")
    }

    fn schemas(schemas: &mut Vec<(String, RefOr<Schema>)>) {
        schemas.push((BulkRow::name().into_owned(), BulkRow::schema()));
        BulkRow::schemas(schemas);
    }
}
