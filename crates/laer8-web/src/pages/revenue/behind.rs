//! The accounts behind a sum: a list of its own on the Revenue page, which
//! every figure of it leads to.

use super::{Drawing, ROWS};
use crate::{
    error::Trouble,
    pages::pager::{PAGE, Pager, Shown, passed_over},
    request::Asked,
};
use laer8_app::{
    AppError, End, Figures, Group, RevenueAccount, RevenueAccountsQuery, RevenueAccountsView, RevenueQuery,
    Start,
};
use laer8_domain::{
    days::{Day, shift},
    money::Amount,
};
use laer8_words::{Arg, Term};

/// What in the address says which list is open.
pub(super) const OPEN: [&str; 6] = ["movement", "list", "cohort", "key", "keyless", PAGE];

/// The accounts behind a sum, a page of them; count and sums are of all.
pub(super) struct Behind {
    pub(super) title: String,
    /// How the figure comes of the sums.
    pub(super) how: String,
    pub(super) close: String,
    pub(super) columns: Vec<String>,
    pub(super) rows: Vec<Row>,
    pub(super) count: String,
    pub(super) sums: Vec<String>,
    pub(super) pager: Option<Pager>,
}

pub(super) struct Row {
    pub(super) name: String,
    pub(super) address: String,
    /// As they are written, and exactly.
    pub(super) amounts: Vec<(String, Amount)>,
}

/// A column: its heading, what it shows of an account, and the sum of that.
type Column = (&'static str, fn(&RevenueAccount) -> Amount, Amount);

/// The list that the address asks for.
pub(super) async fn read(
    asked: &Asked,
    of: &RevenueQuery,
    facet: &str,
) -> Result<Option<(RevenueAccountsQuery, RevenueAccountsView)>, Trouble> {
    let wanted = asked.query.get("list");
    let Some(end) = wanted.and_then(|key| End::ALL.into_iter().find(|end| end.key() == key)) else {
        return Ok(None);
    };
    let cohort = asked.query.get("cohort").and_then(|day| day.parse::<Day>().ok());
    let key = match (asked.query.get("key"), asked.query.get("keyless")) {
        (Some(key), _) => Some(Some(key.to_owned())),
        (None, Some(_)) => Some(None),
        (None, None) => None,
    };
    let group = key.map(|key| Group { by: facet.to_owned(), key });
    let start = Start::Offset(passed_over(&asked.query, ROWS));
    let query = RevenueAccountsQuery { of: of.clone(), end, cohort, group, start, limit: Some(ROWS) };
    let view = asked.site.app.revenue_accounts(&asked.actor, asked.as_of, &query).await;
    let view = view.map_err(|error: AppError| Trouble::of(asked, &error))?;
    Ok(Some((query, view)))
}

impl Drawing<'_> {
    /// Where the accounts at an end of a window are listed.
    pub(super) fn list(&self, end: End, window: Option<(Day, Day)>) -> String {
        let query = self.of_window(window).with("list", end.key());
        format!("{}#behind", query.address("/revenue"))
    }

    /// Where the entries of a movement, or of several, are listed.
    pub(super) fn moved(&self, key: &str, window: Option<(Day, Day)>) -> String {
        format!("{}#entries", self.of_window(window).with("movement", key).address("/revenue"))
    }

    /// The members of a cohort who pay on a day.
    pub(super) fn cohort_on(&self, month: Day, day: Day) -> String {
        let query = self.of_window(Some((month, shift(day, 1))));
        let query = query.with("cohort", &month.to_string()).with("list", End::Closing.key());
        format!("{}#behind", query.address("/revenue"))
    }

    /// A row of the breakdown.
    pub(super) fn group(&self, key: Option<&str>) -> String {
        let query = self.of_window(None).with("by", &self.facet).with("list", End::Closing.key());
        let query = match key {
            Some(key) => query.with("key", key),
            None => query.with("keyless", "yes"),
        };
        format!("{}#behind", query.address("/revenue"))
    }

    /// The address without what is open, and of another window.
    fn of_window(&self, window: Option<(Day, Day)>) -> crate::query::Query {
        let query = self.asked.query.without_any(&OPEN);
        match window {
            None => query,
            Some((from, to)) => query.with("from", &from.to_string()).with("to", &to.to_string()),
        }
    }

    pub(super) fn behind(&self, query: &RevenueAccountsQuery, view: &RevenueAccountsView) -> Behind {
        let words = self.words;
        let columns: &[Column] = match query.end {
            End::Exchange => &[("movement-exchange", |it| it.exchange, view.exchange)],
            _ if query.cohort.is_some() || query.group.is_some() => {
                &[("metric-closing", |it| it.closing, view.closing)]
            }
            _ => &[
                ("metric-opening", |it| it.opening, view.opening),
                ("behind-kept", |it| it.kept, view.kept),
                ("metric-closing", |it| it.closing, view.closing),
            ],
        };
        let row = |it: &RevenueAccount| Row {
            name: it.name.clone(),
            address: format!("{}#ledger", self.asked.link(&format!("/accounts/{}", it.account))),
            amounts: columns.iter().map(|(_, pick, _)| (self.cents(pick(it)), pick(it))).collect(),
        };
        let of = Shown { offset: view.offset, rows: view.accounts.len(), found: view.found };
        let to = |page: &str| format!("{}#behind", self.asked.query.with(PAGE, page).address("/revenue"));
        Behind {
            title: self.behind_title(query, view),
            how: self.behind_how(query, view),
            close: format!("{}#movements", self.of_window(None).address("/revenue")),
            columns: columns.iter().map(|(key, ..)| words.say(key)).collect(),
            rows: view.accounts.iter().map(row).collect(),
            count: words.say_with("behind-accounts", &[("count", Arg::from(view.found))]),
            sums: columns.iter().map(|(.., sum)| self.cents(*sum)).collect(),
            pager: Pager::of(words, ROWS, of, to),
        }
    }

    fn behind_title(&self, query: &RevenueAccountsQuery, view: &RevenueAccountsView) -> String {
        let words = self.words;
        let last = words.day(shift(view.to, -1));
        if let Some(month) = query.cohort {
            let month = words.month(month);
            let args = [("month", Arg::Text(month.as_str())), ("day", Arg::Text(&last))];
            return words.say_with("behind-cohort", &args);
        }
        if let Some(group) = &query.group {
            let name = self.group_name(group.key.as_deref());
            return words.say_with("behind-group", &[("name", Arg::Text(&name)), ("day", Arg::Text(&last))]);
        }
        let before = words.day(shift(view.from, -1));
        match query.end {
            End::Opening => words.say_with("behind-opening", &[("day", Arg::Text(&before))]),
            End::Closing => words.say_with("behind-closing", &[("day", Arg::Text(&last))]),
            End::Either => words.say("behind-either"),
            End::Exchange => words.say("behind-exchange"),
        }
    }

    /// What a row of the breakdown is called.
    pub(super) fn group_name(&self, key: Option<&str>) -> String {
        match key.filter(|key| !key.is_empty()) {
            Some(key) if self.facet == "segment" => self.words.name(Term::Segment, key),
            Some(key) if self.facet == "country" => self.words.country(key),
            Some(key) => key.to_owned(),
            None => self.words.say("revenue-no-key"),
        }
    }

    fn behind_how(&self, query: &RevenueAccountsQuery, view: &RevenueAccountsView) -> String {
        let words = self.words;
        let figures: &Figures = &self.view.figures;
        let (opening, closing) = (self.cents(view.opening), self.cents(view.closing));
        if let Some(month) = query.cohort {
            let cohorts = self.view.cohorts.iter().flatten();
            let cohort = cohorts.into_iter().find(|cohort| cohort.month == month);
            let start = cohort.map(|cohort| cohort.starting_mrr).unwrap_or_default();
            let (share, start) = (words.percent(view.closing.ratio_to(start), 0), self.cents(start));
            let args = [
                ("mrr", Arg::Text(closing.as_str())),
                ("start", Arg::Text(&start)),
                ("share", Arg::Text(&share)),
            ];
            return words.say_with("behind-how-cohort", &args);
        }
        match query.end {
            End::Closing => {
                let arr = self.cents(view.closing.scaled(12, 1).unwrap_or_default());
                words.say_with("behind-how-arr", &[("mrr", Arg::Text(&closing)), ("arr", Arg::Text(&arr))])
            }
            End::Opening => {
                let lost = words.say_with("behind-lost", &[("count", Arg::from(view.lost))]);
                let percent = |it| words.percent(it, 1);
                let (nrr, grr, churn) =
                    (percent(figures.nrr), percent(figures.grr), percent(figures.logo_churn));
                let kept = self.cents(view.kept);
                let args = [
                    ("nrr", Arg::Text(nrr.as_str())),
                    ("grr", Arg::Text(&grr)),
                    ("churn", Arg::Text(&churn)),
                    ("opening", Arg::Text(&opening)),
                    ("kept", Arg::Text(&kept)),
                    ("closing", Arg::Text(&closing)),
                    ("lost", Arg::Text(&lost)),
                ];
                words.say_with("behind-how-retention", &args)
            }
            End::Either => {
                let growth = words.signed_percent(figures.net_growth, 1);
                let args = [
                    ("growth", Arg::Text(growth.as_str())),
                    ("opening", Arg::Text(&opening)),
                    ("closing", Arg::Text(&closing)),
                ];
                words.say_with("behind-how-growth", &args)
            }
            End::Exchange => String::new(),
        }
    }
}
