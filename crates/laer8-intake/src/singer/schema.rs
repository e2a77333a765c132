//! What the tap says of the records of a stream, as far as it is held to it.

use super::{RefusalReason, columns::Entries};
use crate::json;
use serde_json::value::RawValue;
use std::collections::HashMap;

/// The schema of a stream.
#[derive(Debug, Default)]
pub(super) struct Schema {
    keys: Vec<String>,
    /// Of the properties that say their types.
    types: HashMap<String, Types>,
    properties: Vec<String>,
}

/// Which types a value may have.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Types {
    scalar: bool,
    number: bool,
    flag: bool,
    object: bool,
    list: bool,
}

impl Schema {
    pub(super) fn read(raw: &RawValue, keys: Vec<String>) -> Self {
        let mut schema = Self { keys, ..Self::default() };
        let Some(properties) = json::find(raw, "properties") else { return schema };
        // What is no object says nothing of properties.
        let _ = json::each_entry(properties.get(), |name, property| {
            let mut types = Types::default();
            types.allow(property, 3);
            if types != Types::default() {
                schema.types.insert(name.clone().into_owned(), types);
            }
            schema.properties.push(name.into_owned());
        });
        schema
    }

    /// Whether it has the property that a path begins with; yes where it names
    /// none at all.
    pub(super) fn has(&self, path: &str) -> bool {
        let fits = |name: &String| {
            path == name || path.strip_prefix(name.as_str()).is_some_and(|rest| rest.starts_with('.'))
        };
        self.properties.is_empty() || self.properties.iter().any(fits)
    }

    /// Holds a record to its keys and, of the properties that the mapping
    /// reads, to their types.
    pub(super) fn check(
        &self,
        record: &Entries<'_>,
        read: impl Fn(&str) -> bool,
    ) -> Result<(), (String, RefusalReason)> {
        for key in &self.keys {
            let value = record.get(key).filter(|raw| !json::is_null(raw) && raw.get() != "\"\"");
            if value.is_none() {
                return Err((key.clone(), RefusalReason::NoKey(key.clone())));
            }
        }
        for (name, raw) in record.iter() {
            let Some(types) = self.types.get(name).filter(|_| read(name)) else { continue };
            if !types.fit(raw) {
                return Err((name.to_owned(), RefusalReason::WrongType(types.describe())));
            }
        }
        Ok(())
    }
}

impl Types {
    /// Adds what `property` allows: its `type`, one or a list, and those of
    /// `anyOf` and `oneOf`.
    fn allow(&mut self, property: &RawValue, levels: usize) {
        let mut add = |raw: &RawValue| match json::text(raw).as_deref() {
            Some("string") => self.scalar = true,
            Some("number" | "integer") => self.number = true,
            Some("boolean") => self.flag = true,
            Some("object") => self.object = true,
            Some("array") => self.list = true,
            _ => {}
        };
        if let Some(kind) = json::find(property, "type") {
            match serde_json::from_str::<Vec<&RawValue>>(kind.get()) {
                Ok(kinds) => kinds.into_iter().for_each(add),
                Err(_) => add(kind),
            }
        }
        for key in ["anyOf", "oneOf"].into_iter().filter(|_| levels > 0) {
            let Some(choices) = json::find(property, key) else { continue };
            let choices: Vec<&RawValue> = serde_json::from_str(choices.get()).unwrap_or_default();
            choices.into_iter().for_each(|choice| self.allow(choice, levels - 1));
        }
    }

    /// Taps are loose with numbers and texts: each is taken for the other where
    /// it can be read so. No value at all fits always.
    fn fit(self, raw: &RawValue) -> bool {
        match raw.get().as_bytes().first() {
            Some(b'n') => true,
            Some(b'{') => self.object,
            Some(b'[') => self.list,
            Some(b't' | b'f') => self.flag || self.scalar,
            Some(b'"') => {
                let text = json::text(raw).unwrap_or_default();
                self.scalar
                    || text.is_empty()
                    || (self.number && json::number(raw).is_some())
                    || (self.flag && matches!(&*text.to_ascii_lowercase(), "true" | "false"))
            }
            _ => self.number || self.scalar,
        }
    }

    fn describe(self) -> String {
        let names = [
            ("string", self.scalar),
            ("number", self.number),
            ("boolean", self.flag),
            ("object", self.object),
            ("array", self.list),
        ];
        let names: Vec<&str> =
            names.into_iter().filter(|(_, allowed)| *allowed).map(|(name, _)| name).collect();
        names.join(" or ")
    }
}
