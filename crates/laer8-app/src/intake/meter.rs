//! What is measured of live intake, for Prometheus.

use super::WorkedIn;
use chrono::TimeDelta;
use laer8_domain::ids::SourceId;
use prometheus_client::{
    metrics::{counter::Counter, family::Family, gauge::Gauge, histogram::Histogram},
    registry::{Registry, Unit},
};
use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The upper ends of the buckets, in seconds: around the second within which
/// what happens shall be seen.
const BUCKETS: [f64; 12] = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.75, 1.0, 2.0, 5.0, 30.0];

/// What became of events.
#[derive(Debug, Clone, PartialEq, Eq, Hash, prometheus_client::encoding::EncodeLabelSet)]
struct Fate {
    fate: &'static str,
}

/// What is measured.
#[derive(Debug, Clone)]
pub struct Meter {
    received: Counter,
    events: Family<Fate, Counter>,
    position: Gauge,
    to_score: Histogram,
    /// The last of each source.
    lags: Arc<Mutex<FxHashMap<SourceId, TimeDelta>>>,
}

impl Default for Meter {
    fn default() -> Self {
        Self {
            received: Counter::default(),
            events: Family::default(),
            position: Gauge::default(),
            to_score: Histogram::new(BUCKETS),
            lags: Arc::default(),
        }
    }
}

impl Meter {
    /// Shows what is measured in a registry.
    pub fn register(&self, registry: &mut Registry) {
        registry.register("events_received", "Events that are on the disk", self.received.clone());
        registry.register(
            "events_worked_in",
            "Events that were worked in, by what became of them",
            self.events.clone(),
        );
        registry.register("inbox_position", "How far the inbox is worked in", self.position.clone());
        let about = "From the receipt of events to scores and signals that know them";
        registry.register_with_unit("receipt_to_score", about, Unit::Seconds, self.to_score.clone());
    }

    pub(crate) fn received(&self, events: u32) {
        self.received.inc_by(u64::from(events));
    }

    pub(crate) fn worked_in(&self, worked: &WorkedIn) {
        let counts =
            [("accepted", worked.accepted), ("duplicate", worked.duplicates), ("refused", worked.refused)];
        for (fate, count) in counts {
            self.events.get_or_create(&Fate { fate }).inc_by(count);
        }
        self.position.set(i64::try_from(worked.position).unwrap_or(i64::MAX));
    }

    pub(crate) fn scored_after(&self, source: SourceId, time: TimeDelta) {
        self.to_score.observe(time.as_seconds_f64().max(0.0));
        self.lags.lock().unwrap_or_else(PoisonError::into_inner).insert(source, time);
    }

    /// From the receipt of the last events of a source to scores that know them.
    pub(super) fn lag_ms(&self, source: SourceId) -> Option<u64> {
        let lags = self.lags.lock().unwrap_or_else(PoisonError::into_inner);
        lags.get(&source).map(|lag| lag.num_milliseconds().max(0).unsigned_abs())
    }
}
