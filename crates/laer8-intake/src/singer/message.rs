//! One line of a tap.

use super::{MOST_LINE_BYTES, RefusalReason};
use crate::json;
use serde_json::value::RawValue;
use std::borrow::Cow;

/// A message, with what it says where it lies.
pub(super) enum Message<'a> {
    Schema {
        stream: Cow<'a, str>,
        schema: &'a RawValue,
        keys: Vec<String>,
    },
    Record {
        stream: Cow<'a, str>,
        record: &'a RawValue,
    },
    State(&'a RawValue),
    ActivateVersion,
    /// Records in files of their own.
    BatchFiles {
        stream: Cow<'a, str>,
    },
    /// A kind of message that means nothing here.
    Other,
}

/// What is wrong with a line, and in which stream.
pub(super) type Fault = (Option<String>, RefusalReason);

impl<'a> Message<'a> {
    /// None where the line is blank.
    pub(super) fn read(line: &'a [u8]) -> Result<Option<Self>, Fault> {
        if line.len() > MOST_LINE_BYTES {
            return Err((None, RefusalReason::TooLong(line.len())));
        }
        let text = str::from_utf8(line).map_err(|_| (None, RefusalReason::NotUtf8))?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim();
        if text.is_empty() {
            return Ok(None);
        }
        let mut parts = Parts::default();
        json::each_entry(text, |key, value| parts.take(&key, value))
            .map_err(|error| (None, RefusalReason::BadJson(error.to_string())))?;
        parts.message().map(Some).map_err(|reason| {
            let stream = parts.stream.and_then(json::text).map(Cow::into_owned);
            (stream, reason)
        })
    }
}

/// What tells a line from others: of a record, the record without what the tap
/// says of its reading it.
#[must_use]
pub fn record_of(line: &str) -> &str {
    match Message::read(line.as_bytes()) {
        Ok(Some(Message::Record { record, .. })) => record.get(),
        _ => line,
    }
}

#[derive(Default)]
struct Parts<'a> {
    kind: Option<&'a RawValue>,
    stream: Option<&'a RawValue>,
    schema: Option<&'a RawValue>,
    keys: Option<&'a RawValue>,
    record: Option<&'a RawValue>,
    value: Option<&'a RawValue>,
}

impl<'a> Parts<'a> {
    fn take(&mut self, key: &str, value: &'a RawValue) {
        match key {
            "type" => self.kind = Some(value),
            "stream" => self.stream = Some(value),
            "schema" => self.schema = Some(value),
            "key_properties" => self.keys = Some(value),
            "record" => self.record = Some(value),
            "value" => self.value = Some(value),
            _ => {}
        }
    }

    fn message(&self) -> Result<Message<'a>, RefusalReason> {
        let kind = self.kind.and_then(json::text).ok_or(RefusalReason::NoType)?;
        Ok(match kind.to_ascii_uppercase().as_str() {
            "SCHEMA" => Message::Schema {
                stream: self.stream()?,
                schema: object("schema", self.schema)?,
                keys: self.keys.map(texts).unwrap_or_default(),
            },
            "RECORD" => Message::Record { stream: self.stream()?, record: object("record", self.record)? },
            "STATE" => Message::State(self.value.ok_or(RefusalReason::NoContent("value"))?),
            "ACTIVATE_VERSION" => Message::ActivateVersion,
            "BATCH" => Message::BatchFiles { stream: self.stream()? },
            _ => Message::Other,
        })
    }

    fn stream(&self) -> Result<Cow<'a, str>, RefusalReason> {
        self.stream.and_then(json::text_or_number).ok_or(RefusalReason::NoStream)
    }
}

fn object<'a>(key: &'static str, raw: Option<&'a RawValue>) -> Result<&'a RawValue, RefusalReason> {
    raw.filter(|raw| json::is_object(raw)).ok_or(RefusalReason::NoContent(key))
}

fn texts(raw: &RawValue) -> Vec<String> {
    let items: Vec<&RawValue> = serde_json::from_str(raw.get()).unwrap_or_default();
    items.into_iter().filter_map(json::text).map(Cow::into_owned).collect()
}
