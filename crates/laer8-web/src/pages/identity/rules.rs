//! The rules of the identity document in words.

use laer8_domain::identity::{
    Identity, Rule, Subject,
    precedence::{Winner, Winners},
};
use laer8_words::{Arg, Words};

/// What joins accounts and people, and whose word counts.
pub(super) struct Rules {
    pub(super) accounts: Vec<String>,
    pub(super) people: Vec<String>,
    pub(super) wins: Vec<String>,
    /// Of how many domains nobody is joined by.
    pub(super) left_out: Option<String>,
}

impl Rules {
    /// Of a document in force, which can be read.
    pub(super) fn of(words: Words, body: &str) -> Self {
        let Ok(identity) = Identity::from_toml(body) else {
            return Self { accounts: vec![], people: vec![], wins: vec![], left_out: None };
        };
        let said = |subject| identity.rules(subject).iter().map(|rule| say(words, rule)).collect();
        let left_out = identity.not_domains().len();
        let mut wins = winners(words, identity.precedence(Subject::Account));
        if identity.precedence(Subject::Person) != identity.precedence(Subject::Account) {
            let of_people = words.say("identity-wins-people");
            let people = winners(words, identity.precedence(Subject::Person));
            wins.extend(people.into_iter().map(|said| format!("{of_people} {said}")));
        }
        Self {
            accounts: said(Subject::Account),
            people: said(Subject::Person),
            wins,
            left_out: (left_out > 0)
                .then(|| words.say_with("identity-left-out", &[("count", Arg::from(left_out))])),
        }
    }
}

fn say(words: Words, rule: &Rule) -> String {
    match rule {
        Rule::SharedIds { sources } => {
            words.say_with("identity-rule-shared", &[("sources", Arg::Text(&sources.join(", ")))])
        }
        Rule::Reference { field, of } => {
            words.say_with("identity-rule-reference", &[("field", Arg::Text(field)), ("of", Arg::Text(of))])
        }
        Rule::Domain => words.say("identity-rule-domain"),
        Rule::Email => words.say("identity-rule-email"),
        Rule::Field { field } => words.say_with("identity-rule-field", &[("field", Arg::Text(field))]),
    }
}

fn winners(words: Words, winners: &Winners) -> Vec<String> {
    let fields = winners.fields.iter().map(|(field, winner)| match winner {
        Winner::Newest => words.say_with("identity-wins-field-newest", &[("field", Arg::Text(field))]),
        Winner::Sources(sources) => words.say_with(
            "identity-wins-field",
            &[("field", Arg::Text(field)), ("sources", Arg::Text(&sources.join(", ")))],
        ),
    });
    let others = match &winners.default {
        Winner::Newest => words.say("identity-wins-newest"),
        Winner::Sources(sources) => {
            words.say_with("identity-wins-sources", &[("sources", Arg::Text(&sources.join(", ")))])
        }
    };
    fields.chain([others]).collect()
}
