//! The loop as four arcs: as thick as the ARR in a stage, the overdue part in
//! ochre, what moved on inside, what came and left outside, growth in the
//! middle.

use super::escaped;
use std::{f64::consts::TAU, fmt::Write as _};

/// A stage of the ring.
pub(crate) struct Arc {
    pub(crate) name: String,
    /// ARR and accounts.
    pub(crate) figures: String,
    /// How many are overdue, in words; empty when none is.
    pub(crate) overdue: String,
    /// Its ARR as a share of the largest stage's.
    pub(crate) weight: f64,
    /// The overdue share of its ARR.
    pub(crate) late: f64,
    pub(crate) address: String,
    /// What moved on to the next stage, in words and as a share of all ARR.
    pub(crate) onward: Option<(String, f64)>,
    /// What left from here, in words.
    pub(crate) left: Option<String>,
}

/// The ring.
pub(crate) struct Ring {
    pub(crate) title: String,
    pub(crate) arcs: [Arc; 4],
    /// What entered, in words.
    pub(crate) entered: Option<String>,
    /// In the middle: a caption, the figure, and lines below it.
    pub(crate) caption: String,
    pub(crate) figure: String,
    pub(crate) below: [String; 2],
}

const CENTRE: (f64, f64) = (330.0, 290.0);
const RADIUS: f64 = 170.0;
const INNER: f64 = 122.0;
/// Of a turn, left free between two arcs.
const GAP: f64 = 0.011;

/// A place at `turn` of a turn clockwise from the top.
fn place(radius: f64, turn: f64) -> (f64, f64) {
    let angle = turn * TAU;
    (CENTRE.0 + radius * angle.sin(), CENTRE.1 - radius * angle.cos())
}

fn segment(from: f64, to: f64, thickness: f64) -> String {
    let (outer, inner) = (RADIUS + thickness / 2.0, RADIUS - thickness / 2.0);
    let ((ax, ay), (bx, by)) = (place(outer, from), place(outer, to));
    let ((cx, cy), (dx, dy)) = (place(inner, to), place(inner, from));
    format!(
        "M{ax:.1} {ay:.1}A{outer:.1} {outer:.1} 0 0 1 {bx:.1} {by:.1}L{cx:.1} {cy:.1}A{inner:.1} {inner:.1} 0 0 0 {dx:.1} {dy:.1}Z"
    )
}

/// The ring as a picture.
pub(crate) fn ring(ring: &Ring) -> String {
    let mut svg = format!(
        r#"<svg class="ring" viewBox="0 0 660 560" role="group" aria-label="{}"><defs>{}</defs>"#,
        escaped(&ring.title),
        ["mf", "mn", "ml"].map(|class| format!(r#"<marker id="{class}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" class="{class}"/></marker>"#)).concat()
    );
    for (number, arc) in ring.arcs.iter().enumerate() {
        draw_arc(&mut svg, number, arc);
    }
    if let Some(entered) = &ring.entered {
        let _ = write!(
            svg,
            r#"<path class="new" d="M336 22L352 92" marker-end="url(#mn)"/><text class="fl up" x="352" y="28">{}</text>"#,
            escaped(entered)
        );
    }
    let (x, y) = CENTRE;
    let _ = write!(
        svg,
        r#"<g text-anchor="middle"><text class="cap" x="{x}" y="{:.0}">{}</text><text class="{}" x="{x}" y="{:.0}">{}</text><text class="cap" x="{x}" y="{:.0}">{}</text><text class="cap" x="{x}" y="{:.0}">{}</text></g></svg>"#,
        y - 34.0,
        escaped(&ring.caption),
        if ring.figure.chars().count() > 7 { "big long" } else { "big" },
        y + 8.0,
        escaped(&ring.figure),
        y + 34.0,
        escaped(&ring.below[0]),
        y + 54.0,
        escaped(&ring.below[1]),
    );
    svg
}

fn draw_arc(svg: &mut String, number: usize, arc: &Arc) {
    let start = [0.0, 0.25, 0.5, 0.75][number] + GAP;
    let end = start + 0.25 - 2.0 * GAP;
    let thickness = 6.0 + 56.0 * arc.weight.clamp(0.0, 1.0);
    let from_late = end - (end - start) * arc.late.clamp(0.0, 1.0);
    let label = format!("{}: {} {}", arc.name, arc.figures, arc.overdue);
    let _ = write!(
        svg,
        r#"<a href="{}" aria-label="{}"><path class="st s{number}" d="{}"/>"#,
        escaped(&arc.address),
        escaped(label.trim()),
        segment(start, end, thickness)
    );
    if arc.late > 0.0 {
        let _ = write!(svg, r#"<path class="late" d="{}"/>"#, segment(from_late, end, thickness));
    }
    let (x, y, anchor) =
        [(500.0, 104.0, "start"), (500.0, 466.0, "start"), (160.0, 466.0, "end"), (160.0, 104.0, "end")]
            [number];
    let _ = write!(
        svg,
        r#"<g text-anchor="{anchor}"><text class="sn" x="{x}" y="{y}">{}</text><text class="sv" x="{x}" y="{:.0}">{}</text><text class="so" x="{x}" y="{:.0}">{}</text></g></a>"#,
        escaped(&arc.name),
        y + 20.0,
        escaped(&arc.figures),
        y + 38.0,
        escaped(&arc.overdue)
    );
    if let Some((text, share)) = &arc.onward {
        draw_onward(svg, end + GAP, text, *share);
    }
    if let Some(text) = &arc.left {
        let middle = start + 0.04; // clear of the stage's name
        let ((ax, ay), (bx, by), (tx, ty)) = (
            place(RADIUS + thickness / 2.0 + 6.0, middle),
            place(RADIUS + thickness / 2.0 + 32.0, middle),
            place(RADIUS + thickness / 2.0 + 44.0, middle),
        );
        let anchor = if middle < 0.5 { "start" } else { "end" };
        let _ = write!(
            svg,
            r#"<path class="leave" d="M{ax:.1} {ay:.1}L{bx:.1} {by:.1}" marker-end="url(#ml)"/><text class="fl dn" text-anchor="{anchor}" x="{tx:.1}" y="{:.1}">{}</text>"#,
            ty + 4.0,
            escaped(text)
        );
    }
}

/// What moved from one stage to the next, around `turn`.
fn draw_onward(svg: &mut String, turn: f64, text: &str, share: f64) {
    let ((ax, ay), (bx, by)) = (place(INNER, turn - 0.045), place(INNER, turn + 0.045));
    let width = 2.0 + 9.0 * share.clamp(0.0, 1.0).sqrt();
    // Beside the arrow's head, clear of the figure in the middle.
    let (tx, ty) = place(INNER - 18.0, turn + 0.075);
    let _ = write!(
        svg,
        r#"<path class="flow" stroke-width="{width:.1}" d="M{ax:.1} {ay:.1}A{INNER} {INNER} 0 0 1 {bx:.1} {by:.1}" marker-end="url(#mf)"/><text class="fl" text-anchor="middle" x="{tx:.1}" y="{:.1}">{}</text>"#,
        ty + 4.0,
        escaped(text)
    );
}

/// The small mark of a stage: four arcs, those before it done.
pub(crate) fn mark(stage: usize) -> String {
    const ARCS: [&str; 4] = [
        "M24.6 4.2A18 18 0 0 1 39.8 19.4",
        "M39.8 24.6A18 18 0 0 1 24.6 39.8",
        "M19.4 39.8A18 18 0 0 1 4.2 24.6",
        "M4.2 19.4A18 18 0 0 1 19.4 4.2",
    ];
    let arcs = ARCS.iter().enumerate().map(|(number, path)| {
        let class = match number.cmp(&stage) {
            std::cmp::Ordering::Less => "arc done",
            std::cmp::Ordering::Equal => "arc now",
            std::cmp::Ordering::Greater => "arc",
        };
        format!(r#"<path d="{path}" class="{class}"/>"#)
    });
    let arcs: String = arcs.collect();
    format!(
        r#"<svg viewBox="0 0 44 44" width="44" height="44" aria-hidden="true"><g fill="none" stroke-width="5">{arcs}</g></svg>"#
    )
}
