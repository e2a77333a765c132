//! The languages that Laer8 speaks.

/// A language of people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English; also for those whose language is not spoken here.
    #[default]
    En,
    /// Spanish.
    Es,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 2] = [Self::En, Self::Es];

    /// The ISO 639 code, as in settings and addresses.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Es => "es",
        }
    }

    /// The language of that code; for settings, where another is an error.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.key().eq_ignore_ascii_case(key))
    }

    /// The language of a locale as the environment or a browser names it:
    /// `es`, `es-CL`, `es_MX.UTF-8`, `es:en`. English where it is `C`, `POSIX`,
    /// empty, or a language that is not spoken here.
    #[must_use]
    pub fn from_locale(locale: &str) -> Self {
        let primary = locale.trim().split(|letter: char| !letter.is_ascii_alphabetic()).next();
        primary.and_then(Self::from_key).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_of_a_locale_is_found() {
        for locale in ["es", "ES", "es-CL", "es_MX.UTF-8", "es_ES@euro", "es:en", " es_ES.UTF-8"] {
            assert_eq!(Language::from_locale(locale), Language::Es, "{locale}");
        }
        for locale in ["en", "en_GB.UTF-8", "C", "C.UTF-8", "POSIX", "", "de_DE.UTF-8", "est", "*", "日本"]
        {
            assert_eq!(Language::from_locale(locale), Language::En, "{locale}");
        }
    }

    #[test]
    fn a_setting_must_name_a_language() {
        assert_eq!(Language::from_key("ES"), Some(Language::Es));
        assert_eq!(Language::from_key("es_MX"), None);
        assert_eq!(Language::from_key("fr"), None);
    }
}
