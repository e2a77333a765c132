//! Which usage events count for: the document, and what its measures are called
//! in what is stored.

use crate::{AppError, configuration};
use laer8_intake::tracking::{Measure, Measures};
use laer8_store::Tx;
use rustc_hash::FxHashMap;
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// The measures in force.
#[derive(Debug)]
pub(crate) struct InForce {
    pub(crate) measures: Measures,
    /// What the measure of a key is called in what is stored: its key and a
    /// digest of what it says. A measure that says something else is another.
    names: FxHashMap<String, String>,
}

impl InForce {
    pub(crate) async fn load(tx: &Tx) -> Result<Self, AppError> {
        let measures = configuration::measures(tx).await?;
        let names = measures.all().map(|measure| (measure.key.clone(), name(measure))).collect();
        Ok(Self { measures, names })
    }

    /// What the measures are called in what is stored.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        self.names.values().map(String::as_str)
    }

    /// What a measure is called in what is stored.
    pub(crate) fn name<'n>(&'n self, key: &'n str) -> &'n str {
        self.names.get(key).map_or(key, String::as_str)
    }
}

fn name(measure: &Measure) -> String {
    // What it is called says nothing of what it counts.
    let counted = (&measure.on, &measure.events, &measure.when, &measure.what, measure.into, measure.window);
    let text = serde_json::to_string(&(counted, &measure.feature)).unwrap_or_default();
    let mut name = format!("{}-", measure.key);
    for byte in &Sha256::digest(text.as_bytes())[..4] {
        let _ = write!(name, "{byte:02x}"); // a text takes everything
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(text: &str) -> String {
        let document = format!(
            "schema = 1\n[[measures]]\nkey = \"exports\"\nname = {{ en = \"{text}\", es = \"X\" }}\n\
             on = \"track\"\nevents = [\"{text}\"]\nwhat = \"count\"\nfeature = \"exports\"\n"
        );
        let measures = Measures::from_toml(&document).expect("a document");
        measures.all().map(name).next().expect("a measure")
    }

    #[test]
    fn a_measure_that_counts_something_else_is_another() {
        assert_eq!(named("Exported"), named("Exported"));
        assert_ne!(named("Exported"), named("Report Exported"));
        assert!(named("Exported").starts_with("exports-"));
    }
}
