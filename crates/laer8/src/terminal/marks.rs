//! Health as a shape, a number and a word: never as a colour alone.

use super::{table::Cell, tone::Tone};
use laer8_words::{Term, Words};

/// The shape of a band.
pub(crate) fn mark(band: &str) -> char {
    match band {
        "healthy" => '●',
        "watch" => '◐',
        "at_risk" => '○',
        _ => '·',
    }
}

/// The tone of a band.
pub(crate) fn tone(band: &str) -> Tone {
    match band {
        "healthy" => Tone::Good,
        "watch" => Tone::Warning,
        "at_risk" => Tone::Bad,
        _ => Tone::Quiet,
    }
}

/// "● Healthy".
pub(crate) fn band(words: Words, band: &str) -> String {
    format!("{} {}", mark(band), words.name(Term::Band, band))
}

/// "● 82", "· –".
pub(crate) fn score(words: Words, band: &str, score: Option<f64>) -> Cell {
    let score = words.score(score);
    Cell::new(format!("{} {score:>3}", mark(band)), tone(band))
}

/// A change of points: gains and losses differ in sign and colour; what rounds
/// to nothing is quiet.
pub(crate) fn change(words: Words, points: Option<f64>) -> Cell {
    let tone = match points {
        Some(points) if points >= 0.5 => Tone::Good,
        Some(points) if points <= -0.5 => Tone::Bad,
        _ => Tone::Quiet,
    };
    Cell::new(words.points(points, 0), tone)
}
