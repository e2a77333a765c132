//! Words for true and false.

/// The words that a file writes for true and for false; upper and lower case
/// are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FlagWords {
    yes: Vec<String>,
    no: Vec<String>,
}

/// English and Spanish, and what databases and spreadsheets write.
impl Default for FlagWords {
    fn default() -> Self {
        Self::new(
            &["true", "yes", "y", "t", "1", "sí", "si", "verdadero"],
            &["false", "no", "n", "f", "0", "falso"],
        )
    }
}

impl FlagWords {
    /// From the words for true and for false.
    #[must_use]
    pub fn new<S: AsRef<str>>(yes: &[S], no: &[S]) -> Self {
        let lower = |words: &[S]| words.iter().map(|word| word.as_ref().to_lowercase()).collect();
        Self { yes: lower(yes), no: lower(no) }
    }

    /// With other words for true.
    #[must_use]
    pub fn with_true(self, words: &[String]) -> Self {
        Self { yes: words.iter().map(|word| word.to_lowercase()).collect(), ..self }
    }

    /// With other words for false.
    #[must_use]
    pub fn with_false(self, words: &[String]) -> Self {
        Self { no: words.iter().map(|word| word.to_lowercase()).collect(), ..self }
    }

    /// What `text` says; none when it is neither.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<bool> {
        let is_in = |words: &[String]| {
            words.iter().any(|word| {
                if text.is_ascii() { word.eq_ignore_ascii_case(text) } else { *word == text.to_lowercase() }
            })
        };
        if is_in(&self.yes) {
            return Some(true);
        }
        is_in(&self.no).then_some(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter_in_english_or_spanish() {
        let words = FlagWords::default();
        for text in ["TRUE", "Yes", "1", "Sí", "SÍ", "si"] {
            assert_eq!(words.read(text), Some(true), "{text}");
        }
        for text in ["FALSE", "no", "0", "Falso"] {
            assert_eq!(words.read(text), Some(false), "{text}");
        }
        assert_eq!(words.read("maybe"), None);
    }

    #[test]
    fn a_file_may_have_its_own_words() {
        let words = FlagWords::default().with_true(&["Aktiv".into()]).with_false(&["Ruhend".into()]);
        assert_eq!(words.read("aktiv"), Some(true));
        assert_eq!(words.read("RUHEND"), Some(false));
        assert_eq!(words.read("true"), None);
    }
}
