//! What can be wrong with a mapping. Each message names the section and the
//! key, and says what to write.

use crate::{error::did_you_mean, formats::DateFormatError};
use std::fmt;

/// One fault of a mapping.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MappingError {
    /// Not TOML.
    #[error("the mapping is not valid TOML: {0}")]
    Syntax(String),
    /// A key that means nothing here.
    #[error("{section}: there is no key `{key}` here{}", did_you_mean(.nearest.as_deref()))]
    UnknownKey {
        /// Where.
        section: String,
        /// The key.
        key: String,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// A target field that this kind of record does not have.
    #[error("{section}: a record of kind `{record}` has no field `{field}`{}; its fields are: {fields}",
        did_you_mean(.nearest.as_deref()))]
    UnknownField {
        /// Where.
        section: String,
        /// The kind of record.
        record: &'static str,
        /// The field.
        field: String,
        /// The field that was probably meant.
        nearest: Option<String>,
        /// All fields of the kind.
        fields: String,
    },
    /// A key that must be there.
    #[error("{section}: `{key}` is missing; write {hint}")]
    MissingKey {
        /// Where.
        section: String,
        /// The key.
        key: String,
        /// What to write.
        hint: String,
    },
    /// A value of the wrong type.
    #[error("{section}: `{key}` must be {expected}")]
    WrongType {
        /// Where.
        section: String,
        /// The key.
        key: String,
        /// What it must be.
        expected: &'static str,
    },
    /// A value that is not one of the possible ones.
    #[error("{section}: `{key}` can't be `{value}`; write {expected}")]
    BadValue {
        /// Where.
        section: String,
        /// The key.
        key: String,
        /// What stands there.
        value: String,
        /// What could stand there.
        expected: String,
    },
    /// A date format that is none, or a list that contradicts itself.
    #[error("{section}: `dates`: {fault}")]
    BadDates {
        /// Where.
        section: String,
        /// What is wrong.
        fault: DateFormatError,
    },
    /// A question of a suggested mapping that nobody has answered.
    #[error("{section}: `{key}` is still in doubt; choose one of the values in the comment above it")]
    Undecided {
        /// Where.
        section: String,
        /// The key.
        key: String,
    },
}

/// Everything that is wrong with a mapping, in the order of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct MappingErrors(pub Vec<MappingError>);

impl fmt::Display for MappingErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, error) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str("\n")?;
            }
            error.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for MappingErrors {}
