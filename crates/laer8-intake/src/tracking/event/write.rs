//! Writes an event so that it can be read again.

use super::{Event, EventKind};
use chrono::SecondsFormat;
use serde::{Serialize, Serializer, ser::SerializeMap};

/// As an event of a batch that says the same when it is read again at
/// `received_at`: with its id, one context, and the time when it happened.
impl Serialize for Event<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", self.event_type().key())?;
        map.serialize_entry("messageId", &self.message_id)?;
        let timestamp = self.occurred_at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
        map.serialize_entry("timestamp", &timestamp)?;
        let optional =
            [("userId", &self.user_id), ("anonymousId", &self.anonymous_id), ("writeKey", &self.write_key)];
        for (key, value) in optional.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            map.serialize_entry(key, value)?;
        }
        match &self.kind {
            EventKind::Track { event, properties } => {
                map.serialize_entry("event", event)?;
                map.serialize_entry("properties", properties)?;
            }
            EventKind::Identify { traits } => map.serialize_entry("traits", traits)?,
            EventKind::Group { group_id, traits } => {
                map.serialize_entry("groupId", group_id)?;
                map.serialize_entry("traits", traits)?;
            }
            EventKind::Page { name, category, properties }
            | EventKind::Screen { name, category, properties } => {
                map.serialize_entry("name", name)?;
                map.serialize_entry("category", category)?;
                map.serialize_entry("properties", properties)?;
            }
            EventKind::Alias { previous_id } => map.serialize_entry("previousId", previous_id)?,
        }
        for (key, object) in [("context", &self.context), ("integrations", &self.integrations)] {
            if !object.is_empty() {
                map.serialize_entry(key, object)?;
            }
        }
        map.end()
    }
}
