//! The accounts behind what moved: a list of its own on the Journey page, which
//! every number of it that moved leads to.

use super::{Drawing, yearly};
use crate::{
    error::Trouble,
    pages::pager::{PAGE, Pager, Shown, passed_over},
    query::Query,
    request::Asked,
};
use laer8_app::{Filter, JourneyMovesQuery, JourneyMovesView, MovedAccount, Start};
use laer8_domain::money::Amount;
use laer8_journey::{Standing, flows::FlowKind};
use laer8_words::{Arg, Term};

/// Accounts on a page.
const ROWS: usize = 50;
/// In the address: of which kind, from where, to where.
const KIND: &str = "kind";
const FROM: &str = "from";
const TO: &str = "to";
/// What in the address says which list is open.
const OPEN: [&str; 4] = [KIND, FROM, TO, PAGE];

/// The accounts that moved, a page of them; count and sums are of all.
pub(super) struct Moved {
    pub(super) title: String,
    pub(super) close: String,
    pub(super) rows: Vec<Row>,
    pub(super) count: String,
    pub(super) sums: [String; 2],
    pub(super) pager: Option<Pager>,
}

pub(super) struct Row {
    pub(super) name: String,
    pub(super) address: String,
    pub(super) from: String,
    pub(super) to: String,
    /// ARR before and after, as it is written and exactly.
    pub(super) amounts: [(String, Amount); 2],
}

/// The list that the address asks for.
pub(super) async fn read(
    asked: &Asked,
    months: u32,
) -> Result<Option<(JourneyMovesQuery, JourneyMovesView)>, Trouble> {
    let standing = |name| asked.query.get(name).and_then(Standing::of);
    let kind = asked.query.get(KIND);
    let kind = kind.and_then(|key| FlowKind::ALL.into_iter().find(|kind| kind.key() == key));
    let (from, to) = (standing(FROM), standing(TO));
    if kind.is_none() && from.is_none() && to.is_none() {
        return Ok(None);
    }
    let start = Start::Offset(passed_over(&asked.query, ROWS));
    let limit = Some(ROWS);
    let query = JourneyMovesQuery { months, filter: Filter::default(), kind, from, to, start, limit };
    let view = asked.site.app.journey_moves(&asked.actor, asked.as_of, &query).await;
    Ok(Some((query, view.map_err(|error| Trouble::of(asked, &error))?)))
}

impl Drawing<'_> {
    /// Where the accounts are that moved like this.
    pub(super) fn moved_to(
        &self,
        kind: Option<FlowKind>,
        from: Option<Standing>,
        to: Option<Standing>,
    ) -> String {
        let wanted =
            [(KIND, kind.map(FlowKind::key)), (FROM, from.map(Standing::key)), (TO, to.map(Standing::key))];
        let query = wanted.into_iter().fold(self.unopened(), |query, (name, value)| match value {
            Some(value) => query.with(name, value),
            None => query,
        });
        format!("{}#moved", query.address("/journey"))
    }

    /// The address without what is open.
    pub(super) fn unopened(&self) -> Query {
        self.asked.query.without_any(&OPEN)
    }

    pub(super) fn moved(&self, query: &JourneyMovesQuery, view: &JourneyMovesView) -> Moved {
        let words = self.asked.words;
        let name = |standing: Standing| words.name(Term::Standing, standing.key());
        let amount = |mrr: Amount| (self.cents(yearly(mrr)), yearly(mrr));
        let row = |it: &MovedAccount| Row {
            name: it.name.clone(),
            address: self.asked.link(&format!("/accounts/{}", it.account)),
            from: name(it.from),
            to: name(it.to),
            amounts: [amount(it.mrr_before), amount(it.mrr_after)],
        };
        let of = Shown { offset: view.offset, rows: view.accounts.len(), found: view.found };
        let to = |page: &str| format!("{}#moved", self.asked.query.with(PAGE, page).address("/journey"));
        let way = [query.from, query.to].into_iter().flatten().map(name).collect::<Vec<_>>().join(" → ");
        let kind = query.kind.map(|kind| words.name(Term::Flow, kind.key()));
        let title: Vec<String> = kind.into_iter().chain((!way.is_empty()).then_some(way)).collect();
        Moved {
            title: title.join(" · "),
            close: format!("{}#flows", self.unopened().address("/journey")),
            rows: view.accounts.iter().map(row).collect(),
            count: words.say_with("behind-accounts", &[("count", Arg::from(view.found))]),
            sums: [view.mrr_before, view.mrr_after].map(|sum| self.cents(yearly(sum))),
            pager: Pager::of(words, ROWS, of, to),
        }
    }
}
