//! Names of the things that Laer8 knows, by the keys that documents and the API
//! use for them.

use crate::words::Words;

/// A set of things with keys. The names are messages `set-key`, with hyphens
/// for underscores: `measure-usage-trend`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Term {
    /// What is measured for a health score, and the two percentages of the
    /// layer-8 matrix.
    Measure,
    /// Why a measure has no value.
    Missing,
    /// What a scorecard does about a measure without a value.
    MissingRule,
    /// A figure on the way to a value.
    Figure,
    /// A reading of a score.
    Band,
    /// Whose departure limits a score.
    Departure,
    /// A stage of the loop.
    Stage,
    /// Where an account stands: a stage, or what it is when it pays nothing.
    Standing,
    /// What the criteria of a stage count.
    Criterion,
    /// A field of the layer-8 matrix.
    Quadrant,
    /// A part of "works as promised".
    WorksPart,
    /// A part of "potential realised".
    PotentialPart,
    /// What potential is held against.
    Benchmark,
    /// How accounts moved through the loop.
    Flow,
    /// A change of recurring revenue.
    Movement,
    /// A figure of a revenue report: recurring revenue, retention, growth.
    Metric,
    /// A signal.
    Signal,
    /// What to do about a signal: one sentence.
    NextStep,
    /// How urgent a signal is.
    Severity,
    /// A segment that is shipped; others bring their own names.
    Segment,
    /// A built-in field of an account or facet of one; traits have the names
    /// that their source gave them.
    Field,
    /// A built-in field of a person.
    PersonField,
    /// What a row of a file is.
    Record,
    /// Why a row was refused.
    Refusal,
    /// What looks wrong in the data.
    Finding,
    /// A kind of facts that is tracked or not.
    Family,
    /// A field that a column of a file can fill.
    Target,
    /// A word of a closed set that a file can use.
    Choice,
}

impl Term {
    /// All sets.
    pub const ALL: [Self; 28] = [
        Self::Measure,
        Self::Missing,
        Self::MissingRule,
        Self::Figure,
        Self::Band,
        Self::Departure,
        Self::Stage,
        Self::Standing,
        Self::Criterion,
        Self::Quadrant,
        Self::WorksPart,
        Self::PotentialPart,
        Self::Benchmark,
        Self::Flow,
        Self::Movement,
        Self::Metric,
        Self::Signal,
        Self::NextStep,
        Self::Severity,
        Self::Segment,
        Self::Field,
        Self::PersonField,
        Self::Record,
        Self::Refusal,
        Self::Finding,
        Self::Family,
        Self::Target,
        Self::Choice,
    ];

    /// What the ids of its messages begin with.
    #[must_use]
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Measure => "measure",
            Self::Missing => "missing",
            Self::MissingRule => "missing-rule",
            Self::Figure => "figure",
            Self::Band => "band",
            Self::Departure => "departure",
            Self::Stage => "stage",
            Self::Standing => "standing",
            Self::Criterion => "criterion",
            Self::Quadrant => "quadrant",
            Self::WorksPart => "works-part",
            Self::PotentialPart => "potential-part",
            Self::Benchmark => "benchmark",
            Self::Flow => "flow",
            Self::Movement => "movement",
            Self::Metric => "metric",
            Self::Signal => "signal",
            Self::NextStep => "next-step",
            Self::Severity => "severity",
            Self::Segment => "segment",
            Self::Field => "field",
            Self::PersonField => "person-field",
            Self::Record => "record",
            Self::Refusal => "refusal",
            Self::Finding => "finding",
            Self::Family => "family",
            Self::Target => "target",
            Self::Choice => "choice",
        }
    }

    /// The id of the message that names `key`.
    #[must_use]
    pub fn id(self, key: &str) -> String {
        format!("{}-{}", self.prefix(), key.replace('_', "-"))
    }
}

impl Words {
    /// What people call the thing of that key; the key itself when it is none
    /// of the set. A trait's key is written as people write: `plan_tier` as
    /// "Plan tier".
    #[must_use]
    pub fn name(self, term: Term, key: &str) -> String {
        let own = || if term == Term::Field { spelt(key) } else { key.to_owned() };
        self.find(&term.id(key)).unwrap_or_else(own)
    }

    /// One sentence on what it is; nothing where its name says all.
    #[must_use]
    pub fn about(self, term: Term, key: &str) -> Option<String> {
        self.find(&format!("{}.about", term.id(key)))
    }
}

/// What people write in capitals, in both languages.
const SHORTENED: [&str; 13] =
    ["api", "arr", "cif", "crm", "csat", "erp", "id", "mrr", "nif", "nps", "sla", "url", "vat"];

/// A key in small letters as words that begin a line; any other as it is, for
/// whoever wrote it meant it so.
fn spelt(key: &str) -> String {
    let is_key = |letter: char| letter.is_lowercase() || letter.is_numeric() || letter == '_';
    let mut letters = key.chars();
    match letters.next() {
        Some(first) if key.chars().all(is_key) => {
            let begun: String = first.to_uppercase().chain(letters).collect();
            let word = |word: &str| {
                if SHORTENED.contains(&word.to_lowercase().as_str()) {
                    word.to_uppercase()
                } else {
                    word.to_owned()
                }
            };
            begun.split('_').map(word).collect::<Vec<_>>().join(" ")
        }
        _ => key.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    #[test]
    fn things_are_named_by_their_keys() {
        let words = Words::new(Language::En);
        assert_eq!(words.name(Term::Measure, "usage_trend"), "Usage against usual");
        assert_eq!(words.name(Term::Quadrant, "layer8_gap"), "Layer-8 gap");
        assert_eq!(words.name(Term::MissingRule, "worst"), "counts 0 points");
        let about = words.about(Term::Quadrant, "layer8_gap");
        assert_eq!(about.as_deref(), Some("It works as promised, and they do not use what they pay for."));
    }

    #[test]
    fn an_unknown_key_is_shown_as_it_is() {
        for language in Language::ALL {
            let words = Words::new(language);
            assert_eq!(words.name(Term::Field, "favourite.colour"), "favourite.colour");
            assert_eq!(words.name(Term::Segment, "pymes_españolas"), "pymes_españolas");
            assert_eq!(words.about(Term::Segment, "pymes_españolas"), None);
        }
    }

    #[test]
    fn every_standing_of_a_customer_is_called_as_its_stage() {
        for language in Language::ALL {
            let words = Words::new(language);
            for stage in ["land", "adopt", "expand", "renew"] {
                assert_eq!(words.name(Term::Standing, stage), words.name(Term::Stage, stage));
            }
        }
    }

    #[test]
    fn a_trait_is_written_as_people_write() {
        let words = Words::new(Language::En);
        assert_eq!(words.name(Term::Field, "plan_tier"), "Plan tier");
        assert_eq!(words.name(Term::Field, "crm_id"), "CRM ID");
        assert_eq!(words.name(Term::Field, "CRM-Id"), "CRM-Id", "somebody meant it so");
        assert_eq!(words.name(Term::Segment, "key_account"), "key_account");
    }
}
