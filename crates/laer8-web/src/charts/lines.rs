//! Lines over time.

use super::{axis, escaped};
use std::{fmt::Write as _, ops::Range};

/// A place on the axis of a chart.
pub(crate) struct Place {
    /// What stands under the axis, where there is room.
    pub(crate) tick: String,
    /// What it is called when somebody points at it.
    pub(crate) said: String,
}

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
    /// Labels below, at most.
    labels: usize,
    /// How wide a letter of what is written is, about.
    letter: f64,
}

const WIDE: Layout = Layout { class: "chart broad", width: 720.0, height: 240.0, labels: 8, letter: 7.2 };
/// On a phone: words as large as the rest of the page.
const NARROW: Layout = Layout { class: "chart slim", width: 360.0, height: 210.0, labels: 3, letter: 6.8 };
/// Room for what stands at the ends of the lines, beside its letters.
const RIGHT: f64 = 24.0;
const TOP: f64 = 14.0;
const BOTTOM: f64 = 26.0;

/// Lines over `places`, each named at its end: a picture for wide windows and
/// one for narrow ones; the style sheet shows one of them.
pub(crate) fn lines(
    title: &str,
    places: &[Place],
    lines: &[Line],
    range: Option<(f64, f64)>,
    write: &dyn Fn(f64) -> String,
) -> String {
    [WIDE, NARROW].map(|layout| draw(&layout, title, places, lines, range, write)).concat()
}

fn draw(
    layout: &Layout,
    title: &str,
    places: &[Place],
    lines: &[Line],
    range: Option<(f64, f64)>,
    write: &dyn Fn(f64) -> String,
) -> String {
    let Layout { class, width, height, labels: most_labels, letter } = *layout;
    let values = || lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let most = values().fold(0.0, f64::max);
    let (least, end, step) = match range {
        Some((least, end)) => (least, end, (end - least) / 4.0),
        None => {
            let (end, step) = axis(most);
            (0.0, end, step)
        }
    };
    let ticks = ticks(least, end, step, write);
    let left = 20.0 + letter * widest(ticks.iter().map(|(_, text)| text));
    let longest = lines.iter().filter_map(|line| {
        let last = line.values.iter().rev().find_map(|value| *value)?;
        Some(line.name.chars().count() + write(last).chars().count() + 1)
    });
    #[expect(clippy::cast_precision_loss, reason = "letters of a name")]
    let right = width - RIGHT - letter * longest.max().unwrap_or(0) as f64;
    let x = |position: usize| left + (right - left) * fraction(position, places.len());
    let y = |value: f64| {
        height - BOTTOM - (height - TOP - BOTTOM) * ((value - least) / (end - least)).clamp(0.0, 1.0)
    };
    let mut svg = format!(
        r#"<svg class="{class}" viewBox="0 0 {width} {height}" role="img" aria-label="{}"><g class="ax">"#,
        escaped(title)
    );
    for (value, text) in &ticks {
        let (at, text) = (y(*value), escaped(text));
        let _ = write!(
            svg,
            r#"<path d="M{left} {at:.1}H{:.1}"/><text x="{:.1}" y="{:.1}" text-anchor="end">{text}</text>"#,
            right,
            left - 8.0,
            at + 4.0
        );
    }
    let every = every(places, letter, right - left).max(places.len().div_ceil(most_labels));
    for (position, place) in places.iter().enumerate().rev().step_by(every) {
        let _ = write!(
            svg,
            r#"<text x="{:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
            x(position),
            height - 6.0,
            escaped(&place.tick)
        );
    }
    svg.push_str("</g>");
    let mut ends: Vec<(f64, f64, String)> = Vec::new();
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
            // A line that breaks off is named where it does.
            let named_at = x(position).min(right) + 9.0;
            ends.push((y(value), named_at, text));
        }
    }
    names(&mut svg, ends);
    let marks: Vec<(f64, String)> = places
        .iter()
        .enumerate()
        .map(|(position, place)| (x(position), at_place(place, lines, position, write)))
        .collect();
    readings(&mut svg, &marks, (left, right), (TOP, height - TOP - BOTTOM));
    svg + "</svg>"
}

/// What stands at the axis, with no more decimals than tell the steps apart:
/// "€5M", "€10M".
fn ticks(least: f64, end: f64, step: f64, write: &dyn Fn(f64) -> String) -> Vec<(f64, String)> {
    let values = std::iter::successors(Some(least), |value| Some(value + step));
    let mut ticks: Vec<(f64, String)> =
        values.take_while(|value| *value <= end + step / 2.0).map(|value| (value, write(value))).collect();
    let needed = ticks.iter().filter_map(|(_, text)| text.get(decimals(text)?));
    let needed = needed.map(|digits| digits.trim_end_matches('0').len()).max().unwrap_or(0);
    for (_, text) in &mut ticks {
        let Some(Range { start, end }) = decimals(text) else { continue };
        // Without any, the point goes too.
        let cut = if needed == 0 { start - 1 } else { end.min(start + needed) };
        text.replace_range(cut..end, "");
    }
    ticks
}

/// Where the decimals of a number are that is written in few figures: three
/// are a group of a large one.
fn decimals(text: &str) -> Option<Range<usize>> {
    let start = text.rfind(['.', ','])? + 1;
    let length = text[start..].find(|letter: char| !letter.is_ascii_digit()).unwrap_or(text.len() - start);
    (1..3).contains(&length).then_some(start..start + length)
}

/// The letters of the longest.
fn widest<'t>(texts: impl Iterator<Item = &'t String>) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "letters of a label")]
    let most = texts.map(|text| text.chars().count()).max().unwrap_or(0) as f64;
    most
}

/// Of how many labels one is written, so that they stay apart in the larger
/// letters of a phone and of paper too.
fn every(places: &[Place], letter: f64, room: f64) -> usize {
    let longest = places.iter().map(|place| place.tick.chars().count()).max().unwrap_or(0);
    #[expect(clippy::cast_precision_loss, reason = "letters of a label")]
    let width = letter * 1.4 * longest as f64 + 12.0;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a handful of labels")]
    let fitting = (room / width).floor().max(1.0) as usize;
    places.len().div_ceil(fitting).max(1)
}

/// What every line says at a place: it, and below it a line each.
fn at_place(place: &Place, lines: &[Line], position: usize, write: &dyn Fn(f64) -> String) -> String {
    let mut said = place.said.clone();
    for line in lines {
        if let Some(value) = line.values.get(position).copied().flatten() {
            let value = write(value);
            let _ = write!(said, "\n{}", format!("{} {value}", line.name).trim_start());
        }
    }
    said
}

/// What somebody reads who points at a place: the browser shows it by itself,
/// `pointer.js` at once and by keyboard, too.
fn readings(svg: &mut String, marks: &[(f64, String)], across: (f64, f64), down: (f64, f64)) {
    svg.push_str(r#"<g class="at">"#);
    for (position, (x, said)) in marks.iter().enumerate() {
        let middle = |other: usize| marks.get(other).map(|(other, _)| f64::midpoint(*x, *other));
        let from = position.checked_sub(1).and_then(middle).unwrap_or(across.0);
        let to = middle(position + 1).unwrap_or(across.1);
        let _ = write!(
            svg,
            r#"<rect x="{from:.1}" y="{}" width="{:.1}" height="{}" data-x="{x:.1}"><title>{}</title></rect>"#,
            down.0,
            (to - from).max(0.1),
            down.1,
            escaped(said)
        );
    }
    svg.push_str("</g>");
}

/// The names at the ends of the lines, moved apart where they would touch.
fn names(svg: &mut String, mut ends: Vec<(f64, f64, String)>) {
    ends.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut last = f64::NEG_INFINITY;
    for (y, x, text) in ends {
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

/// A line without axes, for small multiples; `said` has what each value is.
pub(crate) fn sparkline(title: &str, values: &[i64], said: &[String]) -> String {
    #[expect(clippy::cast_precision_loss, reason = "a picture")]
    let values: Vec<f64> = values.iter().map(|value| *value as f64).collect();
    let most = values.iter().copied().fold(1.0, f64::max);
    let mut points = String::new();
    for (position, value) in values.iter().enumerate() {
        let (x, y) = (120.0 * fraction(position, values.len()), 33.0 - 31.0 * (value.max(0.0) / most));
        let _ = write!(points, "{x:.1},{y:.1} ");
    }
    let mut svg = format!(
        r#"<svg viewBox="0 0 120 34" preserveAspectRatio="none" role="img" aria-label="{}"><polyline points="{}"/>"#,
        escaped(title),
        points.trim_end()
    );
    let marks = said
        .iter()
        .enumerate()
        .map(|(position, said)| (120.0 * fraction(position, values.len()), said.clone()));
    let marks: Vec<(f64, String)> = marks.collect();
    readings(&mut svg, &marks, (0.0, 120.0), (0.0, 34.0));
    svg + "</svg>"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_points_at_a_place_reads_what_every_line_says_there() {
        let places = ["1 Jul", "2 Jul", "3 Jul"]
            .map(|day| Place { tick: day.to_owned(), said: format!("{day} 2026") });
        let line = |name: &str, values: [Option<f64>; 3]| Line {
            name: name.to_owned(),
            class: "c1",
            values: values.into(),
        };
        let both =
            [line("Up & on", [Some(1.0), None, Some(3.0)]), line("Down", [Some(9.0), Some(8.0), None])];
        let svg = lines("Two", &places, &both, None, &|value| format!("{value} %"));
        for said in
            ["1 Jul 2026\nUp &amp; on 1 %\nDown 9 %", "2 Jul 2026\nDown 8 %", "3 Jul 2026\nUp &amp; on 3 %"]
        {
            assert!(svg.contains(&format!("<title>{said}</title>")), "{said}: {svg}");
        }
    }

    #[test]
    fn places_lie_side_by_side_over_the_whole_width() {
        let mut svg = String::new();
        let marks = [0.0, 60.0, 120.0].map(|x| (x, String::new()));
        readings(&mut svg, &marks, (0.0, 120.0), (0.0, 34.0));
        let edges: Vec<(&str, &str)> = svg
            .split("<rect x=\"")
            .skip(1)
            .filter_map(|rect| {
                Some((rect.split('"').next()?, rect.split("width=\"").nth(1)?.split('"').next()?))
            })
            .collect();
        assert_eq!(edges, [("0.0", "30.0"), ("30.0", "60.0"), ("90.0", "30.0")]);
    }

    #[test]
    fn an_axis_has_no_decimals_that_tell_nothing() {
        let written = |step: f64, write: &dyn Fn(f64) -> String| {
            ticks(0.0, 2.0 * step, step, write).into_iter().map(|(_, text)| text).collect::<Vec<_>>()
        };
        let three_figures = |value: f64| format!("€{value:.*}M", if value < 10.0 { 2 } else { 1 });
        assert_eq!(written(5.0, &three_figures), ["€0M", "€5M", "€10M"]);
        assert_eq!(written(2.5, &three_figures), ["€0.0M", "€2.5M", "€5.0M"]);
        assert_eq!(written(1.0, &|value| format!("{value},000 €")), ["0,000 €", "1,000 €", "2,000 €"]);
        assert_eq!(written(0.25, &|value| format!("{value:.2}")), ["0.00", "0.25", "0.50"]);
    }

    #[test]
    fn labels_are_left_out_where_they_would_touch() {
        let month = || Place { tick: "Nov 2025".to_owned(), said: String::new() };
        let months = |count| (0..count).map(|_| month()).collect::<Vec<_>>();
        assert_eq!(every(&months(4), 7.2, 600.0), 1);
        assert_eq!(every(&months(13), 7.2, 600.0), 3);
        assert_eq!(every(&months(13), 7.2, 10.0), 13, "one is always written");
        assert_eq!(every(&[], 7.2, 600.0), 1);
    }
}
