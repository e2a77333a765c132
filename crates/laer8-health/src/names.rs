//! What people call a thing, in both languages.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A name in English and Spanish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Name {
    /// English.
    pub en: String,
    /// Spanish.
    pub es: String,
}

impl Name {
    /// In `language`, an ISO 639 code such as `es` or `es-CL`; in English
    /// where there is no such translation.
    #[must_use]
    pub fn in_language(&self, language: &str) -> &str {
        let primary = language.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("es") { &self.es } else { &self.en }
    }

    /// Whether one of the languages is left out.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.en.trim().is_empty() || self.es.trim().is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_regional_language_finds_its_translation() {
        let name = Name { en: "Adoption".into(), es: "Adopción".into() };
        assert_eq!(name.in_language("es-CL"), "Adopción");
        assert_eq!(name.in_language("de"), "Adoption");
    }
}
