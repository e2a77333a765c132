//! A curve of a scorecard: what a value is worth, over how the values of the
//! customers lie.

use super::escaped;
use std::fmt::Write as _;

const WIDTH: f64 = 300.0;
const HEIGHT: f64 = 112.0;
const LEFT: f64 = 28.0;
const RIGHT: f64 = 8.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 20.0;
/// Bars of the distribution.
const BINS: usize = 30;
/// How much of the height the fullest bar takes.
const TALLEST: f64 = 0.55;

/// A curve through `pairs` of value and points, over a histogram of `values`,
/// which are in order.
pub(crate) fn curve(
    title: &str,
    pairs: &[[f64; 2]],
    values: &[f64],
    write: &dyn Fn(f64) -> String,
) -> String {
    let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else {
        return String::new();
    };
    let (low, high) = domain(first[0], last[0], values);
    let bottom = HEIGHT - BOTTOM;
    let x = |value: f64| LEFT + (WIDTH - LEFT - RIGHT) * ((value - low) / (high - low)).clamp(0.0, 1.0);
    let y = |points: f64| bottom - (bottom - TOP) * (points / 100.0).clamp(0.0, 1.0);
    let mut svg = format!(
        r#"<svg class="curve" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{}"><g class="ax">"#,
        escaped(title)
    );
    for points in [0.0, 50.0, 100.0] {
        let _ = write!(
            svg,
            r#"<path d="M{LEFT} {at:.1}H{}"/><text x="{}" y="{:.1}" text-anchor="end">{points}</text>"#,
            WIDTH - RIGHT,
            LEFT - 6.0,
            y(points) + 4.0,
            at = y(points)
        );
    }
    svg.push_str("</g>");
    histogram(&mut svg, values, low, high);
    let mut path = format!("M{LEFT} {:.1}", y(first[1]));
    for [value, points] in pairs {
        let _ = write!(path, "L{:.1} {:.1}", x(*value), y(*points));
    }
    let _ = write!(path, "H{}", WIDTH - RIGHT);
    let _ = write!(svg, r#"<path class="line c1" d="{path}"/>"#);
    for [value, points] in pairs {
        let _ = write!(svg, r#"<circle class="dot c1" cx="{:.1}" cy="{:.1}" r="3"/>"#, x(*value), y(*points));
    }
    let mut label = |value: f64, anchor: &str, at: f64| {
        let text = escaped(&write(value));
        let _ = write!(svg, r#"<text x="{at:.1}" y="{}" text-anchor="{anchor}">{text}</text>"#, HEIGHT - 4.0);
    };
    label(low, "start", LEFT);
    label(high, "end", WIDTH - RIGHT);
    svg + "</svg>"
}

/// From where to where the picture goes: the curve, and all values but the few
/// that lie far out.
fn domain(first: f64, last: f64, values: &[f64]) -> (f64, f64) {
    let at = |share: usize| values.get((values.len().saturating_sub(1)) * share / 100).copied();
    let low = at(3).map_or(first, |value| value.min(first));
    let high = at(97).map_or(last, |value| value.max(last));
    if high > low { (low, high) } else { (low - 1.0, high + 1.0) }
}

fn histogram(svg: &mut String, values: &[f64], low: f64, high: f64) {
    let mut counts = [0_u32; BINS];
    for value in values {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            clippy::cast_precision_loss,
            reason = "a share of a few bars"
        )]
        let bin = (((value - low) / (high - low)).clamp(0.0, 1.0) * BINS as f64) as usize;
        counts[bin.min(BINS - 1)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or_default();
    if most == 0 {
        return;
    }
    let bottom = HEIGHT - BOTTOM;
    #[expect(clippy::cast_precision_loss, reason = "a few bars")]
    let width = (WIDTH - LEFT - RIGHT) / BINS as f64;
    let mut x = LEFT;
    for count in counts {
        let tall = (bottom - TOP) * TALLEST * f64::from(count) / f64::from(most);
        if count > 0 {
            let _ = write!(
                svg,
                r#"<rect class="among" x="{:.1}" y="{:.1}" width="{:.1}" height="{tall:.1}"/>"#,
                x + 0.5,
                bottom - tall,
                width - 1.0
            );
        }
        x += width;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_holds_the_curve_and_all_but_the_farthest_values() {
        let mut values: Vec<f64> = (0..100).map(f64::from).collect();
        values.push(1e6);
        assert_eq!(domain(10.0, 20.0, &values), (3.0, 97.0));
        assert_eq!(domain(10.0, 20.0, &[]), (10.0, 20.0));
        assert_eq!(domain(3.0, 3.0, &[]), (2.0, 4.0));
    }

    #[test]
    fn a_curve_without_values_has_no_bars() {
        let svg = curve("Silence", &[[0.0, 100.0], [21.0, 0.0]], &[], &|value| format!("{value} <days>"));
        assert!(svg.contains("class=\"line") && !svg.contains("<rect"), "{svg}");
        assert!(svg.contains("21 &lt;days&gt;"), "{svg}");
    }
}
