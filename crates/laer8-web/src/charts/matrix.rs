//! The layer-8 matrix: a point is an account, its size the ARR.

use super::{IN_PLACE, escaped, leads};
use std::fmt::Write as _;

/// An account in the matrix.
pub(crate) struct Point {
    pub(crate) address: String,
    /// What it is, for whoever points at it or can't see it.
    pub(crate) title: String,
    /// Works as promised, 0 to 100.
    pub(crate) works: f64,
    /// Potential realised, 0 to 100.
    pub(crate) potential: f64,
    /// Its ARR as a share of the largest.
    pub(crate) size: f64,
    pub(crate) quadrant: &'static str,
}

/// What is written in a corner: name and figures of a quadrant.
pub(crate) struct Corner {
    pub(crate) quadrant: &'static str,
    pub(crate) name: String,
    pub(crate) figures: String,
    pub(crate) address: String,
}

// Small, so that its words are large enough on a phone.
const WIDTH: f64 = 400.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 26.0;
const RIGHT: f64 = 14.0;
/// Room for the names of two quadrants, clear of the points at the edge.
const TOP: f64 = 50.0;
/// The same below, and the name of the axis.
const BOTTOM: f64 = 70.0;

/// The matrix. `middle` is where its lines cross.
pub(crate) fn matrix(labels: [&str; 3], points: &[Point], corners: &[Corner], middle: (f64, f64)) -> String {
    let [title, across, up] = labels.map(escaped);
    let x = |works: f64| LEFT + (WIDTH - LEFT - RIGHT) * (works / 100.0);
    let y = |potential: f64| HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * (potential / 100.0);
    let (right, bottom) = (WIDTH - RIGHT, HEIGHT - BOTTOM);
    let mut svg = format!(
        r#"<svg class="matrix" {IN_PLACE} viewBox="0 0 {WIDTH} {HEIGHT}" role="group" aria-label="{title}"><g class="ax"><path d="M{LEFT} {bottom}H{right}M{LEFT} {bottom}V{TOP}"/><path class="mid" d="M{mx:.1} {TOP}V{bottom}M{LEFT} {my:.1}H{right}"/><text x="{:.1}" y="{:.1}" text-anchor="middle">{across} →</text><text transform="rotate(-90 12 {cy})" x="12" y="{cy}" text-anchor="middle">{up} →</text></g>"#,
        f64::midpoint(LEFT, right),
        HEIGHT - 6.0,
        mx = x(middle.0),
        my = y(middle.1),
        cy = f64::midpoint(TOP, bottom),
    );
    for point in points {
        let radius = 2.2 + 9.0 * point.size.max(0.0).sqrt();
        let title = escaped(&point.title);
        let _ = write!(
            svg,
            r#"<a {} aria-label="{title}"><circle class="q-{}" cx="{:.1}" cy="{:.1}" r="{radius:.1}"><title>{title}</title></circle></a>"#,
            leads(&point.address),
            point.quadrant,
            x(point.works),
            y(point.potential),
        );
    }
    svg.push_str(r#"<g class="ql">"#);
    for corner in corners {
        let (at_right, at_top) = match corner.quadrant {
            "thriving" => (true, true),
            "layer8_gap" => (true, false),
            "product_problem" => (false, true),
            _ => (false, false),
        };
        let (x, anchor) = if at_right { (WIDTH - 2.0, "end") } else { (LEFT, "start") };
        let y = if at_top { TOP - 36.0 } else { bottom + 25.0 };
        let _ = write!(
            svg,
            r#"<a {}><text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}">{}<tspan x="{x:.1}" dy="16">{}</tspan></text></a>"#,
            leads(&corner.address),
            escaped(&corner.name),
            escaped(&corner.figures)
        );
    }
    svg + "</g></svg>"
}
