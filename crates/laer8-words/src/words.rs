//! The one who speaks.

use crate::{
    language::Language,
    messages::{Arg, message},
};

/// Speaks a language.
///
/// Its methods are spread over this crate by what they are about: messages
/// here, names of things, numbers, money, days and quantities in their own
/// files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Words {
    language: Language,
}

impl Words {
    /// In `language`.
    #[must_use]
    pub const fn new(language: Language) -> Self {
        Self { language }
    }

    /// The language spoken.
    #[must_use]
    pub const fn language(self) -> Language {
        self.language
    }

    /// The message of that key; `message.attribute` is an attribute of one.
    ///
    /// A key that does not exist comes back as it is, so that it is seen and
    /// nothing breaks.
    #[must_use]
    pub fn say(self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The message of that key with what it leaves open filled in. An argument
    /// that the message does not name is ignored; without one that it names, the
    /// key comes back.
    #[must_use]
    pub fn say_with(self, key: &str, args: &[(&str, Arg<'_>)]) -> String {
        message(self.language, key, args).unwrap_or_else(|| key.to_owned())
    }

    /// The message of that key, if there is one and it leaves nothing open.
    pub(crate) fn find(self, key: &str) -> Option<String> {
        message(self.language, key, &[])
    }

    /// "Yes" or "No".
    #[must_use]
    pub fn yes_or_no(self, yes: bool) -> String {
        self.say(if yes { "yes" } else { "no" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_count_is_written_and_agreed_with() {
        let said = |language, count| {
            Words::new(language).say_with("accounts-count", &[("count", Arg::Count(count))])
        };
        assert_eq!(said(Language::En, 1), "1 account");
        assert_eq!(said(Language::En, 12_480), "12,480 accounts");
        assert_eq!(said(Language::Es, 1), "1 cuenta");
        assert_eq!(said(Language::Es, 0), "0 cuentas");
        assert_eq!(said(Language::Es, 12_480), "12.480 cuentas");
        // Spanish has a plural of its own for millions; nobody may fall into it.
        assert_eq!(said(Language::Es, 2_000_000), "2.000.000 cuentas");
    }

    #[test]
    fn what_is_put_in_stands_there_without_marks() {
        let args = [("account", Arg::from("Nordkap Group"))];
        assert_eq!(
            Words::new(Language::En).say_with("error-no-such-account", &args),
            "There is no account “Nordkap Group”."
        );
    }

    #[test]
    fn a_key_without_a_message_is_seen() {
        for language in Language::ALL {
            assert_eq!(Words::new(language).say("no-such-message"), "no-such-message");
            assert_eq!(Words::new(language).say("not an id"), "not an id");
            assert_eq!(Words::new(language).say("accounts-count"), "accounts-count");
        }
    }
}
