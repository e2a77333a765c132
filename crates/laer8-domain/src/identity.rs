//! Identity: which accounts (and people) that several sources tell of are one,
//! and whose word on a field counts.
//!
//! ```toml
//! schema = 1
//!
//! [accounts]
//! rules = [
//!   { by = "external_id", sources = ["crm", "billing"] },     # both use the same ids
//!   { by = "external_id", field = "crm_id", of = "crm" },     # a field holds the crm's id
//!   { by = "domain" },
//! ]
//! not_domains = ["gmail.com"]
//!
//! [accounts.precedence]
//! default = "newest"
//! owner = ["crm", "product"]
//!
//! [people]
//! rules = [{ by = "email" }]
//! ```
//!
//! A join is a *reading*, not a rewriting: facts stay with the account that
//! their source told of, and whoever looks sees those of all joined accounts
//! as those of one. So a join can be undone, and nothing is lost.
//!
//! Identity is no event: that two sources told of one company was true before
//! anybody found it out. A join therefore counts for past days too, as the
//! configuration in force does.

mod document;
pub mod matching;
pub mod precedence;

pub use document::{Identity, IdentityError, SCHEMA};

use crate::{provenance::OWN_SOURCE, values::Value};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The rule of a join that a person made.
pub const BY_HAND: &str = "hand";

/// What is joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema)]
#[schema(as = JoinSubject)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Accounts.
    Account,
    /// People within one account.
    Person,
}

impl Subject {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Account, Self::Person];

    /// The name in files and the API.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::Person => "person",
        }
    }

    /// The subject of that name.
    #[must_use]
    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.key() == key)
    }
}

/// By what things of several sources are told to be one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Rule {
    /// These sources call one account by one id.
    SharedIds {
        /// Which sources.
        sources: Vec<String>,
    },
    /// A field holds what another source calls the account.
    Reference {
        /// Which field.
        field: String,
        /// Which source calls it so.
        of: String,
    },
    /// The same e-mail domain.
    Domain,
    /// The same e-mail address.
    Email,
    /// The same value of a field.
    Field {
        /// Which field.
        field: String,
    },
}

impl Rule {
    /// The name under which its keys and joins are kept.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::SharedIds { .. } | Self::Reference { .. } => EXTERNAL_ID,
            Self::Domain => DOMAIN,
            Self::Email => EMAIL,
            Self::Field { field } => field,
        }
    }

    /// The field that it looks at.
    #[must_use]
    pub fn field(&self) -> Option<&str> {
        match self {
            Self::SharedIds { .. } => None,
            Self::Reference { field, .. } | Self::Field { field } => Some(field),
            Self::Domain => Some(DOMAIN),
            Self::Email => Some(EMAIL),
        }
    }
}

const EXTERNAL_ID: &str = "external_id";
const DOMAIN: &str = "domain";
const EMAIL: &str = "email";

/// By what something may be told to be one with something else.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// The code of the rule.
    pub rule: String,
    /// The value that must be the same, as it is compared.
    pub value: String,
}

impl Identity {
    /// The keys of an account: `names` says which source calls it what, `field`
    /// what its fields say.
    pub fn account_keys<'v>(
        &self,
        names: &[(&str, &str)],
        field: impl Fn(&str) -> Option<&'v Value>,
    ) -> Vec<Key> {
        let mut keys = Vec::new();
        let mut put = |rule: &Rule, value: String| {
            let key = Key { rule: rule.code().to_owned(), value };
            if !keys.contains(&key) {
                keys.push(key);
            }
        };
        // What people enter in Laer8 names accounts after other sources.
        let names = || names.iter().filter(|(source, _)| *source != OWN_SOURCE);
        for rule in &self.accounts.rules {
            match rule {
                Rule::SharedIds { sources } => {
                    for (_, id) in names().filter(|(source, _)| sources.iter().any(|it| it == source)) {
                        put(rule, id_in(&sources[0], id));
                    }
                }
                Rule::Reference { field: name, of } => {
                    for (_, id) in names().filter(|(source, _)| source == of) {
                        put(rule, id_in(of, id));
                    }
                    if let Some(id) = field(name).map(ToString::to_string).filter(|id| !id.trim().is_empty())
                    {
                        put(rule, id_in(of, id.trim()));
                    }
                }
                Rule::Domain => {
                    let domain = field(DOMAIN).and_then(|value| domain(value.as_text()?));
                    if let Some(domain) = domain.filter(|domain| self.joins_by_domain(domain)) {
                        put(rule, domain);
                    }
                }
                Rule::Email | Rule::Field { .. } => {
                    let value = rule.field().and_then(&field).map(|value| folded(&value.to_string()));
                    if let Some(value) = value.filter(|value| !value.is_empty()) {
                        put(rule, value);
                    }
                }
            }
        }
        keys
    }

    /// Whether some sources call accounts by the same ids.
    #[must_use]
    pub fn shares_ids(&self) -> bool {
        self.accounts.rules.iter().any(|rule| matches!(rule, Rule::SharedIds { .. }))
    }

    /// The other sources that call an account by the id by which `source` calls it.
    #[must_use]
    pub fn call_alike(&self, source: &str) -> Vec<&str> {
        let mut alike = Vec::new();
        for rule in &self.accounts.rules {
            let Rule::SharedIds { sources } = rule else { continue };
            if !sources.iter().any(|it| it == source) {
                continue;
            }
            let others = sources.iter().map(String::as_str);
            alike.extend(others.filter(|other| *other != source));
        }
        alike.sort_unstable();
        alike.dedup();
        alike
    }

    /// The keys of a person.
    pub fn person_keys<'v>(&self, field: impl Fn(&str) -> Option<&'v Value>) -> Vec<Key> {
        let key = |rule: &Rule| {
            let value = field(rule.field()?)?.to_string();
            let value = if *rule == Rule::Email { email(&value)? } else { folded(&value) };
            (!value.is_empty()).then(|| Key { rule: rule.code().to_owned(), value })
        };
        self.people.rules.iter().filter_map(key).collect()
    }

    /// Whether a key of a subject is still one by this document: a join that was
    /// made by it stands as long as it is, also when the value has changed
    /// since. A company that takes another domain stays one.
    #[must_use]
    pub fn still_says(&self, subject: Subject, key: &Key) -> bool {
        self.rules(subject).iter().any(|rule| match rule {
            _ if rule.code() != key.rule => false,
            Rule::SharedIds { sources } => key.value.starts_with(&id_in(&sources[0], "")),
            Rule::Reference { of, .. } => key.value.starts_with(&id_in(of, "")),
            Rule::Domain => self.joins_by_domain(&key.value),
            Rule::Email | Rule::Field { .. } => true,
        })
    }

    /// The codes of the rules, in the order in which they are tried.
    #[must_use]
    pub fn codes(&self, subject: Subject) -> Vec<&str> {
        let mut codes: Vec<&str> = Vec::new();
        for code in self.rules(subject).iter().map(Rule::code) {
            if !codes.contains(&code) {
                codes.push(code);
            }
        }
        codes
    }

    /// The fields that the rules look at.
    #[must_use]
    pub fn fields(&self, subject: Subject) -> Vec<&str> {
        let mut fields: Vec<&str> = self.rules(subject).iter().filter_map(Rule::field).collect();
        fields.sort_unstable();
        fields.dedup();
        fields
    }

    fn joins_by_domain(&self, domain: &str) -> bool {
        !self.accounts.not_domains.contains(domain)
    }
}

/// What a source calls something, in the ids of one source.
fn id_in(space: &str, id: &str) -> String {
    format!("{space}/{id}")
}

/// A domain as it is compared: of an address of the web or of e-mail, without
/// `www.`, in lower case.
fn domain(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let text = text.split_once("://").map_or(text.as_str(), |(_, rest)| rest);
    let text = text.split(['/', '?', '#']).next()?;
    let text = text.rsplit('@').next()?;
    let text = text.split(':').next()?.trim_end_matches('.');
    let text = text.strip_prefix("www.").unwrap_or(text);
    let is_domain = text.contains('.') && !text.contains(char::is_whitespace) && !text.starts_with('.');
    is_domain.then(|| text.to_owned())
}

/// An e-mail address as it is compared: trimmed, in lower case.
fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    let (person, domain) = text.split_once('@')?;
    (!person.is_empty() && !domain.is_empty()).then_some(text)
}

/// A text as it is compared: in lower case, with single spaces.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn identity(text: &str) -> Identity {
        Identity::from_toml(text).expect("a document")
    }

    fn keys(identity: &Identity, names: &[(&str, &str)], fields: &[(&str, &Value)]) -> Vec<String> {
        let field = |name: &str| fields.iter().find(|(field, _)| *field == name).map(|(_, value)| *value);
        let keys = identity.account_keys(names, field).into_iter();
        keys.map(|key| format!("{} {}", key.rule, key.value)).collect()
    }

    #[test]
    fn a_domain_is_compared_without_what_is_around_it() {
        for text in
            ["acme.com", " WWW.Acme.com ", "https://www.acme.com/about?x=1", "ann@acme.com", "acme.com."]
        {
            assert_eq!(domain(text).as_deref(), Some("acme.com"), "{text}");
        }
        for text in ["", "acme", "n/a", "acme inc.", ".com"] {
            assert_eq!(domain(text), None, "{text}");
        }
    }

    #[test]
    fn free_mail_is_nobodys_domain() {
        let identity =
            identity("schema = 1\n[accounts]\nrules = [{ by = \"domain\" }]\nnot_domains = [\"gmail.com\"]");
        let names = [("crm", "1")];
        assert_eq!(keys(&identity, &names, &[("domain", &"Acme.com".into())]), ["domain acme.com"]);
        assert!(keys(&identity, &names, &[("domain", &"gmail.com".into())]).is_empty());
    }

    #[test]
    fn ids_are_compared_only_where_sources_share_them() {
        let none = identity("schema = 1\n[accounts]\nrules = [{ by = \"domain\" }]");
        assert!(keys(&none, &[("crm", "1")], &[]).is_empty());
        let shared = identity(
            "schema = 1\n[accounts]\nrules = [\n\
             { by = \"external_id\", sources = [\"crm\", \"billing\"] },\n\
             { by = \"external_id\", field = \"crm_id\", of = \"crm\" }]",
        );
        assert_eq!(shared.call_alike("billing"), ["crm"]);
        assert!(shared.call_alike("product").is_empty());
        assert_eq!(keys(&shared, &[("crm", "1")], &[]), ["external_id crm/1"]);
        assert_eq!(keys(&shared, &[("billing", "1"), ("laer8", "billing/1")], &[]), ["external_id crm/1"]);
        assert_eq!(keys(&shared, &[("product", "p")], &[("crm_id", &"1".into())]), ["external_id crm/1"]);
        assert!(keys(&shared, &[("product", "1")], &[]).is_empty(), "product has ids of its own");
    }

    #[test]
    fn a_person_is_known_by_the_address_whatever_its_case() {
        let identity = identity("schema = 1\n[people]\nrules = [{ by = \"email\" }]");
        let keys = |text: &str| {
            let value = Value::from(text);
            identity.person_keys(|_| Some(&value)).into_iter().map(|key| key.value).collect::<Vec<_>>()
        };
        assert_eq!(keys(" Ann@Acme.com "), ["ann@acme.com"]);
        assert!(keys("unknown").is_empty());
    }

    #[test]
    fn a_join_stands_while_its_rule_does() {
        let key = Key { rule: "domain".to_owned(), value: "acme.com".to_owned() };
        let with = identity("schema = 1\n[accounts]\nrules = [{ by = \"domain\" }]");
        let excluded =
            identity("schema = 1\n[accounts]\nrules = [{ by = \"domain\" }]\nnot_domains = [\"acme.com\"]");
        let without = identity("schema = 1\n[accounts]\nrules = []");
        let says = |identity: &Identity| identity.still_says(Subject::Account, &key);
        assert_eq!((says(&with), says(&excluded), says(&without)), (true, false, false));
    }
}
