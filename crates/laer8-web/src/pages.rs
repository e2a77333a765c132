//! The pages: each calls a use case, says what it found, and fills a template.

pub(crate) mod account;
pub(crate) mod accounts;
pub(crate) mod documents;
pub(crate) mod door;
pub(crate) mod health;
pub(crate) mod identity;
pub(crate) mod imports;
pub(crate) mod journey;
mod pager;
pub(crate) mod quarantine;
pub(crate) mod revenue;
pub(crate) mod scorecard;
pub(crate) mod scorecards;
pub(crate) mod search;
pub(crate) mod settings;
pub(crate) mod sources;
pub(crate) mod today;
pub(crate) mod wizard;

use crate::{error::Trouble, request::Asked};
use askama::Template;
use axum::{
    http::StatusCode,
    response::{Html, IntoResponse, Response},
};
use laer8_app::AccountRow;
use laer8_words::{Term, Words};

/// The health of an account: a number, a word and a shape, never colour alone.
pub(crate) struct Health {
    pub(crate) class: &'static str,
    pub(crate) score: String,
    pub(crate) band: String,
    pub(crate) mark: char,
}

impl Health {
    pub(crate) fn new(words: Words, band: &'static str, score: Option<f64>) -> Self {
        Self {
            class: band_class(band),
            score: words.score(score),
            band: words.name(Term::Band, band),
            mark: match band {
                "healthy" => '●',
                "watch" => '◐',
                "at_risk" => '○',
                _ => '·',
            },
        }
    }

    pub(crate) fn of(words: Words, row: &AccountRow) -> Self {
        Self::new(words, row.band, row.score)
    }
}

/// Whether something grew or shrank, as it is written with one decimal of a
/// percent; none where it stayed as it was.
pub(crate) fn direction(ratio: f64) -> Option<bool> {
    (ratio.abs() >= 0.0005).then_some(ratio > 0.0)
}

/// The class of a band in the style sheet.
pub(crate) fn band_class(band: &str) -> &'static str {
    match band {
        "healthy" => "healthy",
        "watch" => "watch",
        "at_risk" => "risk",
        _ => "nodata",
    }
}

/// A change with its direction.
pub(crate) struct Change {
    pub(crate) class: &'static str,
    pub(crate) text: String,
}

impl Change {
    /// Of points of a score; what rounds to nothing has no direction.
    pub(crate) fn of_points(words: Words, points: Option<f64>, decimals: u8) -> Self {
        let least = 0.5 / 10_f64.powi(i32::from(decimals));
        let class = match points {
            Some(points) if points >= least => "t-healthy",
            Some(points) if points <= -least => "t-risk",
            _ => "quiet",
        };
        Self { class, text: words.points(points, decimals) }
    }

    /// Of a ratio.
    pub(crate) fn of_ratio(words: Words, ratio: Option<f64>, decimals: u8) -> Self {
        // What rounds to nothing has no direction.
        let least = 0.5 / 10_f64.powi(i32::from(decimals) + 2);
        let class = match ratio {
            Some(ratio) if ratio >= least => "t-healthy",
            Some(ratio) if ratio <= -least => "t-risk",
            _ => "quiet",
        };
        Self { class, text: words.signed_percent(ratio, decimals) }
    }
}

/// Initials of somebody.
pub(crate) fn initials(name: &str) -> String {
    name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect::<String>().to_uppercase()
}

/// A whole number as words count it.
pub(crate) fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

/// The page, or what went wrong.
pub(crate) fn shown(asked: &Asked, page: &impl Template) -> Result<Response, Trouble> {
    shown_as(asked, StatusCode::OK, page)
}

/// The page with another status than that all is well, or what went wrong.
pub(crate) fn shown_as(asked: &Asked, status: StatusCode, page: &impl Template) -> Result<Response, Trouble> {
    match page.render() {
        Ok(html) => Ok((status, Html(html)).into_response()),
        Err(error) => {
            tracing::error!(%error, path = asked.path, "a page can't be drawn");
            Err(Trouble::bad(asked.clone(), asked.words.say("web-error-server-said")))
        }
    }
}

/// Somebody as a list has room for: of an address, what stands before the @,
/// as a name where it is made of names.
pub(crate) fn short_name(owner: &str) -> String {
    let Some((local, _)) = owner.split_once('@') else { return owner.to_owned() };
    let parts: Vec<&str> = local.split('.').collect();
    let is_name = |part: &&str| part.chars().count() > 1 && part.chars().all(char::is_alphabetic);
    if parts.len() < 2 || !parts.iter().all(is_name) {
        return local.to_owned();
    }
    let upper = |part: &&str| {
        let mut letters = part.chars();
        letters
            .next()
            .map(|first| first.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    parts.iter().map(upper).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::short_name;

    #[test]
    fn an_address_that_is_made_of_names_is_a_name() {
        assert_eq!(short_name("ana.silva@example.com"), "Ana Silva");
        assert_eq!(short_name("ana@example.com"), "ana");
        assert_eq!(short_name("team.7@example.com"), "team.7");
        assert_eq!(short_name("j.doe@example.com"), "j.doe");
        assert_eq!(short_name("Ana Silva"), "Ana Silva");
    }
}
