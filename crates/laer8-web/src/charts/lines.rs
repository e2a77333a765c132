//! Lines over time.

use super::{axis, escaped};
use std::fmt::Write as _;

/// A line of a chart.
pub(crate) struct Line {
    pub(crate) name: String,
    /// Its class: the same thing has the same colour everywhere.
    pub(crate) class: &'static str,
    /// A value for each place on the axis; none leaves a gap.
    pub(crate) values: Vec<Option<f64>>,
}

/// How large a picture is, and how much it can say below.
struct Layout {
    class: &'static str,
    width: f64,
    height: f64,
    /// Room for what stands at the axis.
    left: f64,
    /// Labels below, at most.
    labels: usize,
}

const WIDE: Layout = Layout { class: "chart broad", width: 720.0, height: 240.0, left: 60.0, labels: 8 };
/// On a phone: words as large as the rest of the page.
const NARROW: Layout = Layout { class: "chart slim", width: 360.0, height: 210.0, left: 52.0, labels: 3 };
/// Room for what stands at the ends of the lines, beside a letter each.
const RIGHT: f64 = 24.0;
const LETTER: f64 = 7.2;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;

/// Lines over `labels`, each named at its end: a picture for wide windows and
/// one for narrow ones; the style sheet shows one of them.
pub(crate) fn lines(
    title: &str,
    labels: &[String],
    lines: &[Line],
    range: Option<(f64, f64)>,
    write: &dyn Fn(f64) -> String,
) -> String {
    [WIDE, NARROW].map(|layout| draw(&layout, title, labels, lines, range, write)).concat()
}

fn draw(
    layout: &Layout,
    title: &str,
    labels: &[String],
    lines: &[Line],
    range: Option<(f64, f64)>,
    write: &dyn Fn(f64) -> String,
) -> String {
    let Layout { class, width, height, left, labels: most_labels } = *layout;
    let values = || lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let most = values().fold(0.0, f64::max);
    let (least, end, step) = match range {
        Some((least, end)) => (least, end, (end - least) / 4.0),
        None => {
            let (end, step) = axis(most);
            (0.0, end, step)
        }
    };
    let longest = lines.iter().filter_map(|line| {
        let last = line.values.iter().rev().find_map(|value| *value)?;
        Some(line.name.chars().count() + write(last).chars().count() + 1)
    });
    #[expect(clippy::cast_precision_loss, reason = "letters of a name")]
    let right = width - RIGHT - LETTER * longest.max().unwrap_or(0) as f64;
    let x = |position: usize| left + (right - left) * fraction(position, labels.len());
    let y = |value: f64| {
        height - BOTTOM - (height - TOP - BOTTOM) * ((value - least) / (end - least)).clamp(0.0, 1.0)
    };
    let mut svg = format!(
        r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="img" aria-label="{}"><g class="ax">"#,
        escaped(title)
    );
    let mut value = least;
    while value <= end + step / 2.0 {
        let at = y(value);
        let text = escaped(&write(value));
        let _ = write!(
            svg,
            r#"<path d="M{left} {at:.1}H{:.1}"/><text x="{:.1}" y="{:.1}" text-anchor="end">{text}</text>"#,
            right,
            left - 8.0,
            at + 4.0
        );
        value += step;
    }
    let every = every(labels, right - left).max(labels.len().div_ceil(most_labels));
    for (position, label) in labels.iter().enumerate().rev().step_by(every) {
        let _ = write!(
            svg,
            r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
            x(position),
            height - 6.0,
            escaped(label)
        );
    }
    svg.push_str("</g>");
    let mut ends: Vec<(f64, String)> = Vec::new();
    for line in lines {
        let mut path = String::new();
        let mut pen_down = false;
        for (position, value) in line.values.iter().enumerate() {
            let Some(value) = value else {
                pen_down = false;
                continue;
            };
            let letter = if pen_down { 'L' } else { 'M' };
            let _ = write!(path, "{letter}{:.1} {:.1}", x(position), y(*value));
            pen_down = true;
        }
        let _ = write!(svg, r#"<path class="line {}" d="{path}"/>"#, line.class);
        if let Some((position, value)) =
            line.values.iter().enumerate().rev().find_map(|(at, v)| Some((at, (*v)?)))
        {
            let _ = write!(
                svg,
                r#"<circle class="dot {}" cx="{:.1}" cy="{:.1}" r="3"/>"#,
                line.class,
                x(position),
                y(value)
            );
            let text =
                format!(r#"class="name {}">{} {}"#, line.class, escaped(&line.name), escaped(&write(value)));
            ends.push((y(value), text));
        }
    }
    names(&mut svg, ends, right + 9.0);
    svg + "</svg>"
}

/// Of how many labels one is written, so that they stay apart in the larger
/// letters of a phone and of paper too.
fn every(labels: &[String], room: f64) -> usize {
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "letters of a label")]
    let width = LETTER * 1.4 * longest as f64 + 12.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of labels")]
    let fitting = (room / width).floor().max(1.0) as usize;
    labels.len().div_ceil(fitting).max(1)
}

/// The names at the ends of the lines, moved apart where they would touch.
fn names(svg: &mut String, mut ends: Vec<(f64, String)>, x: f64) {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::NEG_INFINITY;
    for (y, text) in ends {
        let at = (y + 4.0).max(last + 15.0);
        last = at;
        let _ = write!(svg, r#"<text x="{x:.1}" y="{at:.1}" {text}</text>"#);
    }
}

/// A place between 0 and 1.
fn fraction(position: usize, count: usize) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "places on an axis")]
    let fraction = position as f64 / (count.max(2) - 1) as f64;
    fraction
}

/// A line without axes, for small multiples.
pub(crate) fn sparkline(values: &[i64]) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a picture")]
    let values: Vec<f64> = values.iter().map(|value| *value as f64).collect();
    let most = values.iter().copied().fold(1.0, f64::max);
    let mut points = String::new();
    for (position, value) in values.iter().enumerate() {
        let (x, y) = (120.0 * fraction(position, values.len()), 33.0 - 31.0 * (value.max(0.0) / most));
        let _ = write!(points, "{x:.1},{y:.1} ");
    }
    format!(
        r#"<svg viewBox="0 0 120 34" preserveAspectRatio="none" aria-hidden="true"><polyline points="{}"/></svg>"#,
        points.trim_end()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_left_out_where_they_would_touch() {
        let months = |count| vec!["Nov 2025".to_owned(); count];
        assert_eq!(every(&months(4), 600.0), 1);
        assert_eq!(every(&months(13), 600.0), 3);
        assert_eq!(every(&months(13), 10.0), 13, "one is always written");
        assert_eq!(every(&[], 600.0), 1);
    }
}
