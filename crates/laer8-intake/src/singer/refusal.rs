//! Lines that could not be taken, and why.

use super::MOST_LINE_BYTES;

/// A line that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// Which line, from 1.
    pub line: u32,
    /// The stream that it names.
    pub stream: Option<String>,
    /// The path at fault, where it is one.
    pub column: Option<String>,
    /// Why.
    pub reason: RefusalReason,
    /// What the section that refused it would have read; none where the line
    /// did not get as far as a section.
    pub cells: Option<RefusedCells>,
    /// The line as it was read; `�` where it is no text. Of a line that is too
    /// long, the beginning.
    pub raw: String,
}

/// What stands in a record at the paths that a section reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedCells {
    /// The section of the mapping, from 0.
    pub section: usize,
    /// A text for each of [`super::Reader::columns`].
    pub cells: Vec<String>,
}

impl Refusal {
    /// The reason in words, with stream and path.
    #[must_use]
    pub fn message(&self) -> String {
        let place: Vec<&str> = self.stream.iter().chain(&self.column).map(String::as_str).collect();
        if place.is_empty() {
            self.reason.to_string()
        } else {
            format!("{}: {}", place.join(", "), self.reason)
        }
    }
}

/// Why a line was refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RefusalReason {
    /// Longer than any message should be.
    #[error("the line has {0} bytes; at most {MOST_LINE_BYTES} are read")]
    TooLong(usize),
    /// Bytes that are no text.
    #[error("the line is not valid UTF-8")]
    NotUtf8,
    /// Not a JSON object.
    #[error("the line is no message: {0}; a tap writes one JSON object a line, and its log elsewhere")]
    BadJson(String),
    /// An object that does not say what it is.
    #[error("the message has no `type`")]
    NoType,
    /// A message that needs a stream and names none.
    #[error("the message names no `stream`")]
    NoStream,
    /// A message without what it is about.
    #[error("the message has no `{0}`, or it is not an object")]
    NoContent(&'static str),
    /// A record before the schema of its stream.
    #[error("the record comes before the SCHEMA of its stream")]
    NoSchema,
    /// A record without a value by which it is known.
    #[error("the record has no value for its key `{0}`")]
    NoKey(String),
    /// A value of another type than the schema says.
    #[error("the value is not of the type that the schema says: {0}")]
    WrongType(String),
    /// A value that the mapping can't read.
    #[error(transparent)]
    Unreadable(#[from] crate::refusal::RefusalReason),
}

impl RefusalReason {
    /// The name in reports, in JSON and in translations.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::TooLong(_) => "too_long",
            Self::NotUtf8 => "not_utf8",
            Self::BadJson(_) => "bad_json",
            Self::NoType => "no_type",
            Self::NoStream => "no_stream",
            Self::NoContent(_) => "no_content",
            Self::NoSchema => "no_schema",
            Self::NoKey(_) => "no_key",
            Self::WrongType(_) => "wrong_type",
            Self::Unreadable(reason) => reason.key(),
        }
    }
}
