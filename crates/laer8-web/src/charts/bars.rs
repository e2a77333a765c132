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

/// What a measure adds: a bar from `from` to `to` on a scale of 0 to 100.
pub(crate) fn contribution(from: f64, to: f64) -> String {
    let (x, width) = (from.min(to).clamp(0.0, 100.0), (to - from).abs().clamp(0.4, 100.0));
    let class = if to >= from { "up" } else { "down" };
    format!(
        r#"<svg class="bar" viewBox="0 0 100 14" preserveAspectRatio="none" aria-hidden="true"><path class="mid" d="M50 0V14"/><rect class="{class}" x="{x:.2}" y="1" width="{width:.2}" height="12"/></svg>"#
    )
}
