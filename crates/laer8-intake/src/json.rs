//! JSON that is looked at where it lies: nothing is copied, and only what is
//! asked for is read.

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;
use std::{borrow::Cow, fmt};

/// How many objects and lists may lie inside each other.
pub(crate) const MOST_LEVELS: usize = 100;

/// The text of a JSON string; none where `raw` is no string. Halves of broken
/// characters become `�`, and NUL, which databases refuse, is left out.
pub(crate) fn text(raw: &RawValue) -> Option<Cow<'_, str>> {
    let inner = raw.get().strip_prefix('"')?.strip_suffix('"')?;
    if !inner.contains('\\') {
        return Some(Cow::Borrowed(inner));
    }
    let bytes: Lenient<'_> = serde_json::from_str(raw.get()).ok()?;
    Some(Cow::Owned(bytes.0.replace('\0', "")))
}

/// The text of a string, or the digits of a number as they stand there; none
/// where there is neither, or nothing but blanks.
pub(crate) fn text_or_number(raw: &RawValue) -> Option<Cow<'_, str>> {
    let found = if is_number(raw) { Cow::Borrowed(raw.get()) } else { text(raw)? };
    let trimmed = found.trim();
    if trimmed.is_empty() {
        return None;
    }
    if trimmed.len() == found.len() { Some(found) } else { Some(Cow::Owned(trimmed.to_owned())) }
}

/// A finite number, or a text that is one.
pub(crate) fn number(raw: &RawValue) -> Option<f64> {
    let number: f64 = text_or_number(raw)?.parse().ok()?;
    Some(number).filter(|number| number.is_finite())
}

fn is_number(raw: &RawValue) -> bool {
    raw.get().starts_with(|first: char| first == '-' || first.is_ascii_digit())
}

pub(crate) fn is_null(raw: &RawValue) -> bool {
    raw.get() == "null"
}

pub(crate) fn is_object(raw: &RawValue) -> bool {
    raw.get().starts_with('{')
}

pub(crate) fn is_list(raw: &RawValue) -> bool {
    raw.get().starts_with('[')
}

/// Whether more than [`MOST_LEVELS`] lie inside each other. Text with few
/// brackets, which is nearly all, costs one look at each byte.
pub(crate) fn is_too_deep(text: &str) -> bool {
    let is_opening = |byte: u8| byte == b'{' || byte == b'[';
    if text.bytes().filter(|byte| is_opening(*byte)).count() <= MOST_LEVELS {
        return false;
    }
    let (mut level, mut in_string, mut escaped) = (0_usize, false, false);
    for byte in text.bytes() {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            _ if in_string => {}
            byte if is_opening(byte) => level += 1,
            b'}' | b']' => level = level.saturating_sub(1),
            _ => {}
        }
        if level > MOST_LEVELS {
            return true;
        }
    }
    false
}

/// Calls `each` with every entry of the object in `text`, in its order.
///
/// # Errors
/// When `text` is no JSON object.
pub(crate) fn each_entry<'a>(
    text: &'a str,
    each: impl FnMut(Cow<'a, str>, &'a RawValue),
) -> serde_json::Result<()> {
    let mut reader = serde_json::Deserializer::from_str(text);
    Entries(each).deserialize(&mut reader)?;
    reader.end()
}

/// The value at a path inside `raw`: keys, and places of lists from 0, with
/// dots between them.
pub(crate) fn find<'a>(raw: &'a RawValue, path: &str) -> Option<&'a RawValue> {
    let (first, rest) = path.split_once('.').map_or((path, None), |(first, rest)| (first, Some(rest)));
    let mut found = None;
    if is_list(raw) {
        let items: Vec<&RawValue> = serde_json::from_str(raw.get()).ok()?;
        found = items.get(first.parse::<usize>().ok()?).copied();
    } else {
        each_entry(raw.get(), |key, value| {
            if key == first {
                found = Some(value);
            }
        })
        .ok()?;
    }
    match rest {
        None => found,
        Some(rest) => find(found?, rest),
    }
}

struct Entries<F>(F);

impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue)> DeserializeSeed<'de> for Entries<F> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, F: FnMut(Cow<'de, str>, &'de RawValue)> Visitor<'de> for Entries<F> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(Lenient(key)) = map.next_key()? {
            (self.0)(key, map.next_value()?);
        }
        Ok(())
    }
}

/// A string in which broken characters are replaced instead of refused: some
/// senders cut texts in the middle of an emoji.
pub(crate) struct Lenient<'a>(pub(crate) Cow<'a, str>);

impl<'de> Deserialize<'de> for Lenient<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_bytes(LenientVisitor)
    }
}

struct LenientVisitor;

impl<'de> Visitor<'de> for LenientVisitor {
    type Value = Lenient<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
        Ok(Lenient(Cow::Borrowed(text)))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Lenient(Cow::Owned(text.to_owned())))
    }

    fn visit_borrowed_bytes<E: Error>(self, bytes: &'de [u8]) -> Result<Self::Value, E> {
        Ok(Lenient(String::from_utf8_lossy(bytes)))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Self::Value, E> {
        Ok(Lenient(Cow::Owned(String::from_utf8_lossy(bytes).into_owned())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(json: &str) -> &RawValue {
        serde_json::from_str(json).expect("JSON")
    }

    #[test]
    fn texts_and_numbers_are_read_where_they_lie() {
        for (json, expected) in [
            ("\"u1\"", Some("u1")),
            ("\" u1 \"", Some("u1")),
            ("12345678901234567890", Some("12345678901234567890")),
            ("-1.5e3", Some("-1.5e3")),
            ("\"\"", None),
            ("null", None),
            ("true", None),
            ("[1]", None),
            ("\"a\\u0000b\"", Some("ab")),
            ("\"cut \\ud83d\"", Some("cut \u{fffd}\u{fffd}\u{fffd}")),
        ] {
            assert_eq!(text_or_number(raw(json)).as_deref(), expected, "{json}");
        }
        assert_eq!(number(raw("1e999")), None, "too large to be a number");
        assert_eq!(number(raw("\"2.5\"")), Some(2.5));
    }

    #[test]
    fn depth_is_counted_outside_strings() {
        let nested = |levels: usize| format!("{}1{}", "[".repeat(levels), "]".repeat(levels));
        assert!(!is_too_deep(&nested(MOST_LEVELS)));
        assert!(is_too_deep(&nested(MOST_LEVELS + 1)));
        assert!(!is_too_deep(&format!("[\"{}\"]", "[\\\"".repeat(200))));
        assert!(!is_too_deep(&"[],".repeat(500)));
    }

    #[test]
    fn entries_come_in_order_with_broken_keys_mended() {
        let mut seen = Vec::new();
        each_entry(r#"{"a":1,"b\ud800":{"c":[]},"a":2}"#, |key, raw| {
            seen.push(format!("{key}={}", raw.get()));
        })
        .expect("an object");
        assert_eq!(seen, ["a=1", "b\u{fffd}\u{fffd}\u{fffd}={\"c\":[]}", "a=2"]);
        assert!(each_entry("[1]", |_, _| {}).is_err());
    }
}
