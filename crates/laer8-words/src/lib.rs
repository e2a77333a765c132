//! Everything that Laer8 says, in English and Spanish, and how each language
//! writes numbers, money and days.
//!
//! [`Words`] is all there is to hold: it is a language, costs nothing to copy,
//! and every text comes from it.
//!
//! ```
//! use laer8_words::{Arg, Language, Term, Words};
//!
//! let words = Words::new(Language::Es);
//! assert_eq!(words.name(Term::Stage, "renew"), "Renovación");
//! assert_eq!(words.percent(0.92, 0), "92\u{a0}%");
//! assert_eq!(words.say_with("accounts-count", &[("count", Arg::Count(12_480))]), "12.480 cuentas");
//! ```
//!
//! The messages are Fluent files, `locales/{en,es}/*.ftl`, one for each area;
//! they are part of the program. To say something new, write it into the file
//! of its area in both languages. The tests name what is missing, what differs
//! between the languages, and which key a caller misspells.
//!
//! Numbers, days and their names follow the Unicode CLDR, by ICU4X, with the
//! forms of British English for days ("1 Jul 2026"). Two things are ours:
//! negative numbers have a true minus sign (−), and what is undefined is "–".

mod countries;
mod days;
mod domain;
mod language;
mod locales;
mod messages;
mod money;
mod numbers;
mod quantities;
mod terms;
mod words;

pub use language::Language;
pub use messages::Arg;
pub use terms::Term;
pub use words::Words;

/// Stands for a number that is undefined, such as a ratio over zero.
pub const UNDEFINED: &str = "–";

/// A no-break space: between a number and what belongs to it.
const NO_BREAK: char = '\u{a0}';
/// The true minus sign, as wide as a plus and a digit.
const MINUS: char = '−';
