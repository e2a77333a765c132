//! The loop as four arcs: as thick as the ARR in a stage, the overdue part in
//! ochre, what moved on inside, what came and left outside, growth in the
//! middle.

use super::{IN_PLACE, escaped, leads};
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
    /// What moved on to the next stage.
    pub(crate) onward: Option<Onward>,
    /// What left from here, in words, and where it leads.
    pub(crate) left: Option<(String, String)>,
}

/// What moved on.
pub(crate) struct Onward {
    pub(crate) written: String,
    /// As a share of all ARR.
    pub(crate) share: f64,
    pub(crate) address: String,
}

/// The ring.
pub(crate) struct Ring {
    pub(crate) title: String,
    pub(crate) arcs: [Arc; 4],
    /// What entered, in words, and where it leads.
    pub(crate) entered: Option<(String, String)>,
    /// In the middle: a caption, the figure and where both lead, and lines below
    /// it with where they lead.
    pub(crate) caption: String,
    pub(crate) figure: String,
    pub(crate) address: String,
    pub(crate) below: [(String, String); 2],
}

/// Of a turn, left free between two arcs.
const GAP: f64 = 0.011;
/// Room for an amount at the edge of the picture.
const AMOUNT: f64 = 50.0;

/// How large a picture is, and where its parts are.
struct Layout {
    class: &'static str,
    /// What the ids of its arrow heads end with: both pictures are on the page.
    mark: char,
    size: (f64, f64),
    centre: (f64, f64),
    radius: f64,
    /// Of the arrows of what moved on; none where there is no room for them.
    inner: Option<f64>,
    /// How thick the arc of the largest stage is.
    thickest: f64,
    /// How long the arrows of what left are, and how far away their amounts.
    leaves: (f64, f64),
    /// Where the names of the stages begin, and to which side they go.
    names: [(f64, f64, &'static str); 4],
    /// The arrow of what entered, and where its words are.
    entered: (&'static str, f64, f64, &'static str),
}

/// Beside other things.
const WIDE: Layout = Layout {
    class: "ring broad",
    mark: 'w',
    size: (660.0, 560.0),
    centre: (330.0, 290.0),
    radius: 170.0,
    inner: Some(125.0),
    thickest: 62.0,
    leaves: (32.0, 44.0),
    names: [(500.0, 104.0, "start"), (500.0, 466.0, "start"), (160.0, 466.0, "end"), (160.0, 104.0, "end")],
    entered: ("M336 22L352 92", 352.0, 28.0, "start"),
};

/// On a phone: words as large as the rest of the page.
const NARROW: Layout = Layout {
    class: "ring slim",
    mark: 'n',
    size: (360.0, 462.0),
    centre: (180.0, 244.0),
    radius: 104.0,
    inner: None,
    thickest: 38.0,
    leaves: (17.0, 25.0),
    names: [(354.0, 46.0, "end"), (354.0, 418.0, "end"), (6.0, 418.0, "start"), (6.0, 46.0, "start")],
    entered: ("M183 24L189 98", 180.0, 14.0, "middle"),
};

impl Layout {
    /// A place at `turn` of a turn clockwise from the top.
    fn place(&self, radius: f64, turn: f64) -> (f64, f64) {
        let angle = turn * TAU;
        (self.centre.0 + radius * angle.sin(), self.centre.1 - radius * angle.cos())
    }

    fn thickness(&self, arc: &Arc) -> f64 {
        self.thickest * (0.1 + 0.9 * arc.weight.clamp(0.0, 1.0))
    }

    fn segment(&self, from: f64, to: f64, thickness: f64) -> String {
        let (outer, inner) = (self.radius + thickness / 2.0, self.radius - thickness / 2.0);
        let ((ax, ay), (bx, by)) = (self.place(outer, from), self.place(outer, to));
        let ((cx, cy), (dx, dy)) = (self.place(inner, to), self.place(inner, from));
        format!(
            "M{ax:.1} {ay:.1}A{outer:.1} {outer:.1} 0 0 1 {bx:.1} {by:.1}L{cx:.1} {cy:.1}A{inner:.1} {inner:.1} 0 0 0 {dx:.1} {dy:.1}Z"
        )
    }
}

/// The ring as a picture for wide windows and one for narrow ones; the style
/// sheet shows one of them.
pub(crate) fn ring(ring: &Ring) -> String {
    [WIDE, NARROW].map(|layout| draw(&layout, ring)).concat()
}

fn draw(layout: &Layout, ring: &Ring) -> String {
    let (width, height) = layout.size;
    let mark = layout.mark;
    let mut svg = format!(
        r#"<svg class="{}" {IN_PLACE} viewBox="0 0 {width} {height}" role="group" aria-label="{}"><defs>{}</defs>"#,
        layout.class,
        escaped(&ring.title),
        ["mf", "mn", "ml"].map(|class| format!(r#"<marker id="{class}{mark}" viewBox="0 0 8 8" refX="6" refY="4" markerWidth="11" markerHeight="11" markerUnits="userSpaceOnUse" orient="auto"><path d="M0 0L8 4L0 8z" class="{class}"/></marker>"#)).concat()
    );
    for (number, arc) in ring.arcs.iter().enumerate() {
        draw_arc(&mut svg, layout, number, arc);
    }
    if let Some((entered, address)) = &ring.entered {
        let (path, x, y, anchor) = layout.entered;
        let _ = write!(
            svg,
            r#"<path class="new" d="{path}" marker-end="url(#mn{mark})"/><a {}><text class="fl up" text-anchor="{anchor}" x="{x}" y="{y}">{}</text></a>"#,
            leads(address),
            escaped(entered)
        );
    }
    let (x, y) = layout.centre;
    let _ = write!(
        svg,
        r#"<g text-anchor="middle"><a {}><text class="cap" x="{x}" y="{:.0}">{}</text><text class="{}" x="{x}" y="{:.0}">{}</text></a><a {}><text class="cap" x="{x}" y="{:.0}">{}</text></a><a {}><text class="cap" x="{x}" y="{:.0}">{}</text></a></g></svg>"#,
        leads(&ring.address),
        y - 34.0,
        escaped(&ring.caption),
        match ring.figure.chars().count() {
            ..=6 => "big",
            7 => "big long",
            _ => "big longest",
        },
        y + 6.0,
        escaped(&ring.figure),
        leads(&ring.below[0].1),
        y + 32.0,
        escaped(&ring.below[0].0),
        leads(&ring.below[1].1),
        y + 51.0,
        escaped(&ring.below[1].0),
    );
    svg
}

fn draw_arc(svg: &mut String, layout: &Layout, number: usize, arc: &Arc) {
    let start = [0.0, 0.25, 0.5, 0.75][number] + GAP;
    let end = start + 0.25 - 2.0 * GAP;
    let thickness = layout.thickness(arc);
    let from_late = end - (end - start) * arc.late.clamp(0.0, 1.0);
    let label = format!("{}: {} {}", arc.name, arc.figures, arc.overdue);
    let _ = write!(
        svg,
        r#"<a {} aria-label="{}"><path class="st s{number}" d="{}"/>"#,
        leads(&arc.address),
        escaped(label.trim()),
        layout.segment(start, end, thickness)
    );
    if arc.late > 0.0 {
        let _ = write!(svg, r#"<path class="late" d="{}"/>"#, layout.segment(from_late, end, thickness));
    }
    let (x, y, anchor) = layout.names[number];
    let _ = write!(
        svg,
        r#"<g text-anchor="{anchor}"><text class="sn" x="{x}" y="{y}">{}</text><text class="sv" x="{x}" y="{:.0}">{}</text><text class="so" x="{x}" y="{:.0}">{}</text></g></a>"#,
        escaped(&arc.name),
        y + 19.0,
        escaped(&arc.figures),
        y + 37.0,
        escaped(&arc.overdue)
    );
    if let (Some(onward), Some(inner)) = (&arc.onward, layout.inner) {
        draw_onward(svg, layout, inner, end + GAP, onward);
    }
    if let Some(left) = &arc.left {
        draw_left(svg, layout, start + 0.04, layout.radius + thickness / 2.0, left);
    }
}

/// What left a stage, outwards from `edge` at `turn`, clear of its name.
fn draw_left(svg: &mut String, layout: &Layout, turn: f64, edge: f64, (text, address): &(String, String)) {
    let (length, away) = layout.leaves;
    let ((ax, ay), (bx, by)) = (layout.place(edge + 6.0, turn), layout.place(edge + length, turn));
    let (tx, ty) = layout.place(edge + away, turn);
    let (anchor, tx) =
        if turn < 0.5 { ("start", tx.min(layout.size.0 - AMOUNT)) } else { ("end", tx.max(AMOUNT)) };
    let _ = write!(
        svg,
        r#"<path class="leave" d="M{ax:.1} {ay:.1}L{bx:.1} {by:.1}" marker-end="url(#ml{})"/><a {}><text class="fl dn" text-anchor="{anchor}" x="{tx:.1}" y="{:.1}">{}</text></a>"#,
        layout.mark,
        leads(address),
        ty + 4.0,
        escaped(text)
    );
}

/// What moved from one stage to the next, around `turn`.
fn draw_onward(svg: &mut String, layout: &Layout, inner: f64, turn: f64, onward: &Onward) {
    let ((ax, ay), (bx, by)) = (layout.place(inner, turn - 0.045), layout.place(inner, turn + 0.045));
    let width = 2.0 + 9.0 * onward.share.clamp(0.0, 1.0).sqrt();
    // Inside the arrow's middle: beside the figure, or above and below it.
    let (x, y) = layout.place(inner - 11.0, turn);
    let (anchor, x, y) = match x - layout.centre.0 {
        off if off > 40.0 => ("end", x, y - 1.0),
        off if off < -40.0 => ("start", x, y - 1.0),
        _ => ("middle", x, if y < layout.centre.1 { y + 12.0 } else { y - 4.0 }),
    };
    let _ = write!(
        svg,
        r#"<path class="flow" stroke-width="{width:.1}" d="M{ax:.1} {ay:.1}A{inner} {inner} 0 0 1 {bx:.1} {by:.1}" marker-end="url(#mf{})"/><a {}><text class="fl" text-anchor="{anchor}" x="{x:.1}" y="{y:.1}">{}</text></a>"#,
        layout.mark,
        leads(&onward.address),
        escaped(&onward.written)
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
