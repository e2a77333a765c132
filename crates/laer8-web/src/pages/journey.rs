//! The loop, and the layer-8 matrix.

mod moved;

use super::{Health, count, shown};
use crate::{
    charts::{Arc, Corner, Onward, Point, Ring, matrix, ring},
    error::Trouble,
    frame::Frame,
    query::Query,
    request::{AS_OF, Asked},
};
use askama::Template;
use axum::response::Response;
use laer8_app::{AccountRow, AccountsView, Filter, JourneyQuery, JourneyView};
use laer8_domain::money::{Amount, Money};
use laer8_journey::{
    Stage, Standing,
    flows::{FlowKind, StageTotals},
};
use laer8_words::{Arg, Term};
use moved::Moved;

/// Overdue accounts on the page.
const OVERDUE: usize = 12;
/// Ways that accounts moved, before the rest is folded away.
const FLOWS: usize = 7;

/// Accounts drawn in the matrix: more are a cloud, and megabytes.
const POINTS: usize = 1_000;
/// For how many months flows can be asked.
const MONTHS: [u32; 3] = [1, 3, 12];

struct Late {
    name: String,
    address: String,
    stage: String,
    days: String,
    health: Health,
    arr: String,
    renewal: String,
}

struct StageRow {
    name: String,
    address: String,
    accounts: String,
    arr: String,
    /// How many of them all; empty where none is.
    overdue: String,
    overdue_arr: String,
    /// Where those are.
    late: String,
}

struct FlowRow {
    from: String,
    to: String,
    accounts: String,
    before: String,
    after: String,
    address: String,
}

#[derive(Template)]
#[template(path = "journey.html")]
struct Page {
    frame: Frame,
    sub: String,
    loop_title: String,
    ring: String,
    matrix: String,
    /// Where its points are a table.
    matrix_rows: String,
    /// What a point of the matrix is.
    points: String,
    matrix_about: String,
    gap_address: String,
    months: Vec<(String, String, bool)>,
    stages: Vec<StageRow>,
    flows: Vec<FlowRow>,
    more_flows: Vec<FlowRow>,
    more_flows_said: String,
    flows_title: String,
    moved: Option<Moved>,
    overdue: Vec<Late>,
    /// How many there are, and what they pay.
    overdue_title: String,
    /// Where all of them are, and what leads there.
    overdue_all: (String, String),
}

pub(crate) async fn page(asked: Asked) -> Result<Response, Trouble> {
    let months = asked
        .query
        .get("months")
        .and_then(|it| it.parse().ok())
        .filter(|it| MONTHS.contains(it))
        .unwrap_or(12);
    let app = &asked.site.app;
    let fail = |error| Trouble::of(&asked, &error);
    let query = JourneyQuery { months, filter: Filter::default(), overdue: Some(OVERDUE) };
    let view = app.journey(&asked.actor, asked.as_of, &query).await.map_err(fail)?;
    // Those with most revenue first, and no more than a picture can hold.
    let query = laer8_app::AccountsQuery { limit: Some(POINTS), ..laer8_app::AccountsQuery::default() };
    let accounts = app.accounts(&asked.actor, asked.as_of, &query).await.map_err(fail)?;
    let listed = moved::read(&asked, months).await?;
    let drawing = Drawing { asked: &asked, view: &view, months };
    let moved = listed.map(|(query, view)| drawing.moved(&query, &view));
    let page = drawing.page(&accounts, moved);
    shown(&asked, &page)
}

struct Drawing<'a> {
    asked: &'a Asked,
    view: &'a JourneyView,
    months: u32,
}

impl Drawing<'_> {
    fn page(&self, accounts: &AccountsView, moved: Option<Moved>) -> Page {
        let words = self.asked.words;
        let gap = self.view.matrix.iter().find(|total| total.quadrant.key() == "layer8_gap");
        let gap_count = gap.map_or(0, |gap| gap.accounts);
        let mut flows = self.flows();
        let more_flows = flows.split_off(FLOWS.min(flows.len()));
        let since = words.day(self.view.flows_since);
        Page {
            frame: Frame::new(self.asked, "/journey", self.title(), self.view.as_of),
            sub: self.sub(gap.map(|gap| gap.arr).unwrap_or_default()),
            loop_title: Stage::ALL.map(|stage| words.name(Term::Stage, stage.key())).join(", "),
            ring: ring(&self.ring()),
            matrix_rows: self.matrix_rows(),
            matrix: self.matrix(&accounts.accounts),
            points: self.points(accounts),
            matrix_about: words.say_with("web-gap-about", &[("count", Arg::from(gap_count))]),
            gap_address: self.quadrant("layer8_gap"),
            months: MONTHS
                .map(|months| {
                    let said = words.say_with("web-months", &[("months", Arg::from(months))]);
                    let address = self
                        .asked
                        .query
                        .without(super::pager::PAGE)
                        .with("months", &months.to_string())
                        .address("/journey");
                    (said, address, months == self.months)
                })
                .into(),
            stages: self.view.stages.iter().map(|total| self.stage_row(total)).collect(),
            flows,
            more_flows_said: words.say_with("glance-flows-more", &[("count", Arg::from(more_flows.len()))]),
            more_flows,
            flows_title: words.say_with("journey-flows-title", &[("day", Arg::Text(&since))]),
            moved,
            overdue: self.view.overdue.iter().map(|row| self.late(row)).collect(),
            overdue_title: self.overdue_title(),
            overdue_all: self.overdue_all(),
        }
    }

    fn short(&self, amount: Amount) -> String {
        self.asked.words.money_short(Money { amount, currency: self.view.currency })
    }

    fn cents(&self, amount: Amount) -> String {
        self.asked.words.money_cents(Money { amount, currency: self.view.currency })
    }

    /// Where the customers in a quadrant of the matrix are.
    fn quadrant(&self, key: &str) -> String {
        let quadrant = format!("quadrant={key}");
        self.asked.link_and("/accounts", &[("where", &quadrant), ("where", "customer=true")])
    }

    /// Where the accounts or entries behind a figure over the months are.
    fn revenue(&self, list: &str) -> String {
        let (from, to) = (self.view.figures.from.to_string(), self.view.figures.to.to_string());
        let address = self.asked.link_with("/revenue", &[("from", &from), ("to", &to), ("list", list)]);
        format!("{address}#behind")
    }

    /// The finding: whether the loop grows, and what holds it back.
    fn title(&self) -> String {
        let words = self.asked.words;
        let grows = self.view.figures.net_growth.is_some_and(|growth| growth > 0.0);
        let late = |total: &&StageTotals| total.standing.stage().is_some() && total.overdue_accounts > 0;
        let worst = self.view.stages.iter().filter(late).max_by_key(|total| total.overdue_arr);
        let growth = words.say(if grows { "web-loop-grows" } else { "web-loop-shrinks" });
        match worst {
            None => growth,
            Some(total) => {
                let stage = words.name(Term::Standing, total.standing.key());
                let key = if grows { "web-loop-grows-but" } else { "web-loop-shrinks-and" };
                words.say_with(key, &[("stage", Arg::Text(&stage))])
            }
        }
    }

    fn sub(&self, gap: Amount) -> String {
        let words = self.asked.words;
        let overdue: u32 = self.view.stages.iter().map(|total| total.overdue_accounts).sum();
        words.say_with(
            "web-journey-sub",
            &[
                ("gap", Arg::Text(&self.short(gap))),
                ("overdue", Arg::from(overdue)),
                ("debt", Arg::from(self.view.adoption_debt.accounts)),
            ],
        )
    }

    fn overdue_title(&self) -> String {
        // Of them all: the rows are only those that are shown.
        let arr: Amount = self.view.stages.iter().map(|total| total.overdue_arr).sum();
        let args = [("count", Arg::from(self.view.overdue_found)), ("arr", Arg::Text(&self.short(arr)))];
        self.asked.words.say_with("glance-overdue-title", &args)
    }

    fn overdue_all(&self) -> (String, String) {
        let args = [("count", Arg::from(self.view.overdue_found))];
        let pairs = [("where", "overdue_days>=1"), ("sort", "-overdue_days")];
        let said = self.asked.words.say_with("glance-overdue-all", &args);
        (said, self.asked.link_with("/accounts", &pairs))
    }

    fn total(&self, stage: Stage) -> Option<&StageTotals> {
        self.view.stages.iter().find(|total| total.standing == Standing::Customer(stage))
    }

    fn ring(&self) -> Ring {
        let words = self.asked.words;
        let figures = &self.view.figures;
        let most = Stage::ALL
            .iter()
            .filter_map(|it| self.total(*it))
            .map(|total| total.arr.to_f64())
            .fold(1.0, f64::max);
        let entered: Amount = self
            .view
            .flows
            .iter()
            .filter(|flow| flow.kind == FlowKind::Entered)
            .map(|flow| flow.mrr_after)
            .sum();
        let entered = yearly(entered);
        Ring {
            title: words.say("journey-title"),
            arcs: Stage::ALL.map(|stage| self.arc(stage, most)),
            entered: entered.is_positive().then(|| {
                let money = words.signed_money_short(Money { amount: entered, currency: self.view.currency });
                let said = format!("{} {money}", words.name(Term::Flow, "entered"));
                (said, self.moved_to(Some(FlowKind::Entered), None, None))
            }),
            caption: words.say_with("web-net-growth-months", &[("months", Arg::from(self.months))]),
            figure: words.signed_percent(figures.net_growth, 1),
            address: self.revenue("either"),
            below: [
                (
                    format!(
                        "{} {} · {} {}",
                        words.name(Term::Metric, "nrr"),
                        words.percent(figures.nrr, 1),
                        words.name(Term::Metric, "grr"),
                        words.percent(figures.grr, 1)
                    ),
                    self.revenue("opening"),
                ),
                (
                    format!("{} {}", self.short(yearly(figures.closing)), words.name(Term::Metric, "arr")),
                    self.revenue("closing"),
                ),
            ],
        }
    }

    fn arc(&self, stage: Stage, most: f64) -> Arc {
        let words = self.asked.words;
        let (arr, accounts, late, late_arr) =
            self.total(stage).map_or((Amount::ZERO, 0, 0, Amount::ZERO), |total| {
                (total.arr, total.accounts, total.overdue_accounts, total.overdue_arr)
            });
        let all = arr.to_f64();
        let next = Stage::ALL[(stage as usize + 1) % Stage::ALL.len()];
        let moved = |from: Stage, to: Stage| -> Amount {
            let those =
                self.view.flows.iter().filter(|flow| {
                    flow.from == Standing::Customer(from) && flow.to == Standing::Customer(to)
                });
            yearly(those.map(|flow| flow.mrr_after).sum())
        };
        let onward = moved(stage, next);
        let left = self
            .view
            .flows
            .iter()
            .filter(|it| it.kind == FlowKind::Left && it.from == Standing::Customer(stage));
        let left = yearly(left.map(|flow| flow.mrr_before).sum());
        let (here, there) = (Some(Standing::Customer(stage)), Some(Standing::Customer(next)));
        let whole = yearly(self.view.figures.closing).to_f64().max(1.0);
        let overdue = |count: u32| words.say_with("web-overdue", &[("count", Arg::from(count))]);
        Arc {
            name: words.name(Term::Stage, stage.key()),
            figures: format!(
                "{} · {}",
                self.short(arr),
                words.say_with("accounts-count", &[("count", Arg::from(accounts))])
            ),
            overdue: if late > 0 { overdue(late) } else { String::new() },
            weight: all / most,
            late: if all > 0.0 { late_arr.to_f64() / all } else { 0.0 },
            address: self.asked.link_with("/accounts", &[("where", &format!("stage={}", stage.key()))]),
            onward: onward.is_positive().then(|| Onward {
                written: self.short(onward),
                share: onward.to_f64() / whole,
                address: self.moved_to(None, here, there),
            }),
            left: left.is_positive().then(|| {
                let money = Money { amount: -left, currency: self.view.currency };
                let address = self.moved_to(Some(FlowKind::Left), here, None);
                (words.signed_money_short(money), address)
            }),
        }
    }

    /// What a point is, and that not all are drawn where they are too many.
    fn points(&self, accounts: &AccountsView) -> String {
        let about = self.asked.words.say("web-matrix-about");
        if accounts.customers <= POINTS {
            return about;
        }
        let most = self.asked.words.say_with("web-matrix-most", &[("count", Arg::from(POINTS))]);
        format!("{about}; {most}")
    }

    /// The address of the accounts of the matrix, with what places them in it.
    fn matrix_rows(&self) -> String {
        let columns = ["quadrant", "works", "potential", "arr"].map(|column| ("col", column));
        let query = columns.iter().fold(Query::default(), |query, (name, column)| query.and(name, column));
        let query = query.with("view", "all").with("sort", "-arr");
        self.asked.query.get(AS_OF).map_or(query.clone(), |day| query.with(AS_OF, day)).address("/accounts")
    }

    fn matrix(&self, accounts: &[AccountRow]) -> String {
        let words = self.asked.words;
        let most = accounts.iter().map(|row| row.arr.to_f64()).fold(1.0, f64::max);
        let point = |row: &AccountRow| {
            let (works, potential, quadrant) = (row.works?, row.potential?, row.quadrant?);
            let percent = |value: f64| words.percent(value / 100.0, 0);
            Some(Point {
                address: self.asked.link(&format!("/accounts/{}", row.id)),
                title: format!(
                    "{}: {} {}, {} {}, {} {}",
                    row.name,
                    words.name(Term::Measure, "works_as_promised"),
                    percent(works),
                    words.name(Term::Measure, "potential_realised"),
                    percent(potential),
                    self.short(row.arr),
                    words.name(Term::Metric, "arr"),
                ),
                works,
                potential,
                size: row.arr.to_f64() / most,
                quadrant,
            })
        };
        let mut points: Vec<Point> =
            accounts.iter().filter(|row| row.mrr.is_positive()).filter_map(point).collect();
        // Small ones on top, so that none is hidden.
        points.sort_by(|a, b| b.size.total_cmp(&a.size));
        let corner = |total: &laer8_app::QuadrantTotal| Corner {
            quadrant: total.quadrant.key(),
            name: words.name(Term::Quadrant, total.quadrant.key()),
            figures: format!("{} · {}", words.count(count(total.accounts)), self.short(total.arr)),
            address: self.quadrant(total.quadrant.key()),
        };
        let corners: Vec<Corner> = self.view.matrix.iter().map(corner).collect();
        let (title, across, up) =
            (words.say("journey-matrix-title"), words.say("web-axis-works"), words.say("web-axis-potential"));
        matrix([&title, &across, &up], &points, &corners, (self.view.crossing, self.view.crossing))
    }

    fn stage_row(&self, total: &StageTotals) -> StageRow {
        let words = self.asked.words;
        StageRow {
            name: words.name(Term::Standing, total.standing.key()),
            address: self
                .asked
                .link_with("/accounts", &[("where", &format!("stage={}", total.standing.key()))]),
            accounts: words.count(i64::from(total.accounts)),
            arr: self.short(total.arr),
            overdue: match total.overdue_accounts {
                0 => String::new(),
                late => {
                    let args = [("part", Arg::from(late)), ("all", Arg::from(total.accounts))];
                    words.say_with("glance-of", &args)
                }
            },
            overdue_arr: match total.overdue_accounts {
                0 => String::new(),
                _ => self.short(total.overdue_arr),
            },
            late: self.asked.link_and(
                "/accounts",
                &[("where", &format!("stage={}", total.standing.key())), ("where", "overdue_days>=1")],
            ),
        }
    }

    fn flows(&self) -> Vec<FlowRow> {
        let words = self.asked.words;
        let mut moved: Vec<_> = self.view.flows.iter().filter(|flow| flow.from != flow.to).collect();
        moved.sort_by_key(|flow| std::cmp::Reverse(flow.mrr_before.max(flow.mrr_after)));
        let row = |flow: &&laer8_journey::flows::Flow| FlowRow {
            from: words.name(Term::Standing, flow.from.key()),
            to: words.name(Term::Standing, flow.to.key()),
            accounts: words.count(i64::from(flow.accounts)),
            before: self.short(yearly(flow.mrr_before)),
            after: self.short(yearly(flow.mrr_after)),
            address: self.moved_to(None, Some(flow.from), Some(flow.to)),
        };
        moved.iter().map(row).collect()
    }

    fn late(&self, row: &AccountRow) -> Late {
        let words = self.asked.words;
        let days = row.overdue_days.unwrap_or(0);
        Late {
            name: row.name.clone(),
            address: self.asked.link(&format!("/accounts/{}", row.id)),
            stage: words.name(Term::Standing, row.standing),
            days: words.count(days),
            health: Health::of(words, row),
            arr: self.short(row.arr),
            renewal: row.renewal_on.map_or_else(|| words.say("renewal-any-day"), |day| words.day(day)),
        }
    }
}

/// MRR as ARR.
fn yearly(mrr: Amount) -> Amount {
    mrr.scaled(12, 1).unwrap_or_default()
}
