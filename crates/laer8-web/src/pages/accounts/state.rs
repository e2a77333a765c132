//! What the address of the table asks for.

use crate::{error::Trouble, query::Query, request::Asked};
use laer8_app::{AccountsQuery, Column, Facets, Filter, Sort, Start};
use laer8_domain::{accounts::fields, conditions::Condition};

/// Where the table is.
pub(super) const PATH: &str = "/accounts";

/// How many rows a page may have.
pub(super) const ROWS: [usize; 4] = [25, 50, 100, 200];

/// Rows on a page unless others are asked for.
const USUAL_ROWS: usize = 50;

/// What is asked for so often that it has a menu of its own.
pub(super) const QUICK: [Column; 6] =
    [Column::Stage, Column::Band, Column::Segment, Column::Signal, Column::Owner, Column::Plan];

/// What of an address is about the moment and not about the table.
const PASSING: [&str; 8] = ["page", "pick", "panel", "field", "how", "is", "least", "below"];

/// What the address of the table asks for.
pub(super) struct State {
    /// The address without what is about the moment: the page, open menus.
    pub(super) base: Query,
    /// Each condition as it is typed and as it is understood.
    pub(super) conditions: Vec<(String, Condition)>,
    pub(super) search: String,
    pub(super) sort: Sort,
    /// The columns after the name.
    pub(super) columns: Vec<Column>,
    pub(super) rows: usize,
    page: usize,
    /// The column whose menu is open.
    pub(super) pick: Option<Column>,
}

/// The columns after the name unless others are asked for.
pub(super) fn usual_columns() -> Vec<Column> {
    vec![
        Column::Stage,
        Column::Score,
        Column::Change30,
        Column::Mrr,
        Column::Seats,
        Column::RenewalOn,
        Column::Potential,
        Column::Signal,
        Column::Owner,
    ]
}

/// The address without what is about the moment.
pub(super) fn base(asked: &Asked) -> Query {
    asked.query.without_any(&PASSING)
}

impl State {
    pub(super) fn of(asked: &Asked) -> Result<Self, Trouble> {
        let mut conditions = Vec::new();
        for text in asked.query.all("where") {
            let condition = laer8_phrases::parse(text).map_err(|fault| {
                Trouble::bad(asked.clone(), laer8_phrases::condition_fault(asked.words, &fault))
            })?;
            conditions.push((text.to_owned(), condition));
        }
        let mut columns: Vec<Column> = Vec::new();
        for column in asked.query.all("col").map(Column::from_key) {
            if column != Column::Name && !columns.contains(&column) {
                columns.push(column);
            }
        }
        if columns.is_empty() {
            columns = usual_columns();
        }
        let number = |name: &str| asked.query.get(name).and_then(|text| text.parse::<usize>().ok());
        let pick = asked.query.get("pick").or(asked.query.get("field")).map(Column::from_key);
        Ok(Self {
            base: base(asked),
            conditions,
            search: asked.query.get("q").unwrap_or_default().to_owned(),
            sort: asked.query.get("sort").map(Sort::from_key).unwrap_or_default(),
            columns,
            rows: number("rows").filter(|rows| ROWS.contains(rows)).unwrap_or(USUAL_ROWS),
            page: number("page").unwrap_or(1).max(1),
            pick,
        })
    }

    /// What the use case is asked.
    pub(super) fn query(&self) -> AccountsQuery {
        let mut facets = QUICK.to_vec();
        facets.extend(self.pick.iter().filter(|column| !QUICK.contains(column)).cloned());
        let offset = (self.page - 1).saturating_mul(self.rows);
        AccountsQuery {
            filter: Filter { conditions: self.conditions.iter().map(|(_, it)| it.clone()).collect() },
            search: self.search.clone(),
            sort: self.sort.clone(),
            start: Start::Offset(offset),
            limit: Some(self.rows),
            columns: self.columns.clone(),
            facets: Facets::Of(facets),
        }
    }

    /// What is asked of a column.
    pub(super) fn on<'s>(&'s self, column: &'s Column) -> impl Iterator<Item = &'s (String, Condition)> {
        self.conditions.iter().filter(move |(_, condition)| Column::from_key(&condition.facet) == *column)
    }

    /// The address without what is asked of a column.
    pub(super) fn without(&self, column: &Column) -> Query {
        let mut query = self.base.without("where");
        for (text, condition) in &self.conditions {
            if Column::from_key(&condition.facet) != *column {
                query = query.and("where", text);
            }
        }
        query
    }
}

/// Columns that belong together, by the message that names them; traits, which
/// nobody foresees, are the rest.
pub(super) const GROUPS: [(&str, &[&str]); 4] = [
    (
        "table-group-account",
        &[
            fields::NAME,
            "segment",
            fields::OWNER,
            fields::INDUSTRY,
            fields::COUNTRY,
            fields::DOMAIN,
            fields::PARENT,
            fields::SIGNED_UP,
        ],
    ),
    (
        "table-group-health",
        &["score", "band", "change_30", "change_90", "coverage", "signal", "potential", "works", "quadrant"],
    ),
    (
        "table-group-journey",
        &[
            "stage",
            "stage_since",
            "overdue_days",
            "renewal_on",
            "renewal_days",
            "tenure_days",
            "customer",
            "trial",
        ],
    ),
    ("table-group-revenue", &["mrr", "arr", fields::SEATS, "plan", fields::PAYMENT_OVERDUE]),
];

/// All columns of a view by group; groups without any are left out.
pub(super) fn grouped(columns: impl Iterator<Item = Column>) -> Vec<(&'static str, Vec<Column>)> {
    let mut rest: Vec<Column> = columns.collect();
    let mut groups = Vec::new();
    for (name, keys) in GROUPS {
        let of = |key: &&str| Some(rest.iter().find(|column| column.key() == *key)?.clone());
        let inside: Vec<Column> = keys.iter().filter_map(of).collect();
        rest.retain(|column| !inside.contains(column));
        groups.push((name, inside));
    }
    groups.push(("table-group-traits", rest));
    groups.retain(|(_, columns)| !columns.is_empty());
    groups
}
