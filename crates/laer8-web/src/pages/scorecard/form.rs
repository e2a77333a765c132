//! The form that a scorecard is changed by: what stands in its fields, and the
//! scorecard that they make.
//!
//! A field keeps what was typed, right or wrong. A number that was not touched
//! stays exactly what it was, however it is written on the page.

use laer8_health::{
    departures::DEPARTURE_DAYS,
    measures::{Measure, Unit},
    scorecard::document::{CapDocument, ItemDocument, ScorecardDocument},
};

/// What was typed into the form; nothing when it was just opened.
#[derive(Debug, Clone, Default)]
pub(super) struct Typed(Vec<(String, String)>);

/// Something typed that is no number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoNumber {
    /// The field.
    pub(super) field: String,
    /// The measure, group or cap that it belongs to, as documents name it.
    pub(super) of: String,
    /// What was typed; may be nothing.
    pub(super) text: String,
}

impl Typed {
    pub(super) fn new(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    pub(super) fn get(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(name, _)| name == field).map(|(_, value)| value.trim())
    }

    /// What stands in a field: what was typed, else what the document says.
    pub(super) fn shown(&self, field: &str, document: Option<f64>, scale: f64) -> String {
        let written = || document.map(|value| written(value * scale)).unwrap_or_default();
        self.get(field).map_or_else(written, str::to_owned)
    }

    /// How many points of a curve the form has room for.
    pub(super) fn pairs(&self, measure: &str, document: usize) -> usize {
        let prefix = format!("c.{measure}.");
        let typed = self.0.iter().filter_map(|(name, value)| {
            let number = name.strip_prefix(&prefix)?.split('.').next()?.parse::<usize>().ok()?;
            (!value.trim().is_empty() && number < MOST_PAIRS).then_some(number + 1)
        });
        let filled = typed.max().unwrap_or(0);
        if self.0.is_empty() { document } else { filled }
    }
}

/// Points that a curve may have in the form.
const MOST_PAIRS: usize = 24;

/// By how much the page multiplies a measure's values: shares are percentages.
pub(super) fn scale(measure: Measure) -> f64 {
    match measure.properties().unit {
        Unit::Share | Unit::Change => 100.0,
        _ => 1.0,
    }
}

/// A number as a field holds it: without the noise of binary fractions.
pub(super) fn written(value: f64) -> String {
    const NOISE: f64 = 1e9;
    let rounded = (value * NOISE).round() / NOISE;
    let plain = if rounded.is_finite() { rounded } else { value };
    // Not "-0".
    (plain + 0.0).to_string()
}

/// Reads the fields one after another and remembers what is no number.
struct Reader<'t> {
    typed: &'t Typed,
    wrong: Vec<NoNumber>,
}

impl Reader<'_> {
    /// What a field says: `known` where it is not in the form, was not touched
    /// or is no number.
    fn number(&mut self, field: &str, of: &str, known: f64, scale: f64) -> f64 {
        self.optional(field, of, Some(known), scale, true).unwrap_or(known)
    }

    fn optional(
        &mut self,
        field: &str,
        of: &str,
        known: Option<f64>,
        scale: f64,
        needed: bool,
    ) -> Option<f64> {
        let Some(text) = self.typed.get(field) else { return known };
        if known.is_some_and(|known| written(known * scale) == text) {
            return known;
        }
        if text.is_empty() && !needed {
            return None;
        }
        match parse(text) {
            Some(number) => Some(number / scale),
            None => {
                let (field, of, text) = (field.to_owned(), of.to_owned(), text.to_owned());
                self.wrong.push(NoNumber { field, of, text });
                known
            }
        }
    }

    fn is_ticked(&self, field: &str) -> bool {
        self.typed.get(field).is_some()
    }
}

fn parse(text: &str) -> Option<f64> {
    let plain = text.replace('\u{2212}', "-");
    let plain = if plain.contains('.') { plain } else { plain.replace(',', ".") };
    plain.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The scorecard that the form makes of `document`, and what in it is no
/// number.
pub(super) fn apply(document: &ScorecardDocument, typed: &Typed) -> (ScorecardDocument, Vec<NoNumber>) {
    let mut made = document.clone();
    let mut reader = Reader { typed, wrong: Vec::new() };
    made.bands.healthy = reader.number("healthy", "", document.bands.healthy, 1.0);
    made.bands.watch = reader.number("watch", "", document.bands.watch, 1.0);
    made.min_coverage = reader.number("coverage", "", document.min_coverage, 100.0);
    for group in &mut made.groups {
        group.weight = reader.number(&format!("g.{}", group.key), &group.key, group.weight, 1.0);
        group.items.retain(|item| !reader.is_ticked(&format!("off.{}", item.measure)));
        for item in &mut group.items {
            read_item(&mut reader, item);
        }
    }
    made.groups.retain(|group| !group.items.is_empty());
    let mut number = 0;
    made.caps.retain(|_| {
        number += 1;
        !reader.is_ticked(&format!("cap.{number}.off"))
    });
    let kept = (1..=document.caps.len()).filter(|number| !reader.is_ticked(&format!("cap.{number}.off")));
    for (number, cap) in kept.collect::<Vec<_>>().into_iter().zip(&mut made.caps) {
        read_cap(&mut reader, number, cap);
    }
    (made, reader.wrong)
}

fn read_item(reader: &mut Reader<'_>, item: &mut ItemDocument) {
    let key = item.measure.clone();
    item.weight = reader.number(&format!("w.{key}"), &key, item.weight, 1.0);
    if let Some(rule) = reader.typed.get(&format!("m.{key}")) {
        item.missing = rule.to_owned();
    }
    let Some(measure) = Measure::from_key(&key) else { return };
    if reader.typed.0.is_empty() {
        return;
    }
    let mut pairs = Vec::new();
    for number in 0..reader.typed.pairs(&key, item.curve.len()) {
        let (value, points) = (format!("c.{key}.{number}.v"), format!("c.{key}.{number}.p"));
        let is_empty = |field: &str| reader.typed.get(field).is_none_or(str::is_empty);
        if is_empty(&value) && is_empty(&points) {
            continue;
        }
        let known = item.curve.get(number);
        let at = reader.optional(&value, &key, known.map(|pair| pair[0]), scale(measure), true);
        let worth = reader.optional(&points, &key, known.map(|pair| pair[1]), 1.0, true);
        if let (Some(at), Some(worth)) = (at, worth) {
            pairs.push([at, worth]);
        }
    }
    // A point may be added below the others and lie between them.
    pairs.sort_by(|a, b| a[0].total_cmp(&b[0]));
    item.curve = pairs;
}

fn read_cap(reader: &mut Reader<'_>, number: usize, cap: &mut CapDocument) {
    let of = cap.label.en.clone();
    let field = |name: &str| format!("cap.{number}.{name}");
    cap.at_most = reader.number(&field("most"), &of, cap.at_most, 1.0);
    let scale = cap.measure.as_deref().and_then(Measure::from_key).map_or(1.0, scale);
    if cap.measure.is_some() {
        cap.at_least = reader.optional(&field("least"), &of, cap.at_least, scale, false);
        cap.below = reader.optional(&field("below"), &of, cap.below, scale, false);
    }
    if cap.event.is_some() {
        let usual = f64::from(DEPARTURE_DAYS);
        let known = cap.within_days.map(f64::from);
        // What the document leaves to the usual is shown, and not written.
        if known.is_none() && reader.typed.get(&field("days")) == Some(&written(usual)) {
            return;
        }
        let days = reader.optional(&field("days"), &of, known, 1.0, false);
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped before")]
        let whole = |days: f64| days.round().clamp(0.0, f64::from(u32::MAX)) as u32;
        cap.within_days = days.map(whole);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ADOPTION: &str = include_str!("../../../../../packs/b2b-saas/scorecards/adoption.toml");

    fn document() -> ScorecardDocument {
        ScorecardDocument::from_toml(ADOPTION).expect("the pack is right")
    }

    /// All fields as the page shows them, with some of them typed over.
    fn typed(over: &[(&str, &str)]) -> Typed {
        let document = document();
        let opened = Typed::default();
        let mut pairs = vec![
            ("healthy".to_owned(), opened.shown("healthy", Some(document.bands.healthy), 1.0)),
            ("watch".to_owned(), opened.shown("watch", Some(document.bands.watch), 1.0)),
            ("coverage".to_owned(), opened.shown("coverage", Some(document.min_coverage), 100.0)),
        ];
        for group in &document.groups {
            pairs.push((format!("g.{}", group.key), written(group.weight)));
            for item in &group.items {
                pairs.push((format!("w.{}", item.measure), written(item.weight)));
                let scale = scale(Measure::from_key(&item.measure).expect("a measure"));
                for (number, [value, points]) in item.curve.iter().enumerate() {
                    pairs.push((format!("c.{}.{number}.v", item.measure), written(value * scale)));
                    pairs.push((format!("c.{}.{number}.p", item.measure), written(*points)));
                }
            }
        }
        for (field, text) in over {
            pairs.retain(|(name, _)| name != field);
            pairs.push(((*field).to_owned(), (*text).to_owned()));
        }
        Typed::new(pairs)
    }

    #[test]
    fn a_form_that_nobody_touched_changes_nothing() {
        assert_eq!(apply(&document(), &typed(&[])), (document(), vec![]));
        assert_eq!(apply(&document(), &Typed::default()), (document(), vec![]));
    }

    #[test]
    fn what_is_typed_is_read_in_the_units_of_the_page() {
        let (made, wrong) = apply(
            &document(),
            &typed(&[
                ("c.usage_trend.0.v", "−60"),
                ("c.usage_trend.9.v", "10,5"),
                ("c.usage_trend.9.p", "90"),
                ("c.silence.2.v", ""),
                ("c.silence.2.p", ""),
                ("off.nps", "on"),
                ("cap.2.off", "on"),
                ("cap.3.most", "30"),
            ]),
        );
        assert_eq!(wrong, []);
        let item = |group: usize, item: usize| &made.groups[group].items[item];
        assert_eq!(item(0, 0).curve, [[-0.6, 0.0], [-0.2, 40.0], [0.0, 75.0], [0.105, 90.0], [0.2, 100.0]]);
        assert_eq!(item(0, 5).curve, [[4.0, 100.0], [10.0, 60.0]], "a pair left empty is gone");
        assert_eq!(made.groups[2].items.len(), 1);
        let caps: Vec<(&str, f64)> =
            made.caps.iter().map(|cap| (cap.label.en.as_str(), cap.at_most)).collect();
        assert_eq!(
            caps,
            [("The sponsor left", 40.0), ("No use for a month", 30.0), ("Payment overdue", 70.0)]
        );
    }

    #[test]
    fn what_is_no_number_is_named_and_kept_in_its_field() {
        let typed = typed(&[("w.nps", "much"), ("healthy", "")]);
        let (made, wrong) = apply(&document(), &typed);
        assert_eq!(made, document());
        let fields: Vec<&str> = wrong.iter().map(|wrong| wrong.field.as_str()).collect();
        assert_eq!(fields, ["healthy", "w.nps"]);
        assert_eq!(typed.shown("w.nps", Some(40.0), 1.0), "much");
    }

    #[test]
    fn a_number_is_written_without_noise() {
        assert_eq!([0.07 * 100.0, -0.2 * 100.0, -0.0, 12.5].map(written), ["7", "-20", "0", "12.5"]);
    }
}
