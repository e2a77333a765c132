//! What accounts and people are called. Every name is put together from
//! parts, so none is meant to be anybody's.

use crate::{
    dice::{Area, Dice},
    profile::Profile,
    words::{Lexicon, Line, lexicon},
};

/// The names around an account.
#[derive(Debug, Clone)]
pub(crate) struct Names {
    pub(crate) account: String,
    pub(crate) industry: &'static str,
    /// For e-mail addresses; ends in `.example`, which nobody can register.
    pub(crate) domain: String,
}

impl Names {
    pub(crate) fn of(seed: u64, profile: &Profile) -> Self {
        let (account, industry) = match profile.parent {
            Some((parent, place)) => {
                let head = Profile::language_of(seed, parent);
                let (name, industry) = company(seed, parent, lexicon(head));
                (format!("{name} {}", PARTS[place % PARTS.len()]), industry)
            }
            None => company(seed, profile.number, lexicon(profile.country.language)),
        };
        let domain = format!("{}.example", slug(&account, "-"));
        Self { account, industry, domain }
    }
}

/// What the parts of a group are called after their head.
const PARTS: [&str; 4] = ["Iberia", "Nordic", "Services", "Maritime"];

/// A company's name and industry. Numbers map to names one to one until the
/// combinations run out; then a numeral is added.
fn company(seed: u64, number: u32, lexicon: &Lexicon) -> (String, &'static str) {
    let nouns: Vec<(&str, &Line)> =
        lexicon.lines.iter().flat_map(|line| line.nouns.iter().map(move |noun| (*noun, line))).collect();
    let (heads, tails) = (lexicon.heads.len() as u64, lexicon.tails.len() as u64);
    let stems = heads * tails;
    let total = stems * nouns.len() as u64;
    // A stride without a common factor visits every combination once.
    let stride = (total * 61 / 100..).find(|stride| gcd(*stride, total) == 1).unwrap_or(1);
    let offset = Dice::of(seed, 0, Area::People).whole(0, total as i64 - 1).unsigned_abs();
    let index = (offset + u64::from(number) * stride) % total;
    let (noun, line) = nouns[(index / stems) as usize];
    let head = lexicon.heads[(index % heads) as usize];
    let tail = lexicon.tails[((index % stems) / heads) as usize];
    let round = u64::from(number) / total;
    let numeral = if round == 0 { String::new() } else { format!(" {}", round + 1) };
    let stem = format!("{head}{tail}");
    let name = if lexicon.noun_first {
        format!("{noun} {stem}{numeral}")
    } else {
        format!("{stem} {noun}{numeral}")
    };
    (name, line.industry)
}

fn gcd(a: u64, b: u64) -> u64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// A person's full name.
pub(crate) fn person(language: &str, dice: &mut Dice) -> String {
    let lexicon = lexicon(language);
    let first = dice.pick(lexicon.first_names);
    let last = dice.pick(lexicon.last_names);
    if lexicon.noun_first && dice.chance(0.4) {
        return format!("{first} {last} {}", dice.pick(lexicon.last_names));
    }
    format!("{first} {last}")
}

/// Small letters and digits of `text` without accents, words joined by `join`.
pub(crate) fn slug(text: &str, join: &str) -> String {
    let plain: String = text.to_lowercase().chars().map(unaccented).collect();
    let words = plain.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(join)
}

fn unaccented(letter: char) -> char {
    match letter {
        'á' | 'à' | 'ä' => 'a',
        'é' | 'è' => 'e',
        'í' => 'i',
        'ó' | 'ö' => 'o',
        'ú' | 'ü' => 'u',
        'ñ' => 'n',
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn no_two_companies_are_called_the_same() {
        for language in ["en", "es"] {
            let names: HashSet<String> =
                (1..=5_000).map(|number| company(8, number, lexicon(language)).0).collect();
            assert_eq!(names.len(), 5_000);
        }
    }

    #[test]
    fn a_slug_is_fit_for_an_address() {
        assert_eq!(slug("Logística Peñarrosa, S.L.", "-"), "logistica-penarrosa-s-l");
        assert_eq!(slug("Inés Quiroga", "."), "ines.quiroga");
    }
}
