//! Rows that could not be understood, and why.

/// A row that was refused.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    /// The line of the file on which the row starts, counted from 1 with the
    /// header.
    pub row: u32,
    /// The column at fault, where it is one.
    pub column: Option<String>,
    /// Why.
    pub reason: RefusalReason,
    /// The row as it was read, field by field.
    pub raw: Vec<String>,
}

impl Refusal {
    /// The reason in words, with the column.
    #[must_use]
    pub fn message(&self) -> String {
        match &self.column {
            Some(column) => format!("{column}: {}", self.reason),
            None => self.reason.to_string(),
        }
    }
}

/// Why a row was refused.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum RefusalReason {
    /// More or fewer fields than the header names.
    #[error(
        "the row has {found} fields, the header {expected}; look for a stray or missing delimiter or quote"
    )]
    WrongFieldCount {
        /// Fields in the header.
        expected: usize,
        /// Fields in the row.
        found: usize,
    },
    /// A quote was opened and never closed, so the rest of the file became one
    /// field.
    #[error("a quote that opens in this row never closes; all lines after it were read as one field")]
    UnclosedQuote,
    /// Bytes that are no text in the encoding of the file.
    #[error("the row is not valid UTF-8; set `encoding = \"windows-1252\"` if the file is not UTF-8")]
    BadEncoding,
    /// A field that must have a value has none.
    #[error("`{field}` must have a value; fill it in, or give the field a `default`")]
    Missing {
        /// The target field.
        field: &'static str,
    },
    /// Neither an account nor anything that leads to one.
    #[error("the row names no account; fill in the account, subscription or person")]
    NoAccount,
    /// Not a date in any of the formats.
    #[error("`{text}` is not a date in the form {formats}")]
    NotADate {
        /// What stands there.
        text: String,
        /// The formats that were tried.
        formats: String,
    },
    /// A date that nobody can have meant.
    #[error(
        "`{text}` is a date outside the years 1900 to 2199; if it stands for no date, add it to `empty`, and if its year has two digits, use `%y`"
    )]
    UnlikelyDate {
        /// What stands there.
        text: String,
    },
    /// Not a number in the number format.
    #[error("`{text}` is not a number with decimal `{decimal}`{}", grouping_words(.grouping))]
    NotANumber {
        /// What stands there.
        text: String,
        /// The decimal mark.
        decimal: char,
        /// The mark between groups of digits, where there may be one.
        grouping: Option<char>,
    },
    /// A number where a whole one is needed.
    #[error("`{text}` is not a whole number")]
    NotWhole {
        /// What stands there.
        text: String,
    },
    /// A number outside what makes sense.
    #[error("`{text}` is not between {low} and {high}")]
    OutOfRange {
        /// What stands there.
        text: String,
        /// The least allowed.
        low: i64,
        /// The most allowed.
        high: i64,
    },
    /// An amount with more than four decimals.
    #[error("`{text}` has more than the four decimals that money is kept with")]
    TooPrecise {
        /// What stands there.
        text: String,
    },
    /// A number larger than can be kept.
    #[error("`{text}` is too large")]
    TooLarge {
        /// What stands there.
        text: String,
    },
    /// Neither true nor false.
    #[error("`{text}` is neither true nor false; add it to `true` or `false` of the mapping")]
    NotAFlag {
        /// What stands there.
        text: String,
    },
    /// Not a currency code.
    #[error("`{text}` is not a currency code such as EUR or USD")]
    NotACurrency {
        /// What stands there.
        text: String,
    },
    /// Not one of a closed set of words.
    #[error("`{text}` is not one of {allowed}; add it to `translate` of the field")]
    UnknownWord {
        /// What stands there.
        text: String,
        /// The words that are understood.
        allowed: String,
    },
}

fn grouping_words(grouping: &Option<char>) -> String {
    grouping.map(|mark| format!(" and grouping `{mark}`")).unwrap_or_default()
}

impl RefusalReason {
    /// The name in reports, in JSON and in translations.
    #[must_use]
    pub fn key(&self) -> &'static str {
        match self {
            Self::WrongFieldCount { .. } => "wrong_field_count",
            Self::UnclosedQuote => "unclosed_quote",
            Self::BadEncoding => "bad_encoding",
            Self::Missing { .. } => "missing",
            Self::NoAccount => "no_account",
            Self::NotADate { .. } => "not_a_date",
            Self::UnlikelyDate { .. } => "unlikely_date",
            Self::NotANumber { .. } => "not_a_number",
            Self::NotWhole { .. } => "not_whole",
            Self::OutOfRange { .. } => "out_of_range",
            Self::TooPrecise { .. } => "too_precise",
            Self::TooLarge { .. } => "too_large",
            Self::NotAFlag { .. } => "not_a_flag",
            Self::NotACurrency { .. } => "not_a_currency",
            Self::UnknownWord { .. } => "unknown_word",
        }
    }
}
