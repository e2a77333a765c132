//! Checks a document and makes a scorecard of it. Everything that is wrong is
//! found in one go, so that nobody has to mend one line to hear of the next.

use super::{
    Bands, Cap, Group, Item, MAX_CAPS, MissingRule, Scorecard, Trigger,
    document::{CapDocument, GroupDocument, ItemDocument, SCHEMA, ScorecardDocument},
    faults::{Fault, FaultKind, Spot},
};
use crate::{
    curve::Curve,
    departures::{DEPARTURE_DAYS, Departure},
    measures::Measure,
    names::Name,
    when::check_condition,
};

/// What was found so far.
#[derive(Default)]
struct Faults(Vec<Fault>);

impl Faults {
    fn add(&mut self, spot: &Spot, kind: impl Into<FaultKind>) {
        self.0.push(Fault { spot: spot.clone(), kind: kind.into() });
    }

    fn add_if(&mut self, is_wrong: bool, spot: &Spot, kind: FaultKind) {
        if is_wrong {
            self.add(spot, kind);
        }
    }

    fn name(&mut self, name: &Name, spot: &Spot) {
        self.add_if(name.is_incomplete(), spot, FaultKind::Name);
    }

    fn weight(&mut self, weight: f64, spot: &Spot) {
        self.add_if(!(weight.is_finite() && weight > 0.0), spot, FaultKind::Weight(weight));
    }

    fn key(&mut self, key: &str, spot: &Spot) {
        self.add_if(!is_key(key), spot, FaultKind::Key(key.to_owned()));
    }
}

/// Whether `key` consists of lower-case letters, digits and underscores.
pub(crate) fn is_key(key: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    !key.is_empty() && key.bytes().all(allowed)
}

pub(super) fn check(document: &ScorecardDocument) -> Result<Scorecard, Vec<Fault>> {
    let mut faults = Faults::default();
    check_head(document, &mut faults);
    let mut measures = Vec::new();
    let mut groups: Vec<Group> = Vec::new();
    for group in &document.groups {
        let spot = Spot::Group { group: group.key.clone() };
        let is_repeated = groups.iter().any(|other| other.key == group.key);
        faults.add_if(is_repeated, &spot, FaultKind::RepeatedGroup);
        groups.push(check_group(group, &mut measures, &mut faults));
    }
    let caps = document.caps.iter().enumerate();
    let caps: Vec<Cap> = caps.filter_map(|(index, cap)| check_cap(cap, index + 1, &mut faults)).collect();
    if !faults.0.is_empty() {
        return Err(faults.0);
    }
    Ok(Scorecard {
        key: document.key.clone(),
        name: document.name.clone(),
        priority: document.priority,
        is_default: document.default,
        when: document.when.clone(),
        min_coverage: document.min_coverage,
        bands: document.bands,
        groups,
        caps,
    })
}

fn check_head(document: &ScorecardDocument, faults: &mut Faults) {
    let spot = &Spot::Card;
    faults.add_if(document.schema != SCHEMA, spot, FaultKind::Schema(document.schema));
    faults.key(&document.key, spot);
    faults.name(&document.name, spot);
    for condition in document.when.conditions() {
        if let Err(fault) = check_condition(condition) {
            faults.add(spot, fault);
        }
    }
    faults.add_if(document.when.is_always() && !document.default, spot, FaultKind::NeverApplies);
    let min_coverage = document.min_coverage;
    faults.add_if(!(0.0..=1.0).contains(&min_coverage), spot, FaultKind::MinCoverage(min_coverage));
    let Bands { healthy, watch } = document.bands;
    let in_order = 0.0 < watch && watch < healthy && healthy <= 100.0;
    faults.add_if(!in_order, spot, FaultKind::Bands { healthy, watch });
    faults.add_if(document.groups.is_empty(), spot, FaultKind::NoGroups);
    let caps = document.caps.len();
    faults.add_if(caps > MAX_CAPS, spot, FaultKind::TooManyCaps(caps));
}

fn check_group(document: &GroupDocument, measures: &mut Vec<Measure>, faults: &mut Faults) -> Group {
    let spot = &Spot::Group { group: document.key.clone() };
    faults.key(&document.key, spot);
    faults.name(&document.name, spot);
    faults.weight(document.weight, spot);
    faults.add_if(document.items.is_empty(), spot, FaultKind::NoItems);
    let mut items = Vec::new();
    for (index, item) in document.items.iter().enumerate() {
        let spot =
            Spot::Item { group: document.key.clone(), number: index + 1, measure: item.measure.clone() };
        let Some(item) = check_item(item, &spot, faults) else { continue };
        faults.add_if(measures.contains(&item.measure), &spot, FaultKind::RepeatedMeasure);
        measures.push(item.measure);
        items.push(item);
    }
    Group { key: document.key.clone(), name: document.name.clone(), weight: document.weight, items }
}

fn check_item(document: &ItemDocument, spot: &Spot, faults: &mut Faults) -> Option<Item> {
    faults.weight(document.weight, spot);
    let measure = Measure::from_key(&document.measure);
    faults.add_if(measure.is_none(), spot, FaultKind::UnknownMeasure(document.measure.clone()));
    let missing = MissingRule::from_key(&document.missing);
    faults.add_if(missing.is_none(), spot, FaultKind::Missing(document.missing.clone()));
    let curve = Curve::new(document.curve.clone()).map_err(|fault| faults.add(spot, fault)).ok();
    Some(Item { measure: measure?, weight: document.weight, curve: curve?, missing: missing? })
}

fn check_cap(document: &CapDocument, number: usize, faults: &mut Faults) -> Option<Cap> {
    let spot = &Spot::Cap { number, label: document.label.en.clone() };
    faults.name(&document.label, spot);
    let at_most = document.at_most;
    faults.add_if(!(0.0..=100.0).contains(&at_most), spot, FaultKind::AtMost(at_most));
    let has_limits = document.at_least.is_some() || document.below.is_some();
    faults.add_if(has_limits && document.measure.is_none(), spot, FaultKind::Limits);
    let has_days = document.within_days.is_some();
    faults.add_if(has_days && document.event.is_none(), spot, FaultKind::WithinDays);
    let trigger = match (&document.measure, &document.event, &document.condition) {
        (Some(measure), None, None) => check_measure_trigger(measure, document, spot, faults),
        (None, Some(event), None) => check_departure(event, document, spot, faults),
        (None, None, Some(condition)) => {
            check_condition(condition).map_err(|fault| faults.add(spot, fault)).ok()?;
            Some(Trigger::Facet(condition.clone()))
        }
        (measure, event, condition) => {
            let count = [measure.is_some(), event.is_some(), condition.is_some()];
            let count = count.into_iter().filter(|is_there| *is_there).count();
            faults.add(spot, FaultKind::Triggers(count));
            None
        }
    };
    Some(Cap { label: document.label.clone(), at_most, trigger: trigger? })
}

fn check_measure_trigger(
    key: &str,
    document: &CapDocument,
    spot: &Spot,
    faults: &mut Faults,
) -> Option<Trigger> {
    let (at_least, below) = (document.at_least, document.below);
    let in_order = match (at_least, below) {
        (None, None) => false,
        (Some(limit), None) | (None, Some(limit)) => limit.is_finite(),
        (Some(at_least), Some(below)) => at_least.is_finite() && below.is_finite() && at_least < below,
    };
    faults.add_if(!in_order, spot, FaultKind::Limits);
    let measure = Measure::from_key(key);
    faults.add_if(measure.is_none(), spot, FaultKind::UnknownMeasure(key.to_owned()));
    Some(Trigger::Measure { measure: measure?, at_least, below })
}

fn check_departure(key: &str, document: &CapDocument, spot: &Spot, faults: &mut Faults) -> Option<Trigger> {
    let within_days = document.within_days.unwrap_or(DEPARTURE_DAYS);
    faults.add_if(within_days == 0, spot, FaultKind::WithinDays);
    let departure = Departure::from_key(key);
    faults.add_if(departure.is_none(), spot, FaultKind::UnknownEvent { event: key.to_owned() });
    Some(Trigger::Departure { departure: departure?, within_days })
}
