//! One account: the page that tells the story.

mod behind;
pub(crate) mod edit;
mod money;
mod story;
mod why;

use super::{Change, Health, initials, shown};
use crate::{
    charts::{mark, sparkline},
    error::Trouble,
    frame::Frame,
    request::Asked,
};
use askama::Template;
use axum::{
    extract::Path,
    response::{IntoResponse, Redirect, Response},
};
use behind::{Parts, Used};
use edit::Writing;
use laer8_app::{AccountView, FeatureUse, ScoreQuery, WEEKS};
use laer8_domain::{
    accounts::fields,
    days::{Day, days_between, shift},
    ids::AccountId,
    money::{Amount, Money},
};
use laer8_journey::{SignalKind, signals::Severity};
use laer8_words::{Arg, Term, UNDEFINED, Words};
use money::{Entry, Subscription};
use story::{Person, Told};
use why::Measure;

/// Source rows under a measure that is open.
const ROWS: u64 = 40;
/// Days of the score's history.
const HISTORY: u32 = 180;
/// Entries of a list before the rest is folded away.
const FEATURES: usize = 9;
/// Tickets on the page, the open ones first.
const TICKETS: usize = 8;

struct Signal {
    name: String,
    reason: String,
    step: String,
    stake: String,
    /// The part of the page where its reason stands.
    place: String,
    opportunity: bool,
    urgent: bool,
}

struct Feature {
    name: String,
    uses: String,
    class: &'static str,
    picture: String,
    address: String,
    /// Uses in each week, the last one last.
    weeks: Vec<String>,
}

#[derive(Template)]
#[template(path = "account.html")]
struct Page {
    frame: Frame,
    about: Vec<String>,
    /// On paper: of which day it is.
    printed: String,
    parent: Option<(String, String)>,
    stage_mark: Option<String>,
    stage: String,
    stage_about: String,
    stage_late: bool,
    health: Health,
    /// In 30 days; nothing where it had no score then.
    change: Option<Change>,
    coverage: String,
    mrr: String,
    arr: String,
    renewal: String,
    renewal_about: String,
    potential: String,
    potential_parts: String,
    works: String,
    works_parts: String,
    parts: Option<Parts>,
    owner: String,
    contact: String,
    signals: Vec<Signal>,
    why: String,
    scorecard: String,
    scorecard_link: String,
    measures: Vec<Measure>,
    caps: Vec<String>,
    capped: Option<String>,
    /// Nothing where there is no score.
    score_bar: String,
    score: String,
    unmeasured: Vec<(String, String)>,
    history: Option<String>,
    /// Days on which the score became another.
    history_rows: Vec<(String, String)>,
    /// The last days of the weeks of [`Feature::weeks`].
    weeks: Vec<String>,
    features: Vec<Feature>,
    more_features: Vec<Feature>,
    used: Option<Used>,
    entries: Vec<Entry>,
    more_entries: Vec<Entry>,
    subscriptions: Vec<Subscription>,
    more_subscriptions: Vec<Subscription>,
    /// How many tickets there are, where not all are shown.
    tickets_about: String,
    tickets: Vec<(String, String, String, bool)>,
    progress: Vec<String>,
    debt: Vec<String>,
    people: Vec<Person>,
    events: Vec<Told>,
    more_events: Vec<Told>,
    traits: Vec<(String, String, String)>,
    writing: Option<Writing>,
}

pub(crate) async fn page(Path(id): Path<String>, asked: Asked) -> Result<Response, Trouble> {
    let Ok(id) = id.parse::<i64>() else { return Err(Trouble::missing(asked)) };
    let query = ScoreQuery { account: format!("#{id}"), rows: ROWS, history_days: HISTORY };
    let view = asked.site.app.account(&asked.actor, asked.as_of, &query).await;
    let view = view.map_err(|error| Trouble::of(&asked, &error))?;
    let account = view.score.account.id;
    if account.0 != id
        && asked.site.app.account_read_as(&asked.actor, AccountId(id)).await.ok() == Some(account)
    {
        // It was joined to another. Not for ever: the join may be undone.
        let address = asked.query.address(&format!("/accounts/{account}"));
        return Ok(Redirect::temporary(&address).into_response());
    }
    let used = behind::used(&asked, id).await?;
    let writing = Writing::on(&asked, &view);
    let drawing = Drawing { asked: &asked, words: asked.words, view: &view, writes: writing.is_some() };
    let used = used.map(|view| drawing.used(&view));
    let page = drawing.page(writing, used);
    shown(&asked, &page)
}

struct Drawing<'a> {
    asked: &'a Asked,
    words: Words,
    view: &'a AccountView,
    /// Whether something can be written on the page.
    writes: bool,
}

impl Drawing<'_> {
    fn page(&self, writing: Option<Writing>, used: Option<Used>) -> Page {
        let (words, view) = (self.words, self.view);
        let account = &view.score.account;
        let stage = ["land", "adopt", "expand", "renew"].iter().position(|stage| *stage == account.standing);
        let (measures, unmeasured) = self.measures();
        let (features, more_features) = self.features();
        let (events, more_events) = self.events();
        let (renewal, renewal_about) = self.renewal();
        let (entries, more_entries) = self.entries();
        let (subscriptions, more_subscriptions) = self.subscriptions();
        Page {
            frame: Frame::new(self.asked, "/accounts", account.name.clone(), view.score.as_of)
                .of_account(account.id),
            about: self.about(),
            printed: words
                .say_with("glance-printed", &[("day", Arg::Text(&words.day(view.score.as_of.day)))]),
            parent: view
                .parent
                .as_ref()
                .map(|it| (it.name.clone(), self.asked.link(&format!("/accounts/{}", it.id)))),
            stage_mark: stage.map(mark),
            stage: words.name(Term::Standing, account.standing),
            stage_about: self.stage_about(),
            stage_late: account.overdue_days.is_some(),
            health: self.health(),
            change: account.change_30.map(|points| Change::of_points(words, Some(points), 0)),
            coverage: words.percent(view.score.coverage, 0),
            mrr: self.whole(account.mrr),
            arr: self.short(account.arr),
            renewal,
            renewal_about,
            potential: words.percent(account.potential.map(|percent| percent / 100.0), 0),
            potential_parts: self.opening("open", "potential", "parts"),
            works: words.percent(account.works.map(|percent| percent / 100.0), 0),
            works_parts: self.opening("open", "works", "parts"),
            parts: self.parts(),
            owner: if account.owner.is_empty() {
                words.say("account-no-owner")
            } else {
                super::short_name(&account.owner)
            },
            contact: self.contact(),
            signals: self.signals(),
            why: self.why(),
            scorecard: view.score.scorecard.name.in_language(words.language().key()).to_owned(),
            scorecard_link: self.asked.link(&format!("/health/scorecards/{}", view.score.scorecard.key)),
            measures,
            caps: self.caps(),
            capped: (view.score.taken_by_caps > 0.0).then(|| words.points(-view.score.taken_by_caps, 1)),
            score_bar: self.score_bar(),
            score: words.number(view.score.score, 1),
            unmeasured,
            history: self.history(),
            history_rows: self.history_rows(),
            weeks: self.weeks().iter().map(|day| words.day_short(*day)).collect(),
            features,
            more_features,
            used,
            entries,
            more_entries,
            subscriptions,
            more_subscriptions,
            tickets_about: self.tickets_about(),
            tickets: self.tickets(),
            progress: self.criteria(false),
            debt: self.criteria(true),
            people: self.people(),
            events,
            more_events,
            traits: self.traits(),
            writing,
        }
    }

    fn money(&self, amount: Amount) -> Money {
        Money { amount, currency: self.view.score.currency }
    }

    fn whole(&self, amount: Amount) -> String {
        self.words.money_whole(self.money(amount))
    }

    fn short(&self, amount: Amount) -> String {
        self.words.money_short(self.money(amount))
    }

    /// Whoever pays nothing has no score, however much is known of them.
    fn health(&self) -> Health {
        let health = Health::of(self.words, &self.view.score.account);
        if self.view.score.journey.standing.stage().is_some() {
            return health;
        }
        Health { band: self.words.say("glance-no-score"), ..health }
    }

    fn field(&self, name: &str) -> Option<String> {
        let field = self.view.fields.iter().find(|field| field.field == name)?;
        Some(laer8_phrases::facet_value(self.words, name, &field.value))
    }

    fn about(&self) -> Vec<String> {
        let (words, account) = (self.words, &self.view.score.account);
        let mut about: Vec<String> =
            [fields::INDUSTRY, fields::COUNTRY].iter().filter_map(|it| self.field(it)).collect();
        about.push(words.name(Term::Segment, &account.segment));
        if let Some(seats) = account.seats {
            about.push(words.say_with("seats-count", &[("count", Arg::from(seats))]));
        }
        if let Some(since) = self.view.customer_since {
            about.push(words.say_with("web-customer-since", &[("month", Arg::Text(&words.month(since)))]));
        }
        about
    }

    fn stage_about(&self) -> String {
        let (words, account) = (self.words, &self.view.score.account);
        match (account.overdue_days, account.since) {
            (Some(days), _) => words.say_with("journey-overdue-days", &[("days", Arg::Count(days))]),
            (None, Some(since)) => words.say_with("web-since", &[("day", Arg::Text(&words.day(since)))]),
            (None, None) => words.about(Term::Standing, account.standing).unwrap_or_default(),
        }
    }

    fn renewal(&self) -> (String, String) {
        let (words, account, day) = (self.words, &self.view.score.account, self.view.score.as_of.day);
        let notice = self.view.score.journey.subscriptions.iter().filter_map(|it| it.notice_by).min();
        match account.renewal_on {
            Some(renewal) => {
                let mut about = vec![words.day(renewal)];
                if let Some(notice) = notice.filter(|notice| *notice >= day && *notice != renewal) {
                    about
                        .push(words.say_with("journey-notice-by", &[("day", Arg::Text(&words.day(notice)))]));
                }
                (words.days(days_between(day, renewal)), about.join(" · "))
            }
            None if account.mrr.is_positive() => {
                (words.say("renewal-any-day"), words.say("journey-continuous"))
            }
            None => (UNDEFINED.to_owned(), String::new()),
        }
    }

    fn contact(&self) -> String {
        match self.view.last_two_way {
            None => self.words.say("web-no-contact"),
            Some(last) => {
                let days = days_between(last, self.view.score.as_of.day);
                self.words.say_with("web-last-contact", &[("days", Arg::Count(days))])
            }
        }
    }

    fn signals(&self) -> Vec<Signal> {
        let words = self.words;
        let signal = |signal: &laer8_journey::Signal| Signal {
            name: words.name(Term::Signal, signal.kind.key()),
            reason: laer8_phrases::reason(words, signal, self.view.score.as_of.day),
            step: laer8_phrases::step(words, signal),
            stake: laer8_phrases::stake(words, signal, |amount| self.money(amount)),
            place: self.place(signal.kind),
            opportunity: signal.opportunity,
            urgent: signal.severity == Severity::Critical,
        };
        let mut signals: Vec<Signal> = self.view.score.signals.iter().map(signal).collect();
        signals.sort_by_key(|signal| !signal.urgent);
        signals
    }

    /// Where what a signal is about stands.
    fn place(&self, kind: SignalKind) -> String {
        match kind {
            SignalKind::ScoreDrop => "#why".to_owned(),
            SignalKind::Silence | SignalKind::SeatsFull | SignalKind::Outgrown
                if !self.view.usage.is_empty() =>
            {
                "#use".to_owned()
            }
            SignalKind::Escalation if !self.view.tickets.is_empty() => "#tickets".to_owned(),
            SignalKind::WorksUnused => self.opening("open", "potential", "parts"),
            SignalKind::ChampionLost => "#timeline".to_owned(),
            SignalKind::PaymentRisk => "#ledger".to_owned(),
            _ => "#why".to_owned(),
        }
    }

    /// The last days of the weeks that use is told of.
    fn weeks(&self) -> Vec<Day> {
        let (day, weeks) = (self.view.score.as_of.day, i64::try_from(WEEKS).unwrap_or_default());
        (0..weeks).rev().map(|back| shift(day, -7 * back)).collect()
    }

    fn features(&self) -> (Vec<Feature>, Vec<Feature>) {
        let words = self.words;
        let ends: Vec<String> = self
            .weeks()
            .into_iter()
            .map(|day| words.say_with("live-week", &[("day", Arg::Text(&words.day(day)))]))
            .collect();
        let feature = |feature: &FeatureUse| {
            let last = feature.weeks.last().copied().unwrap_or(0);
            let whole: i64 = feature.weeks.iter().sum();
            let (class, uses) = match (feature.last_day, whole) {
                (None, _) => ("never", words.say("web-never-used")),
                (Some(day), 0) => {
                    ("never", words.say_with("web-last-used", &[("day", Arg::Text(&words.day(day)))]))
                }
                (Some(_), _) if last == 0 => ("bad", words.count(0)),
                _ => ("", words.count(last)),
            };
            let weeks: Vec<String> = feature.weeks.iter().map(|uses| words.count(*uses)).collect();
            let said: Vec<String> =
                ends.iter().zip(&weeks).map(|(week, uses)| format!("{week}\n{uses}")).collect();
            let title = format!("{}: {uses}", feature.name);
            let picture = sparkline(&title, &feature.weeks, &said);
            let address = self.opening("feature", &feature.feature.to_string(), "use");
            Feature { name: feature.name.clone(), uses, class, picture, weeks, address }
        };
        let mut features: Vec<Feature> = self.view.usage.iter().map(feature).collect();
        let more = features.split_off(FEATURES.min(features.len()));
        (features, more)
    }

    fn tickets(&self) -> Vec<(String, String, String, bool)> {
        let words = self.words;
        let ticket = |it: &laer8_app::TicketView| {
            let mut about = vec![words.say(&format!("priority-{}", it.priority))];
            if it.escalated {
                about.push(words.say("ticket-escalated"));
            }
            match it.solved_on {
                None => about.push(words.say("ticket-open")),
                Some(_) => about.push(
                    words.say_with("web-solved-in", &[("time", Arg::Text(&words.duration_hours(it.hours)))]),
                ),
            }
            if let Some(rating) = it.rating {
                about.push(words.quantity("rating", f64::from(rating)));
            }
            let subject = if it.subject.is_empty() { words.say("web-ticket") } else { it.subject.clone() };
            (words.day(it.opened_on), subject, about.join(" · "), it.solved_on.is_none())
        };
        self.view.tickets.iter().take(TICKETS).map(ticket).collect()
    }

    fn tickets_about(&self) -> String {
        let all = self.view.tickets.len();
        if all <= TICKETS {
            return String::new();
        }
        let args = [("shown", Arg::from(TICKETS)), ("all", Arg::from(all))];
        self.words.say_with("glance-tickets", &args)
    }

    fn criteria(&self, debt: bool) -> Vec<String> {
        let unmet = self.view.score.journey.subscriptions.iter().flat_map(|subscription| {
            if debt { &subscription.adoption_debt } else { &subscription.outstanding }
        });
        let mut lines: Vec<String> = unmet.map(|unmet| laer8_phrases::criterion(self.words, unmet)).collect();
        lines.sort();
        lines.dedup();
        lines
    }

    /// Fields with their values and, where several sources tell of the account,
    /// whose word each is.
    fn traits(&self) -> Vec<(String, String, String)> {
        let known =
            self.view.fields.iter().filter(|it| ![fields::NAME, fields::PARENT].contains(&it.field.as_str()));
        // Where one source tells everything, there is nothing to tell apart.
        let several = self.view.fields.iter().any(|it| it.source != self.view.fields[0].source);
        let value = |it: &laer8_app::FieldView| {
            let from =
                several.then(|| self.words.say_with("identity-from", &[("source", Arg::Text(&it.source))]));
            let value = laer8_phrases::facet_value(self.words, &it.field, &it.value);
            (self.words.name(Term::Field, &it.field), value, from.unwrap_or_default())
        };
        known.map(value).collect()
    }
}
