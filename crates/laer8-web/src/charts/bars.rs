//! Bars in rows of tables.

use std::fmt::Write as _;

/// A part of a bar: its share of the whole and its class.
pub(crate) struct Bar {
    pub(crate) share: f64,
    pub(crate) class: &'static str,
}

/// A bar in parts.
pub(crate) fn share(parts: &[Bar]) -> String {
    let mut svg = String::from(
        r#"<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">"#,
    );
    let mut x = 0.0;
    for part in parts.iter().filter(|part| part.share > 0.0) {
        let width = part.share * 100.0;
        let _ =
            write!(svg, r#"<rect class="{}" x="{x:.2}" y="0" width="{width:.2}" height="8"/>"#, part.class);
        x += width;
    }
    svg + "</svg>"
}

/// The part of the scale of 0 to 100 on which bars of contributions are drawn.
#[derive(Clone, Copy)]
pub(crate) struct Span {
    least: f64,
    most: f64,
}

/// What is neutral: a score is this and what the measures add.
const NEUTRAL: f64 = 50.0;
/// No narrower: points that hardly matter would look large.
const NARROWEST: f64 = 24.0;

impl Span {
    /// Around all of `places`, what is neutral among them.
    pub(crate) fn around(places: impl Iterator<Item = f64>) -> Self {
        let (least, most) =
            places.fold((NEUTRAL, NEUTRAL), |(least, most), place| (place.min(least), place.max(most)));
        let room = ((NARROWEST - (most - least)) / 2.0).max(1.0);
        Self { least: least - room, most: most + room }
    }

    fn at(self, place: f64) -> f64 {
        100.0 * ((place - self.least) / (self.most - self.least)).clamp(0.0, 1.0)
    }
}

/// What a measure adds: a bar from `from` to `to`, beside what is neutral.
pub(crate) fn contribution(span: Span, from: f64, to: f64) -> String {
    let (left, right) = (span.at(from.min(to)), span.at(from.max(to)));
    let (neutral, width) = (span.at(NEUTRAL), (right - left).max(0.4));
    let class = if to >= from { "up" } else { "down" };
    format!(
        r#"<svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"><path class="mid" d="M{neutral:.2} 0V14"/><rect class="{class}" x="{left:.2}" y="1" width="{width:.2}" height="12"/></svg>"#
    )
}

/// What the score comes to: a bar from what is neutral to it.
pub(crate) fn total(span: Span, score: f64) -> String {
    contribution(span, NEUTRAL, score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_fill_the_width_that_they_need() {
        let span = Span::around([50.0, 80.0, 70.0].into_iter());
        assert!((span.at(80.0) - span.at(50.0)) > 90.0, "thirty points are nearly all of it");
        let span = Span::around([50.0, 51.0].into_iter());
        assert!((span.at(51.0) - span.at(50.0)) < 5.0, "a point is little");
        assert!((span.at(50.5) - 50.0).abs() < 1e-9, "in the middle");
    }
}
