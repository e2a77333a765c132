//! What the server did, for Prometheus: how many requests, how long they took,
//! how much memory the program holds. Nothing of it is about customers.

use axum::{
    extract::{MatchedPath, Request, State},
    http::{Method, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use laer8_app::Meter;
use prometheus_client::{
    encoding::{EncodeLabelSet, text::encode},
    metrics::{
        counter::Counter,
        family::{Family, MetricConstructor},
        gauge::Gauge,
        histogram::Histogram,
        info::Info,
    },
    registry::{Registry, Unit},
};
use std::{fmt, sync::Arc, time::Instant};

/// The upper ends of the buckets, in seconds: around the 50 ms in which pages
/// shall answer, and up to what works out a large book.
const BUCKETS: [f64; 12] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0];

/// A route, never an address: addresses have no end.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    method: String,
    route: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answered {
    method: String,
    route: String,
    status: u16,
}

#[derive(Debug, Clone)]
struct Buckets;

impl MetricConstructor<Histogram> for Buckets {
    fn new_metric(&self) -> Histogram {
        Histogram::new(BUCKETS)
    }
}

/// What is counted.
#[derive(Clone)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    requests: Family<Answered, Counter>,
    seconds: Family<Route, Histogram, Buckets>,
    memory: Gauge,
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Metrics").finish_non_exhaustive()
    }
}

impl Metrics {
    /// Of the site, and of what comes in beside it.
    pub(crate) fn new(intake: &Meter) -> Self {
        let mut registry = Registry::with_prefix("laer8");
        let requests = Family::default();
        let seconds = Family::new_with_constructor(Buckets);
        let memory = Gauge::default();
        registry.register("http_requests", "Requests that were answered", requests.clone());
        let about = "How long answers took";
        registry.register_with_unit("http_request_duration", about, Unit::Seconds, seconds.clone());
        registry.register_with_unit("resident_memory", "Memory in use", Unit::Bytes, memory.clone());
        let build = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("build", "The program that answers", build);
        intake.register(&mut registry);
        Self { registry: Arc::new(registry), requests, seconds, memory }
    }
}

/// Counts an answer.
pub(crate) async fn count(State(metrics): State<Metrics>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().map_or("none", MatchedPath::as_str).to_owned();
    let method = known(request.method()).to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let status = response.status().as_u16();
    metrics
        .seconds
        .get_or_create(&Route { method: method.clone(), route: route.clone() })
        .observe(began.elapsed().as_secs_f64());
    metrics.requests.get_or_create(&Answered { method, route, status }).inc();
    response
}

/// A method, of those that there are: what somebody makes up has no end.
fn known(method: &Method) -> &str {
    let usual = [Method::GET, Method::HEAD, Method::POST, Method::PUT, Method::PATCH, Method::DELETE];
    if usual.contains(method) { method.as_str() } else { "other" }
}

/// Everything that was counted, as Prometheus reads it.
pub(crate) async fn page(State(metrics): State<Metrics>) -> Response {
    if let Some(bytes) = resident() {
        metrics.memory.set(bytes);
    }
    let mut text = String::new();
    if let Err(error) = encode(&mut text, &metrics.registry) {
        tracing::error!(%error, "the metrics can't be written");
    }
    let kind = "application/openmetrics-text; version=1.0.0; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

/// The memory of this program that is not swapped out, in bytes; none where
/// the system does not say so in `/proc`.
fn resident() -> Option<i64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: i64 = line.trim().strip_suffix(" kB")?.trim().parse().ok()?;
    Some(kibibytes * 1024)
}
