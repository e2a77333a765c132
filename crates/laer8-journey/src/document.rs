//! Reading the crate's TOML documents, and what can be wrong with one.

use serde::de::DeserializeOwned;

/// The version of the documents that this program reads.
pub const SCHEMA: u32 = 1;

/// Why a document can't be used. Says where and what.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum DocumentError {
    /// It is not TOML, a key is unknown or missing, or a value has the wrong
    /// type. The detail names line and column.
    #[error("{document}: {detail}")]
    Syntax {
        /// Which document.
        document: &'static str,
        /// What the reader says, with the place.
        detail: String,
    },
    /// It was written for another version.
    #[error("{document}: schema {found} can't be read; this program reads schema {SCHEMA}")]
    Schema {
        /// Which document.
        document: &'static str,
        /// The version it says.
        found: u32,
    },
    /// A number lies outside its range.
    #[error("{document}: {place} is {value}; write a number from {least} to {most}")]
    OutOfRange {
        /// Which document.
        document: &'static str,
        /// The key, with its tables.
        place: String,
        /// What is written there.
        value: f64,
        /// The least that is allowed.
        least: f64,
        /// The most that is allowed.
        most: f64,
    },
    /// A list is empty that must not be.
    #[error("{document}: {place} is empty; write at least one entry")]
    Empty {
        /// Which document.
        document: &'static str,
        /// The key.
        place: String,
    },
    /// All weights are zero, so nothing would count.
    #[error("{document}: the weights in {place} add up to 0; give at least one of them a weight")]
    NoWeight {
        /// Which document.
        document: &'static str,
        /// The table.
        place: String,
    },
    /// A list must grow from entry to entry.
    #[error("{document}: {place} must grow from entry to entry")]
    NotAscending {
        /// Which document.
        document: &'static str,
        /// The key.
        place: String,
    },
}

/// Parses `text` as the document called `document`.
pub(crate) fn parse<T: DeserializeOwned>(document: &'static str, text: &str) -> Result<T, DocumentError> {
    toml::from_str(text)
        .map_err(|error| DocumentError::Syntax { document, detail: error.to_string().trim_end().to_owned() })
}

/// The checks of one document.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Checks {
    pub(crate) document: &'static str,
}

impl Checks {
    pub(crate) fn schema(self, found: u32) -> Result<(), DocumentError> {
        if found == SCHEMA { Ok(()) } else { Err(DocumentError::Schema { document: self.document, found }) }
    }

    /// Neither NaN nor infinity lies in any range.
    pub(crate) fn within(
        self,
        place: &str,
        value: impl Into<f64>,
        (least, most): (f64, f64),
    ) -> Result<(), DocumentError> {
        let value = value.into();
        if (least..=most).contains(&value) {
            return Ok(());
        }
        Err(DocumentError::OutOfRange {
            document: self.document,
            place: place.to_owned(),
            value,
            least,
            most,
        })
    }

    pub(crate) fn filled<T>(self, place: &str, list: &[T]) -> Result<(), DocumentError> {
        if list.is_empty() {
            return Err(DocumentError::Empty { document: self.document, place: place.to_owned() });
        }
        Ok(())
    }

    pub(crate) fn weights(self, place: &str, weights: &[(&str, f64)]) -> Result<(), DocumentError> {
        for (key, weight) in weights {
            self.within(&format!("{place}.{key}"), *weight, (0.0, 1_000.0))?;
        }
        if weights.iter().map(|(_, weight)| weight).sum::<f64>() <= 0.0 {
            return Err(DocumentError::NoWeight { document: self.document, place: place.to_owned() });
        }
        Ok(())
    }

    pub(crate) fn ascending(self, place: &str, list: &[u32]) -> Result<(), DocumentError> {
        if list.windows(2).all(|pair| pair[0] < pair[1]) {
            return Ok(());
        }
        Err(DocumentError::NotAscending { document: self.document, place: place.to_owned() })
    }
}
