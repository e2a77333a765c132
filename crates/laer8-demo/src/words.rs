//! What is written: names, titles, subjects and comments, in English and in
//! Spanish. Both languages have the same fields, so neither lacks a text.

mod en;
mod es;

/// A line of business and what its companies call themselves.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Line {
    pub(crate) industry: &'static str,
    pub(crate) nouns: &'static [&'static str],
}

/// The parts that names are put together from.
#[derive(Debug)]
pub(crate) struct Lexicon {
    pub(crate) heads: &'static [&'static str],
    pub(crate) tails: &'static [&'static str],
    pub(crate) lines: &'static [Line],
    /// `Talleres Peñarrosa` rather than `Hollowmere Workshops`.
    pub(crate) noun_first: bool,
    pub(crate) first_names: &'static [&'static str],
    pub(crate) last_names: &'static [&'static str],
}

/// Texts by occasion. `{n}` and `{name}` stand for a number and a name.
#[derive(Debug)]
pub(crate) struct Words {
    // Job titles.
    pub(crate) champion_titles: &'static [&'static str],
    pub(crate) sponsor_titles: &'static [&'static str],
    pub(crate) decider_titles: &'static [&'static str],
    pub(crate) administrator_titles: &'static [&'static str],
    pub(crate) user_titles: &'static [&'static str],
    // Ticket subjects.
    pub(crate) questions: &'static [&'static str],
    pub(crate) problems: &'static [&'static str],
    // Survey comments.
    pub(crate) praise: &'static [&'static str],
    pub(crate) mixed: &'static [&'static str],
    pub(crate) complaints: &'static [&'static str],
    // Notes.
    pub(crate) discovery: &'static [&'static str],
    pub(crate) trial: &'static [&'static str],
    pub(crate) kickoff: &'static [&'static str],
    pub(crate) onboarding: &'static [&'static str],
    pub(crate) going_well: &'static [&'static str],
    pub(crate) little_use: &'static [&'static str],
    pub(crate) in_trouble: &'static [&'static str],
    pub(crate) no_answer: &'static [&'static str],
    pub(crate) champion_left: &'static [&'static str],
    pub(crate) new_champion: &'static [&'static str],
    pub(crate) expansion: &'static [&'static str],
    pub(crate) contraction: &'static [&'static str],
    pub(crate) renewal: &'static [&'static str],
    pub(crate) upgrade: &'static [&'static str],
    pub(crate) add_on: &'static [&'static str],
    pub(crate) wavering: &'static [&'static str],
    pub(crate) won_back: &'static [&'static str],
    pub(crate) notice: &'static [&'static str],
    pub(crate) came_back: &'static [&'static str],
    // Why they left, by reason, in the order of `decisions::Reason`.
    pub(crate) reasons: [&'static [&'static str]; 7],
}

/// The names of a language; English where it is not Spanish.
pub(crate) fn lexicon(language: &str) -> &'static Lexicon {
    if language == "es" { &es::LEXICON } else { &en::LEXICON }
}

/// The texts of a language; English where it is not Spanish.
pub(crate) fn words(language: &str) -> &'static Words {
    if language == "es" { &es::WORDS } else { &en::WORDS }
}
