//! Reading and checking the document.

use super::{BY_HAND, DOMAIN, EMAIL, EXTERNAL_ID, Rule, Subject, domain, precedence::Winners};
use serde::Deserialize;
use std::collections::BTreeSet;

/// The version of the format that this program reads.
pub const SCHEMA: u32 = 1;

/// The rules of a workspace, checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    pub(super) accounts: Accounts,
    pub(super) people: People,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Accounts {
    pub(super) rules: Vec<Rule>,
    pub(super) not_domains: BTreeSet<String>,
    precedence: Winners,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct People {
    pub(super) rules: Vec<Rule>,
    precedence: Winners,
}

/// Why a text is no identity document.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum IdentityError {
    /// It is no TOML of that form; says the line.
    #[error("{0}")]
    Syntax(Box<toml::de::Error>),
    /// It is written for another version.
    #[error("the document has schema {0}; this program reads schema {SCHEMA}")]
    Schema(u32),
    /// A rule names nothing to go by.
    #[error("{0}: `by` is no name; write \"domain\", \"external_id\", \"email\" or a field")]
    By(Place),
    /// An external id that is neither shared nor referred to.
    #[error(
        "{0}: say which sources share their ids, as `sources = [\"crm\", \"billing\"]`, or which field holds \
         whose id, as `field = \"crm_id\", of = \"crm\"`"
    )]
    ExternalId(Place),
    /// A rule says more than goes with it.
    #[error("{0}: `sources`, `field` and `of` go with `by = \"external_id\"` only; take them out")]
    TooMuch(Place),
    /// People have no ids in common.
    #[error("{0}: people are joined by \"email\" or another field, not by \"{1}\"")]
    NotForPeople(Place, String),
    /// What is to be left out is no domain.
    #[error("not_domains: \"{0}\" is no domain; write it as \"example.com\"")]
    NotDomain(String),
    /// A precedence names no source.
    #[error("precedence of `{0}`: name sources, the first that counts first, or write \"newest\"")]
    NoSource(String),
}

/// Where a rule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    subject: Subject,
    number: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let of = match self.subject {
            Subject::Account => "accounts",
            Subject::Person => "people",
        };
        write!(f, "{of}, rule {}", self.number)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    schema: u32,
    #[serde(default)]
    accounts: AccountsDocument,
    #[serde(default)]
    people: PeopleDocument,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct AccountsDocument {
    #[serde(default)]
    rules: Vec<RuleDocument>,
    #[serde(default)]
    not_domains: Vec<String>,
    #[serde(default)]
    precedence: Winners,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct PeopleDocument {
    #[serde(default)]
    rules: Vec<RuleDocument>,
    #[serde(default)]
    precedence: Winners,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleDocument {
    by: String,
    #[serde(default)]
    sources: Vec<String>,
    field: Option<String>,
    of: Option<String>,
}

impl Identity {
    /// Reads a TOML document.
    ///
    /// # Errors
    /// [`IdentityError`], which says what to change.
    pub fn from_toml(text: &str) -> Result<Self, IdentityError> {
        let document: Document =
            toml::from_str(text).map_err(|error| IdentityError::Syntax(Box::new(error)))?;
        if document.schema != SCHEMA {
            return Err(IdentityError::Schema(document.schema));
        }
        let (accounts, people) = (document.accounts, document.people);
        for winners in [&accounts.precedence, &people.precedence] {
            if let Some(field) = winners.without_source() {
                return Err(IdentityError::NoSource(field.to_owned()));
            }
        }
        let left_out = accounts.not_domains.into_iter();
        let not_domains = left_out.map(|text| domain(&text).ok_or(IdentityError::NotDomain(text)));
        Ok(Self {
            accounts: Accounts {
                rules: rules(Subject::Account, accounts.rules)?,
                not_domains: not_domains.collect::<Result<_, _>>()?,
                precedence: accounts.precedence,
            },
            people: People { rules: rules(Subject::Person, people.rules)?, precedence: people.precedence },
        })
    }

    /// The rules, in the order in which they are tried.
    #[must_use]
    pub fn rules(&self, subject: Subject) -> &[Rule] {
        match subject {
            Subject::Account => &self.accounts.rules,
            Subject::Person => &self.people.rules,
        }
    }

    /// Whose word on a field counts.
    #[must_use]
    pub fn precedence(&self, subject: Subject) -> &Winners {
        match subject {
            Subject::Account => &self.accounts.precedence,
            Subject::Person => &self.people.precedence,
        }
    }

    /// The domains that join nobody.
    #[must_use]
    pub fn not_domains(&self) -> &BTreeSet<String> {
        &self.accounts.not_domains
    }
}

fn rules(subject: Subject, written: Vec<RuleDocument>) -> Result<Vec<Rule>, IdentityError> {
    let numbered = written.into_iter().zip(1..);
    numbered.map(|(written, number)| rule(Place { subject, number }, written)).collect()
}

fn rule(place: Place, written: RuleDocument) -> Result<Rule, IdentityError> {
    let RuleDocument { by, sources, field, of } = written;
    if by == EXTERNAL_ID && place.subject == Subject::Account {
        return match (field, of) {
            (Some(field), Some(of)) if sources.is_empty() && !field.is_empty() && !of.is_empty() => {
                Ok(Rule::Reference { field, of })
            }
            (None, None) if sources.len() > 1 => Ok(Rule::SharedIds { sources }),
            _ => Err(IdentityError::ExternalId(place)),
        };
    }
    if !sources.is_empty() || field.is_some() || of.is_some() {
        return Err(IdentityError::TooMuch(place));
    }
    match (place.subject, by.as_str()) {
        (_, "" | BY_HAND) => Err(IdentityError::By(place)),
        (Subject::Person, EXTERNAL_ID | DOMAIN) => Err(IdentityError::NotForPeople(place, by)),
        (Subject::Account, DOMAIN) => Ok(Rule::Domain),
        (_, EMAIL) => Ok(Rule::Email),
        _ => Ok(Rule::Field { field: by }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(text: &str) -> String {
        Identity::from_toml(&format!("schema = 1\n{text}")).expect_err("a fault").to_string()
    }

    #[test]
    fn what_is_wrong_says_what_to_change() {
        let ids = fault("[accounts]\nrules = [{ by = \"domain\" }, { by = \"external_id\" }]");
        assert!(ids.starts_with("accounts, rule 2: say which sources share their ids"), "{ids}");
        let alone = fault("[accounts]\nrules = [{ by = \"external_id\", sources = [\"crm\"] }]");
        assert!(alone.contains("sources = [\"crm\", \"billing\"]"), "{alone}");
        let people = fault("[people]\nrules = [{ by = \"domain\" }]");
        assert!(people.contains("people are joined by \"email\""), "{people}");
        let much = fault("[accounts]\nrules = [{ by = \"domain\", of = \"crm\" }]");
        assert!(much.contains("take them out"), "{much}");
        let free = fault("[accounts]\nnot_domains = [\"gmail\"]");
        assert!(free.contains("\"gmail\" is no domain"), "{free}");
        let nobody = fault("[accounts.precedence]\nowner = []");
        assert!(nobody.starts_with("precedence of `owner`"), "{nobody}");
        let unknown = fault("[accounts]\nrule = []");
        assert!(unknown.contains("unknown field `rule`"), "{unknown}");
    }

    #[test]
    fn a_document_that_says_nothing_joins_nobody() {
        let identity = Identity::from_toml("schema = 1").expect("a document");
        assert!(Subject::ALL.into_iter().all(|subject| identity.rules(subject).is_empty()));
        assert_eq!(Identity::from_toml("schema = 2"), Err(IdentityError::Schema(2)));
    }
}
