//! What went wrong, in the reader's language.

use laer8_app::{AppError, EditFault, UserFault};
use laer8_store::StoreError;
use laer8_words::{Arg, Words};

/// An error as a sentence; none for those that are said in English only (what
/// is wrong inside a document that somebody wrote, and the like).
#[must_use]
pub fn error(words: Words, error: &AppError) -> Option<String> {
    Some(match error {
        AppError::Empty => words.say("workspace-empty"),
        AppError::Forbidden { actual, .. } => {
            let role = words.user_role(*actual).to_lowercase();
            words.say_with("error-no-permission", &[("role", Arg::Text(&role))])
        }
        AppError::WrongPassword => words.say("error-wrong-password"),
        AppError::Stale => words.say("error-stale-link"),
        AppError::TooMany { seconds } => words
            .say_with("error-too-many", &[("seconds", Arg::Count(i64::try_from(*seconds).unwrap_or(60)))]),
        AppError::User(fault) => user(words, fault),
        AppError::Edit(fault) => edit(words, fault),
        AppError::Conflict => words.say("error-conflict"),
        AppError::NotFound { kind: "account", name, hint } => match hint.split('"').nth(1) {
            Some(near) => words.say_with(
                "error-no-such-account-near",
                &[("account", Arg::Text(name)), ("near", Arg::Text(near))],
            ),
            None => words.say_with("error-no-such-account", &[("account", Arg::Text(name))]),
        },
        AppError::NotFound { kind: "field" | "field or trait", name, hint } => {
            match hint.split_once("there are ") {
                Some((_, known)) => words.say_with(
                    "error-no-such-field-known",
                    &[("field", Arg::Text(name)), ("known", Arg::Text(known))],
                ),
                None => words.say_with("error-no-such-field", &[("field", Arg::Text(name))]),
            }
        }
        AppError::Ambiguous { name, candidates } => words.say_with(
            "error-several-accounts",
            &[("account", Arg::Text(name)), ("candidates", Arg::Text(candidates))],
        ),
        AppError::TooEarly { day, first } => words.say_with(
            "error-too-early",
            &[("day", Arg::Text(&words.day(*day))), ("first", Arg::Text(&words.day(*first)))],
        ),
        AppError::Store(StoreError::Busy) => words.say("error-database-busy"),
        AppError::Store(StoreError::Full) => words.say("error-disk-full"),
        AppError::Store(StoreError::Open { url, .. }) => {
            words.say_with("error-database-open", &[("url", Arg::Text(url))])
        }
        _ => return None,
    })
}

fn user(words: Words, fault: &UserFault) -> String {
    match fault {
        UserFault::NoAddress(text) => words.say_with("error-no-address", &[("text", Arg::Text(text))]),
        UserFault::Taken(email) => words.say_with("error-user-taken", &[("email", Arg::Text(email))]),
        UserFault::NoName => words.say("error-no-name"),
        UserFault::LastAdmin(email) => words.say_with("error-last-admin", &[("email", Arg::Text(email))]),
        UserFault::ShortPassword => {
            let least = laer8_domain::users::PASSWORD_LEAST;
            words.say_with("error-password-short", &[("least", Arg::from(least))])
        }
        UserFault::LongPassword => words.say("error-password-long"),
        UserFault::PasswordIsAddress => words.say("error-password-address"),
        UserFault::PasswordsDiffer => words.say("error-passwords-differ"),
    }
}

fn edit(words: Words, fault: &EditFault) -> String {
    match fault {
        EditFault::Empty => words.say("error-edit-empty"),
        EditFault::Long => words.say("error-edit-long"),
        EditFault::Future(today) => {
            words.say_with("error-edit-future", &[("day", Arg::Text(&words.day(*today)))])
        }
        EditFault::Kind => words.say("error-edit-kind"),
        EditFault::Pulse => words.say("error-edit-pulse"),
        EditFault::Owner => words.say("error-edit-owner"),
        EditFault::Imported => words.say("error-edit-imported"),
    }
}
