//! Names of the closed sets of [`laer8_domain`], and the values that traits
//! hold.

use crate::words::Words;
use laer8_domain::{
    days::Granularity,
    notes::NoteKind,
    people,
    subscriptions::{BillingPeriod, PriceBasis},
    surveys::SurveyKind,
    tickets::{Priority, TicketEventKind},
    users,
    values::Value,
};

impl Words {
    /// The part that a person plays at an account.
    #[must_use]
    pub fn role(self, role: people::Role) -> String {
        self.keyed("role", role.key())
    }

    /// What a user of Laer8 is.
    #[must_use]
    pub fn user_role(self, role: users::Role) -> String {
        self.keyed("user-role", role.key())
    }

    /// What a user of that role may do, in one sentence.
    #[must_use]
    pub fn user_role_about(self, role: users::Role) -> String {
        self.say(&format!("user-role-{}.about", role.key()))
    }

    /// The kind of an entry on the timeline.
    #[must_use]
    pub fn note_kind(self, kind: NoteKind) -> String {
        self.keyed("note", kind.key())
    }

    /// What a survey asks.
    #[must_use]
    pub fn survey_kind(self, kind: SurveyKind) -> String {
        self.keyed("survey", kind.key())
    }

    /// How bad a ticket is.
    #[must_use]
    pub fn priority(self, priority: Priority) -> String {
        self.keyed("priority", priority.key())
    }

    /// What happened to a ticket.
    #[must_use]
    pub fn ticket_event(self, event: &TicketEventKind) -> String {
        self.keyed(
            "ticket-event",
            match event {
                TicketEventKind::Opened(_) => "opened",
                TicketEventKind::Prioritised(_) => "prioritised",
                TicketEventKind::Responded => "responded",
                TicketEventKind::Escalated => "escalated",
                TicketEventKind::Solved => "solved",
                TicketEventKind::Reopened => "reopened",
                TicketEventKind::Rated(_) => "rated",
                TicketEventKind::SlaBreached => "sla-breached",
                TicketEventKind::Withdrawn(_) => "withdrawn",
            },
        )
    }

    /// How often a price is charged: "a month".
    #[must_use]
    pub fn billing_period(self, period: BillingPeriod) -> String {
        self.keyed("billing", period.key())
    }

    /// What a price is the price of.
    #[must_use]
    pub fn price_basis(self, basis: PriceBasis) -> String {
        self.say(match basis {
            PriceBasis::Unit => "price-basis-unit",
            PriceBasis::Total => "price-basis-total",
        })
    }

    /// How long the periods of a report are: "Month".
    #[must_use]
    pub fn granularity(self, granularity: Granularity) -> String {
        self.say(match granularity {
            Granularity::Day => "granularity-day",
            Granularity::Month => "granularity-month",
            Granularity::Quarter => "granularity-quarter",
            Granularity::Year => "granularity-year",
        })
    }

    /// A value of a trait. A number has the decimals that it needs, four at
    /// most.
    #[must_use]
    pub fn value(self, value: &Value) -> String {
        match value {
            Value::Text(text) => text.clone(),
            Value::Bool(yes) => self.yes_or_no(*yes),
            Value::Day(day) => self.day(*day),
            Value::Number(number) => self.number(*number, decimals_of(*number)),
        }
    }

    fn keyed(self, prefix: &str, key: &str) -> String {
        self.say(&format!("{prefix}-{}", key.replace('_', "-")))
    }
}

fn decimals_of(number: f64) -> u8 {
    let text = format!("{number:.4}");
    let decimals = text.trim_end_matches('0').split_once('.').map_or(0, |(_, decimals)| decimals.len());
    u8::try_from(decimals).unwrap_or(4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    const EN: Words = Words::new(Language::En);
    const ES: Words = Words::new(Language::Es);

    #[test]
    fn every_name_of_the_domain_is_known_in_both_languages() {
        for words in [EN, ES] {
            let mut names: Vec<String> = people::Role::ALL.map(|it| words.role(it)).to_vec();
            names.extend(users::Role::ALL.map(|it| words.user_role(it)));
            names.extend(users::Role::ALL.map(|it| words.user_role_about(it)));
            names.extend(NoteKind::ALL.map(|it| words.note_kind(it)));
            names.extend(SurveyKind::ALL.map(|it| words.survey_kind(it)));
            names.extend(Priority::ALL.map(|it| words.priority(it)));
            names.extend([PriceBasis::Unit, PriceBasis::Total].map(|it| words.price_basis(it)));
            use BillingPeriod::{Day, Month, Quarter, Week, Year};
            names.extend([Day, Week, Month, Quarter, Year].map(|it| words.billing_period(it)));
            let granularities =
                [Granularity::Day, Granularity::Month, Granularity::Quarter, Granularity::Year];
            names.extend(granularities.map(|it| words.granularity(it)));
            names.extend(ticket_events().map(|it| words.ticket_event(&it)));
            for name in names {
                // A message that does not exist comes back as its id.
                let is_an_id = name.contains('-') && !name.contains(' ') && name == name.to_lowercase();
                assert!(!is_an_id, "{name}");
            }
        }
    }

    fn ticket_events() -> [TicketEventKind; 9] {
        [
            TicketEventKind::Opened(String::new()),
            TicketEventKind::Prioritised(Priority::High),
            TicketEventKind::Responded,
            TicketEventKind::Escalated,
            TicketEventKind::Solved,
            TicketEventKind::Reopened,
            TicketEventKind::Rated(5),
            TicketEventKind::SlaBreached,
            TicketEventKind::Withdrawn(1),
        ]
    }

    #[test]
    fn a_value_is_written_as_its_kind_is() {
        let day = Value::Day("2026-07-01".parse().expect("a day"));
        let values = [Value::from("Oslo"), Value::from(true), day, Value::from(1234.5), Value::from(12.0)];
        let said = |words: Words| values.clone().map(|value| words.value(&value));
        assert_eq!(said(EN), ["Oslo", "Yes", "1 Jul 2026", "1,234.5", "12"]);
        assert_eq!(said(ES), ["Oslo", "Sí", "1 jul 2026", "1234,5", "12"]);
    }
}
