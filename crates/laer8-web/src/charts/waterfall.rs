//! The waterfall: from opening to closing, step by step.

use super::{IN_PLACE, escaped, leads};
use std::fmt::Write as _;

/// A step.
pub(crate) struct Step {
    pub(crate) name: String,
    pub(crate) written: String,
    /// Where the bar begins and ends.
    pub(crate) from: f64,
    pub(crate) to: f64,
    pub(crate) class: &'static str,
    /// Where the rows behind it are.
    pub(crate) address: Option<String>,
}

const WIDTH: f64 = 1100.0;
const HEIGHT: f64 = 300.0;
const TOP: f64 = 30.0;
const BOTTOM: f64 = 34.0;

/// The steps, as a wide screen and as a phone has them. The axis begins at
/// `floor`, said by whoever calls.
pub(crate) fn waterfall(title: &str, steps: &[Step], floor: f64) -> String {
    side_by_side(title, steps, floor) + &one_below_another(title, steps, floor)
}

fn side_by_side(title: &str, steps: &[Step], floor: f64) -> String {
    let most = steps.iter().map(|step| step.from.max(step.to)).fold(floor + 1.0, f64::max);
    let y = |value: f64| {
        HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * ((value - floor) / (most - floor)).clamp(0.0, 1.0)
    };
    #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
    let room = WIDTH / steps.len().max(1) as f64;
    let mut svg = format!(
        r#"<svg class="waterfall broad" {IN_PLACE} viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{}"><path class="base" d="M0 {b:.1}H{WIDTH}"/>"#,
        escaped(title),
        b = HEIGHT - BOTTOM
    );
    let mut x = 0.0;
    for (position, step) in steps.iter().enumerate() {
        let (top, bottom) = (y(step.from.max(step.to)), y(step.from.min(step.to)));
        let height = (bottom - top).max(1.5);
        let (left, width) = (x + room * 0.12, room * 0.76);
        let middle = x + room / 2.0;
        let label = format!("{} {}", step.name, step.written);
        if let Some(address) = &step.address {
            let _ = write!(
                svg,
                r#"<a {} aria-label="{}"><rect class="hit" x="{x:.1}" y="0" width="{room:.1}" height="{HEIGHT}"/>"#,
                leads(address),
                escaped(&label)
            );
        }
        let _ = write!(
            svg,
            r#"<rect class="w-{}" x="{left:.1}" y="{top:.1}" width="{width:.1}" height="{height:.1}" rx="2"/><text class="v" x="{middle:.1}" y="{:.1}" text-anchor="middle">{}</text><text x="{middle:.1}" y="{:.1}" text-anchor="middle">{}</text>"#,
            step.class,
            top - 8.0,
            escaped(&step.written),
            HEIGHT - 12.0,
            escaped(&step.name),
        );
        if step.address.is_some() {
            svg.push_str("</a>");
        }
        if position + 1 < steps.len() {
            let level = y(step.to);
            let _ =
                write!(svg, r#"<path class="tie" d="M{:.1} {level:.1}H{:.1}"/>"#, left + width, left + room);
        }
        x += room;
    }
    svg + "</svg>"
}

const NARROW: f64 = 342.0;
/// The room of a step on a phone.
const ROW: f64 = 34.0;
/// Where the bars begin, and where they end: names stand before, amounts behind.
const BARS: (f64, f64) = (92.0, 272.0);

fn one_below_another(title: &str, steps: &[Step], floor: f64) -> String {
    let most = steps.iter().map(|step| step.from.max(step.to)).fold(floor + 1.0, f64::max);
    let x = |value: f64| BARS.0 + (BARS.1 - BARS.0) * ((value - floor) / (most - floor)).clamp(0.0, 1.0);
    #[expect(clippy::cast_precision_loss, reason = "a handful of steps")]
    let height = ROW * steps.len() as f64;
    let mut svg = format!(
        r#"<svg class="waterfall slim" {IN_PLACE} viewBox="0 0 {NARROW} {height}" role="group" aria-label="{}"><path class="base" d="M{b} 0V{height}"/>"#,
        escaped(title),
        b = BARS.0
    );
    let mut top = 0.0;
    for (position, step) in steps.iter().enumerate() {
        let (left, right) = (x(step.from.min(step.to)), x(step.from.max(step.to)));
        let width = (right - left).max(1.5);
        let line = top + ROW / 2.0 + 4.5;
        if let Some(address) = &step.address {
            let label = format!("{} {}", step.name, step.written);
            let _ = write!(
                svg,
                r#"<a {} aria-label="{}"><rect class="hit" x="0" y="{top:.1}" width="{NARROW}" height="{ROW}"/>"#,
                leads(address),
                escaped(&label)
            );
        }
        let _ = write!(
            svg,
            r#"<text x="0" y="{line:.1}">{}</text><rect class="w-{}" x="{left:.1}" y="{:.1}" width="{width:.1}" height="{:.1}" rx="2"/><text class="v" x="{NARROW}" y="{line:.1}" text-anchor="end">{}</text>"#,
            escaped(&step.name),
            step.class,
            top + ROW * 0.2,
            ROW * 0.6,
            escaped(&step.written),
        );
        if step.address.is_some() {
            svg.push_str("</a>");
        }
        if position + 1 < steps.len() {
            let level = x(step.to);
            let _ = write!(
                svg,
                r#"<path class="tie" d="M{level:.1} {:.1}V{:.1}"/>"#,
                top + ROW * 0.8,
                top + ROW * 1.2
            );
        }
        top += ROW;
    }
    svg + "</svg>"
}
