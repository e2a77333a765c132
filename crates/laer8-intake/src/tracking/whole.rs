//! A batch, cut into its events in one pass over its bytes.

use super::{MOST_EVENTS, event::Shared, object::Object};
use crate::json::{self, Lenient};
use serde::de::{Deserialize, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// A batch before its events are read.
#[derive(Default)]
pub(super) struct Whole<'a> {
    pub(super) shared: Shared<'a>,
    /// None where there is no list.
    pub(super) items: Option<Items<'a>>,
    pub(super) write_key: Option<Cow<'a, str>>,
}

/// The items of a list; no more of them than a batch may have.
pub(super) struct Items<'a> {
    pub(super) items: Vec<&'a RawValue>,
    /// How many there are.
    pub(super) count: usize,
}

impl<'a> Whole<'a> {
    pub(super) fn read(text: &'a str) -> serde_json::Result<Self> {
        serde_json::from_str(text)
    }
}

impl<'de> Deserialize<'de> for Whole<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(WholeVisitor)
    }
}

struct WholeVisitor;

impl<'de> Visitor<'de> for WholeVisitor {
    type Value = Whole<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut whole = Whole::default();
        while let Some(Lenient(key)) = map.next_key()? {
            match key.as_ref() {
                "batch" => whole.items = map.next_value::<MaybeItems<'_>>()?.0,
                "context" => whole.shared.context = Object::new(map.next_value()?).unwrap_or_default(),
                "integrations" => {
                    whole.shared.integrations = Object::new(map.next_value()?).unwrap_or_default();
                }
                "sentAt" => whole.shared.sent = Some(map.next_value()?),
                "writeKey" => whole.write_key = json::text_or_number(map.next_value()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(whole)
    }
}

/// A list, or whatever else stands in its place.
struct MaybeItems<'a>(Option<Items<'a>>);

impl<'de> Deserialize<'de> for MaybeItems<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemsVisitor)
    }
}

struct ItemsVisitor;

impl<'de> Visitor<'de> for ItemsVisitor {
    type Value = MaybeItems<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::new();
        let mut count = 0;
        while items.len() < MOST_EVENTS {
            let Some(item) = seq.next_element()? else { break };
            items.push(item);
            count += 1;
        }
        while count >= MOST_EVENTS && seq.next_element::<IgnoredAny>()?.is_some() {
            count += 1;
        }
        Ok(MaybeItems(Some(Items { items, count })))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(MaybeItems(None))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(MaybeItems(None))
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(MaybeItems(None))
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(MaybeItems(None))
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(MaybeItems(None))
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(MaybeItems(None))
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(MaybeItems(None))
    }
}
