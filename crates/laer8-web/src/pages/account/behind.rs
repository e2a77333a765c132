//! What stands behind numbers of the page: the parts of a percentage, and the
//! rows of a feature's last week.

use super::Drawing;
use crate::{error::Trouble, request::Asked};
use laer8_app::{FeatureRowsView, Says};
use laer8_domain::{
    days::shift,
    ids::{AccountId, FeatureId},
};
use laer8_words::{Arg, Term};
use serde::Serialize;

/// Rows of a week that are shown: more than a week has, where there is one row
/// a day and source.
const ROWS: u64 = 200;

/// The parts of potential, or of whether it works.
pub(super) struct Parts {
    pub(super) title: String,
    /// What the third column holds a part against.
    pub(super) against: &'static str,
    pub(super) rows: Vec<[String; 5]>,
}

/// The rows behind the use of a feature.
pub(super) struct Used {
    pub(super) title: String,
    pub(super) uses: String,
    /// Day, uses as a number, what the row says, and where it stands.
    pub(super) rows: Vec<(String, i64, String, String)>,
    pub(super) more: String,
}

/// The rows of the feature that the address names.
pub(super) async fn used(asked: &Asked, account: i64) -> Result<Option<FeatureRowsView>, Trouble> {
    let Some(feature) = asked.query.get("feature").and_then(|id| id.parse().ok()) else { return Ok(None) };
    let (app, account) = (&asked.site.app, AccountId(account));
    let view = app.feature_rows(&asked.actor, asked.as_of, account, FeatureId(feature), ROWS).await;
    view.map(Some).map_err(|error| Trouble::of(asked, &error))
}

/// The key of something that is told by one.
fn key(of: impl Serialize) -> String {
    let value = serde_json::to_value(of).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

impl Drawing<'_> {
    /// The page with something open in the part of that name.
    pub(super) fn opening(&self, name: &str, value: &str, part: &str) -> String {
        let query = self.asked.query.without_any(&["open", "feature"]).with(name, value);
        format!("{}#{part}", query.address(&self.asked.path))
    }

    /// The parts that the address asks for.
    pub(super) fn parts(&self) -> Option<Parts> {
        let (words, score) = (self.words, &self.view.score);
        let row = |name: String, found: f64, against: f64, percent: f64, weight: f64| {
            [
                name,
                words.number(found, 2),
                words.number(against, 2),
                words.percent(percent / 100.0, 0),
                words.number(weight, 2),
            ]
        };
        match self.asked.query.get("open")? {
            "potential" => {
                let parts = &score.potential.as_ref()?.parts;
                let rows = parts.iter().map(|it| {
                    let name = words.name(Term::PotentialPart, &key(it.part));
                    row(name, it.used, it.benchmark.value, it.percent, it.weight)
                });
                let title = words.name(Term::Measure, "potential_realised");
                Some(Parts { title, against: "behind-part-against", rows: rows.collect() })
            }
            "works" => {
                let parts = &score.works.as_ref()?.parts;
                let rows = parts.iter().map(|it| {
                    let name = words.name(Term::WorksPart, &key(it.part));
                    row(name, it.value, it.worst, it.points, it.weight)
                });
                let title = words.name(Term::Measure, "works_as_promised");
                Some(Parts { title, against: "behind-part-worst", rows: rows.collect() })
            }
            _ => None,
        }
    }

    pub(super) fn used(&self, view: &FeatureRowsView) -> Used {
        let words = self.words;
        let (from, to) = (words.day(view.from), words.day(shift(view.to, -1)));
        let args =
            [("feature", Arg::Text(view.name.as_str())), ("from", Arg::Text(&from)), ("to", Arg::Text(&to))];
        let row = |row: &laer8_app::SourceRow| {
            let uses = if let Says::Usage { count, .. } = &row.says { *count } else { 0 };
            (
                words.day(row.day),
                uses,
                laer8_phrases::says(words, &row.says),
                laer8_phrases::place(words, row),
            )
        };
        let hidden = view.row_count.saturating_sub(view.rows.len() as u64);
        Used {
            title: words.say_with("behind-use", &args),
            uses: words.count(view.uses),
            rows: view.rows.iter().map(row).collect(),
            more: match hidden {
                0 => String::new(),
                hidden => words.say_with("behind-use-more", &[("count", Arg::from(hidden))]),
            },
        }
    }
}
