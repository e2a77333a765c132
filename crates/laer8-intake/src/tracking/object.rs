//! Objects of an event, kept as they were sent.

use crate::json;
use serde::{Serialize, Serializer, ser::SerializeMap};
use serde_json::{Map, Value, value::RawValue};
use std::borrow::Cow;

/// A JSON object such as the properties of an event. It is not read before
/// somebody asks for an entry.
#[derive(Debug, Clone, Default)]
pub struct Object<'a>(Option<Cow<'a, RawValue>>);

impl PartialEq for Object<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl<'a> Object<'a> {
    /// The object in `raw`; none where it is something else. `null` and the
    /// empty list, which PHP makes of an empty object, are empty objects.
    pub(super) fn new(raw: &'a RawValue) -> Option<Self> {
        if json::is_object(raw) {
            return Some(Self(Some(Cow::Borrowed(raw))));
        }
        let is_empty_list = || raw.get().strip_prefix('[').is_some_and(|rest| rest.trim_start() == "]");
        (json::is_null(raw) || is_empty_list()).then(Self::default)
    }

    /// The object as it was sent.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_ref().map_or("{}", |raw| raw.get())
    }

    /// Its entries in the order in which they were sent.
    #[must_use]
    pub fn entries(&self) -> Vec<(Cow<'_, str>, &RawValue)> {
        let mut entries = Vec::new();
        self.each(|key, value| entries.push((key, value)));
        entries
    }

    /// The value of `key`; the last where it is there twice.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&RawValue> {
        let mut found = None;
        self.each(|name, value| {
            if name == key {
                found = Some(value);
            }
        });
        found
    }

    /// The text, or the digits of the number, at `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Cow<'_, str>> {
        json::text_or_number(self.get(key)?)
    }

    /// The value at a path such as `cart.total`; a key that has a dot in itself
    /// comes first.
    #[must_use]
    pub fn path(&self, path: &str) -> Option<&RawValue> {
        if let Some(found) = self.get(path) {
            return Some(found);
        }
        path.match_indices('.').find_map(|(dot, _)| json::find(self.get(&path[..dot])?, &path[dot + 1..]))
    }

    /// As a map. What can't be kept as JSON (a number that is too large, half
    /// a character) is kept as the text that was sent.
    #[must_use]
    pub fn to_map(&self) -> Map<String, Value> {
        let mut map = Map::new();
        self.each(|key, value| {
            let read = serde_json::from_str(value.get());
            let read = read.unwrap_or_else(|_| Value::String(value.get().to_owned()));
            map.insert(key.into_owned(), read);
        });
        map
    }

    /// The same with a life of its own.
    #[must_use]
    pub fn into_owned(self) -> Object<'static> {
        Object(self.0.map(|raw| Cow::Owned(raw.into_owned())))
    }

    fn each<'s>(&'s self, each: impl FnMut(Cow<'s, str>, &'s RawValue)) {
        if let Some(raw) = &self.0 {
            // What was taken in is a valid object.
            let _ = json::each_entry(raw.get(), each);
        }
    }
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.0 {
            Some(raw) => raw.serialize(serializer),
            None => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

/// An object of an event over that of its batch: what the event says itself
/// counts, entry by entry.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Merged<'a> {
    pub(super) own: Object<'a>,
    pub(super) shared: Object<'a>,
}

impl Merged<'_> {
    /// The value of `key`.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&RawValue> {
        self.own.get(key).or_else(|| self.shared.get(key))
    }

    /// The text, or the digits of the number, at `key`.
    #[must_use]
    pub fn text(&self, key: &str) -> Option<Cow<'_, str>> {
        json::text_or_number(self.get(key)?)
    }

    /// The value at a path such as `page.path`.
    #[must_use]
    pub fn path(&self, path: &str) -> Option<&RawValue> {
        self.own.path(path).or_else(|| self.shared.path(path))
    }

    /// As a map.
    #[must_use]
    pub fn to_map(&self) -> Map<String, Value> {
        let mut map = self.shared.to_map();
        map.extend(self.own.to_map());
        map
    }

    /// The same with a life of its own.
    #[must_use]
    pub fn into_owned(self) -> Merged<'static> {
        Merged { own: self.own.into_owned(), shared: self.shared.into_owned() }
    }

    /// Whether neither says anything.
    pub(super) fn is_empty(&self) -> bool {
        self.own.0.is_none() && self.shared.0.is_none()
    }
}

impl Serialize for Merged<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.shared.0.is_none() {
            return self.own.serialize(serializer);
        }
        let (own, shared) = (self.own.entries(), self.shared.entries());
        let is_own = |name: &str| own.iter().any(|(key, _)| key == name);
        let mut map = serializer.serialize_map(None)?;
        for (key, value) in shared.iter().filter(|(key, _)| !is_own(key)).chain(&own) {
            map.serialize_entry(key, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn object(text: &str) -> Object<'_> {
        Object::new(serde_json::from_str(text).expect("JSON")).expect("an object")
    }

    #[test]
    fn entries_are_found_by_key_and_by_path() {
        let object = object(r#"{"plan":"Pro","cart":{"total":12.5,"a.b":1},"x.y":{"z":2}}"#);
        let at = |path: &str| object.path(path).map(RawValue::get);
        assert_eq!(at("plan"), Some("\"Pro\""));
        assert_eq!(at("cart.total"), Some("12.5"));
        assert_eq!(at("x.y.z"), Some("2"));
        assert_eq!((at("cart.none"), at("plan.x"), at("")), (None, None, None));
    }

    #[test]
    fn what_is_no_json_value_of_ours_is_kept_as_its_text() {
        let map = object(r#"{"huge":1e999,"broken":"\ud800","fine":[1]}"#).to_map();
        assert_eq!(
            Value::Object(map),
            serde_json::json!({"huge": "1e999", "broken": "\"\\ud800\"", "fine": [1]})
        );
    }

    #[test]
    fn the_event_counts_before_its_batch() {
        let merged = Merged {
            own: object(r#"{"ip":"1.1.1.1"}"#),
            shared: object(r#"{"ip":"2.2.2.2","locale":"es"}"#),
        };
        assert_eq!(merged.text("ip").as_deref(), Some("1.1.1.1"));
        assert_eq!(serde_json::to_string(&merged).expect("JSON"), r#"{"locale":"es","ip":"1.1.1.1"}"#);
        assert_eq!(Value::Object(merged.to_map()), serde_json::json!({"ip": "1.1.1.1", "locale": "es"}));
    }
}
