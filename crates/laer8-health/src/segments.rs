//! Segments: kinds of customers that are treated alike.
//!
//! ```toml
//! schema = 1
//!
//! [[segments]]
//! key = "enterprise"
//! name = { en = "Enterprise", es = "Grandes empresas" }
//! when = { any = [{ facet = "arr", at_least = 50000 }, { facet = "plan", is = "Enterprise" }] }
//!
//! [[segments]]                    # the last takes everyone else
//! key = "small"
//! name = { en = "Small", es = "Pequeñas" }
//! ```

use crate::{
    names::Name,
    scorecard::is_key,
    when::{ConditionFault, When, check_condition},
};
use laer8_domain::conditions::{Condition, Facets};
use serde::{Deserialize, Serialize};

/// The version of the format that this program reads and writes.
pub const SCHEMA: u32 = 1;

/// A segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Segment {
    /// Its name in documents and the API.
    pub key: String,
    /// What people call it.
    pub name: Name,
    /// To which accounts it applies; the last segment has no conditions.
    #[serde(default, skip_serializing_if = "When::is_always")]
    pub when: When,
}

/// The segments of a workspace, in the order in which they are tried.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Segments {
    schema: u32,
    segments: Vec<Segment>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: u32,
    #[serde(default)]
    segments: Vec<Segment>,
}

/// Why a text is no list of segments.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum SegmentsError {
    /// It is no TOML of that form; says the line.
    #[error("{0}")]
    Syntax(Box<toml::de::Error>),
    /// It is written for another version.
    #[error("the document has schema {0}; this program reads schema {SCHEMA}")]
    Schema(u32),
    /// It names none.
    #[error("there is no segment; add a [[segments]]")]
    Empty,
    /// A key is no name.
    #[error("segment {0}: key `{1}` is no name; write lower-case letters, digits and underscores")]
    Key(usize, String),
    /// A key is used twice.
    #[error("segment {0}: another segment has the key `{1}`; give it a key of its own")]
    RepeatedKey(usize, String),
    /// A language is left out.
    #[error("segment `{0}`: its name is empty in a language; write both en and es")]
    Name(String),
    /// A condition can't be used.
    #[error("segment `{0}`: {1}")]
    Condition(String, ConditionFault),
    /// One that is not the last has no conditions.
    #[error("segment `{0}` has no conditions, so no account gets past it; add `when`, or move it to the end")]
    CatchesAll(String),
    /// The last one has conditions.
    #[error("the last segment, `{0}`, has conditions, so some accounts have none; add one without `when`")]
    NoCatchAll(String),
}

/// The segment of an account, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Assignment<'a> {
    /// Which.
    pub segment: &'a Segment,
    /// The conditions of it that hold; none for the last segment, which takes
    /// everyone else.
    pub reasons: Vec<&'a Condition>,
}

impl Segments {
    /// Reads a TOML document.
    ///
    /// # Errors
    /// [`SegmentsError`], which says what to change.
    pub fn from_toml(text: &str) -> Result<Self, SegmentsError> {
        let document: Document =
            toml::from_str(text).map_err(|error| SegmentsError::Syntax(Box::new(error)))?;
        if document.schema != SCHEMA {
            return Err(SegmentsError::Schema(document.schema));
        }
        Self::new(document.segments)
    }

    /// From segments in the order in which they are tried.
    ///
    /// # Errors
    /// [`SegmentsError`], which says what to change.
    pub fn new(segments: Vec<Segment>) -> Result<Self, SegmentsError> {
        for (index, segment) in segments.iter().enumerate() {
            check(segment, index, &segments)?;
        }
        match segments.last() {
            None => Err(SegmentsError::Empty),
            Some(last) if !last.when.is_always() => Err(SegmentsError::NoCatchAll(last.key.clone())),
            Some(_) => Ok(Self { schema: SCHEMA, segments }),
        }
    }

    /// Writes TOML. Comments of the text that it was read from are not kept.
    ///
    /// # Errors
    /// Those of the TOML writer; there are none for a document that was read.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string(self)
    }

    /// The segments in the order in which they are tried.
    #[must_use]
    pub fn segments(&self) -> &[Segment] {
        &self.segments
    }

    /// The segment of an account: the first whose conditions hold.
    #[must_use]
    pub fn assign(&self, facets: &impl Facets) -> &Segment {
        let (last, others) = self.segments.split_last().expect("checked: there is a last segment");
        others.iter().find(|segment| segment.when.holds(facets)).unwrap_or(last)
    }

    /// The segment of an account, and why.
    #[must_use]
    pub fn explain(&self, facets: &impl Facets) -> Assignment<'_> {
        let segment = self.assign(facets);
        Assignment { segment, reasons: segment.when.reasons(facets) }
    }
}

fn check(segment: &Segment, index: usize, all: &[Segment]) -> Result<(), SegmentsError> {
    let key = || segment.key.clone();
    if !is_key(&segment.key) {
        return Err(SegmentsError::Key(index + 1, key()));
    }
    if all[..index].iter().any(|other| other.key == segment.key) {
        return Err(SegmentsError::RepeatedKey(index + 1, key()));
    }
    if segment.name.is_incomplete() {
        return Err(SegmentsError::Name(key()));
    }
    for condition in segment.when.conditions() {
        check_condition(condition).map_err(|fault| SegmentsError::Condition(key(), fault))?;
    }
    if segment.when.is_always() && index + 1 < all.len() {
        return Err(SegmentsError::CatchesAll(key()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use laer8_domain::values::Value;

    struct Account {
        plan: &'static str,
        arr: f64,
    }

    impl Facets for Account {
        fn facet(&self, name: &str) -> Vec<Value> {
            match name {
                "plan" => vec![self.plan.into()],
                "arr" => vec![self.arr.into()],
                _ => vec![],
            }
        }
    }

    const EXAMPLE: &str = r#"
        schema = 1
        [[segments]]
        key = "enterprise"
        name = { en = "Enterprise", es = "Grandes empresas" }
        when = { any = [{ facet = "arr", at_least = 50000 }, { facet = "plan", is = "Enterprise" }] }
        [[segments]]
        key = "small"
        name = { en = "Small", es = "Pequeñas" }
    "#;

    #[test]
    fn an_account_belongs_to_the_first_segment_that_fits() {
        let segments = Segments::from_toml(EXAMPLE).expect("segments");
        let large = segments.explain(&Account { plan: "Pro", arr: 80_000.0 });
        assert_eq!((large.segment.key.as_str(), large.reasons[0].facet.as_str()), ("enterprise", "arr"));
        let small = segments.explain(&Account { plan: "Pro", arr: 800.0 });
        assert_eq!((small.segment.key.as_str(), small.reasons.len()), ("small", 0));
    }

    #[test]
    fn what_is_written_is_read_back() {
        let segments = Segments::from_toml(EXAMPLE).expect("segments");
        let text = segments.to_toml().expect("TOML");
        assert_eq!(Segments::from_toml(&text), Ok(segments));
    }

    #[test]
    fn every_account_has_a_segment_and_every_segment_a_chance() {
        let [large, rest]: [Segment; 2] =
            Segments::from_toml(EXAMPLE).expect("segments").segments.try_into().expect("two");
        let error = |segments| Segments::new(segments).expect_err("refused");
        assert_eq!(error(vec![]), SegmentsError::Empty);
        assert_eq!(error(vec![large.clone()]), SegmentsError::NoCatchAll("enterprise".into()));
        assert_eq!(error(vec![rest, large]), SegmentsError::CatchesAll("small".into()));
    }
}
