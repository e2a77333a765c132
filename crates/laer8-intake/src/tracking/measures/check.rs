//! Reads and checks the document.

use super::{Compiled, Measure, Measures, SCHEMA, Template, What};
use laer8_domain::conditions::Condition;
use serde::{Deserialize, Serialize};

/// Why a text is no list of measures. Says where and what.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum MeasuresError {
    /// It is no TOML of that form; says the line.
    #[error("measures.toml: {0}")]
    Syntax(String),
    /// It is written for another version.
    #[error("measures.toml: schema {0} can't be read; this program reads schema {SCHEMA}")]
    Schema(u32),
    /// A key is no name.
    #[error(
        "measures.toml: measures[{position}].key `{key}` is no name; write lower-case letters, digits and underscores"
    )]
    Key {
        /// Which measure, from 0.
        position: usize,
        /// Its key.
        key: String,
    },
    /// A key is used twice.
    #[error(
        "measures.toml: measures[{position}].key `{key}` is that of another measure; give it one of its own"
    )]
    RepeatedKey {
        /// Which measure, from 0.
        position: usize,
        /// Its key.
        key: String,
    },
    /// A language is left out.
    #[error("measures.toml: the name of `{0}` is empty in a language; write both en and es")]
    Name(String),
    /// A list is empty that must not be.
    #[error("measures.toml: `{list}` of `{measure}` is empty; write at least one entry")]
    Empty {
        /// The key of the measure.
        measure: String,
        /// Which list.
        list: &'static str,
    },
    /// A feature that is none.
    #[error(
        "measures.toml: the feature `{feature}` of `{measure}` can't be read; write its id, or a path in braces such as {{event}}"
    )]
    Feature {
        /// The key of the measure.
        measure: String,
        /// What stands there.
        feature: String,
    },
    /// A sum of nothing.
    #[error("measures.toml: `{0}` sums up nothing; write the property, such as {{ sum = \"pages\" }}")]
    Sum(String),
    /// A condition that names nothing.
    #[error("measures.toml: a condition of `{0}` names no facet; write e.g. facet = \"plan\"")]
    NoFacet(String),
    /// A condition that could never be meant.
    #[error(
        "measures.toml: the condition of `{measure}` on `{facet}` tests nothing; add is, not, at_least, below or known, with finite numbers"
    )]
    TestsNothing {
        /// The key of the measure.
        measure: String,
        /// The facet.
        facet: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: u32,
    #[serde(default)]
    measures: Vec<Measure>,
}

impl Measures {
    /// Reads and checks `measures.toml`. No measures at all is a choice too:
    /// then events say who is there, and no usage.
    ///
    /// # Errors
    /// The first [`MeasuresError`] found.
    pub fn from_toml(text: &str) -> Result<Self, MeasuresError> {
        let document: Document = toml::from_str(text)
            .map_err(|error| MeasuresError::Syntax(error.to_string().trim_end().to_owned()))?;
        if document.schema != SCHEMA {
            return Err(MeasuresError::Schema(document.schema));
        }
        let mut measures: Vec<Compiled> = Vec::new();
        for (position, measure) in document.measures.into_iter().enumerate() {
            if measures.iter().any(|other| other.measure.key == measure.key) {
                return Err(MeasuresError::RepeatedKey { position, key: measure.key });
            }
            measures.push(compile(position, measure)?);
        }
        Ok(Self { measures })
    }

    /// The document, as it can be read again.
    ///
    /// # Errors
    /// [`MeasuresError::Syntax`] where a value can't be written as TOML.
    pub fn to_toml(&self) -> Result<String, MeasuresError> {
        let document = Document { schema: SCHEMA, measures: self.all().cloned().collect() };
        toml::to_string(&document).map_err(|error| MeasuresError::Syntax(error.to_string()))
    }
}

fn compile(position: usize, measure: Measure) -> Result<Compiled, MeasuresError> {
    let key = measure.key.clone();
    let is_name = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if key.is_empty() || !key.bytes().all(is_name) {
        return Err(MeasuresError::Key { position, key });
    }
    if measure.name.en.trim().is_empty() || measure.name.es.trim().is_empty() {
        return Err(MeasuresError::Name(key));
    }
    for (list, is_empty) in [("on", measure.on.is_empty()), ("what", measure.what.is_empty())] {
        if is_empty {
            return Err(MeasuresError::Empty { measure: key, list });
        }
    }
    if measure.what.iter().any(|what| matches!(what, What::Sum(path) if path.trim().is_empty())) {
        return Err(MeasuresError::Sum(key));
    }
    for condition in measure.when.all.iter().chain(&measure.when.any) {
        check(&key, condition)?;
    }
    let feature = Template::parse(&measure.feature).filter(|_| !measure.feature.trim().is_empty());
    match feature {
        Some(feature) => Ok(Compiled { measure, feature }),
        None => Err(MeasuresError::Feature { measure: key, feature: measure.feature }),
    }
}

fn check(key: &str, condition: &Condition) -> Result<(), MeasuresError> {
    if condition.facet.trim().is_empty() {
        return Err(MeasuresError::NoFacet(key.to_owned()));
    }
    let limits = [condition.at_least, condition.below];
    if condition.is_empty() || limits.into_iter().flatten().any(|limit| !limit.is_finite()) {
        let (measure, facet) = (key.to_owned(), condition.facet.clone());
        return Err(MeasuresError::TestsNothing { measure, facet });
    }
    Ok(())
}
