//! The menus in which filters are chosen: values with their counts, ranges,
//! and whether anything is known at all.

use super::{
    columns::name,
    state::{PATH, QUICK, State, base, grouped},
};
use crate::request::Asked;
use laer8_app::{AccountsView, Column, Facet, FacetKind};
use laer8_domain::{
    conditions::{Condition, Limit},
    values::Value,
};
use laer8_words::{Arg, Words};

/// Of words of which there are many, so many can be ticked; the others are
/// typed.
const TICKED: usize = 12;

/// A menu in which a column is asked for.
pub(super) struct Menu {
    pub(super) field: String,
    pub(super) name: String,
    pub(super) open: bool,
    /// How many conditions are on it.
    pub(super) on: usize,
    /// What the address asks for besides.
    pub(super) kept: Vec<(String, String)>,
    /// How it is asked: key, words, and whether it is so now.
    pub(super) hows: Vec<(&'static str, String, bool)>,
    pub(super) options: Vec<Choice>,
    /// Values that are suggested where one can be typed.
    pub(super) suggestions: Option<Vec<String>>,
    /// Where there is a range, what its fields are and hold.
    pub(super) range: Option<Range>,
    /// The table without it.
    pub(super) clear: Option<String>,
    /// Why it could not be taken.
    pub(super) said: Option<String>,
}

/// A value that can be ticked.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) count: String,
    pub(super) chosen: bool,
}

/// A range that can be typed.
pub(super) struct Range {
    /// `number` or `date`.
    pub(super) kind: &'static str,
    pub(super) least: String,
    pub(super) below: String,
    /// What there is.
    pub(super) hint: String,
}

/// Fields that belong together: their name, and of each its name and where it
/// can be asked for.
pub(super) struct Group {
    pub(super) name: String,
    pub(super) fields: Vec<(String, String)>,
}

/// The address that a form of a menu asks for; none where none was sent, and
/// a sentence where it can't be understood.
pub(super) fn applied(asked: &Asked) -> Option<Result<String, String>> {
    let field = asked.query.get("field")?;
    let mut query = base(asked);
    let condition = match condition(asked, field) {
        Ok(condition) => condition,
        Err(said) => return Some(Err(said)),
    };
    for text in laer8_phrases::typed(&condition) {
        query = query.and("where", &text);
    }
    Some(Ok(query.address(PATH)))
}

fn condition(asked: &Asked, field: &str) -> Result<Condition, String> {
    let mut condition = Condition::on(field);
    let values = || asked.query.all("is").flat_map(laer8_phrases::meanings).collect();
    match asked.query.get("how") {
        Some("known") => condition.known = Some(true),
        Some("unknown") => condition.known = Some(false),
        Some("not") => condition.not = values(),
        Some("range") => {
            condition.at_least = limit(asked, "least")?;
            condition.below = limit(asked, "below")?;
            if is_backwards(condition.at_least, condition.below) {
                return Err(asked.words.say("table-range-backwards"));
            }
        }
        _ => condition.is = values(),
    }
    Ok(condition)
}

/// The limit that was typed, as any of our languages writes numbers.
fn limit(asked: &Asked, name: &str) -> Result<Option<Limit>, String> {
    let Some(typed) = asked.query.get(name).map(str::trim).filter(|typed| !typed.is_empty()) else {
        return Ok(None);
    };
    if let Ok(day) = typed.parse() {
        return Ok(Some(Limit::Day(day)));
    }
    let number = typed.parse::<f64>().ok().filter(|number| number.is_finite());
    let said = || asked.words.say_with("table-no-limit", &[("typed", Arg::Text(typed))]);
    number.map(|number| Some(Limit::Number(number))).ok_or_else(said)
}

fn is_backwards(least: Option<Limit>, below: Option<Limit>) -> bool {
    match (least, below) {
        (Some(Limit::Number(least)), Some(Limit::Number(below))) => least >= below,
        (Some(Limit::Day(least)), Some(Limit::Day(below))) => least >= below,
        _ => false,
    }
}

/// The menus of what is asked for most, and the one that was picked.
pub(super) fn menus(asked: &Asked, state: &State, view: &AccountsView, said: Option<String>) -> Vec<Menu> {
    let is_shown = |facet: &&Facet| {
        let is_picked = state.pick.as_ref() == Some(&facet.column);
        // A menu with one value asks nothing.
        is_picked || facet.values.len() > 1 || state.on(&facet.column).next().is_some()
    };
    let mut said = said;
    let mut menu = |facet: &Facet| {
        let open = state.pick.as_ref() == Some(&facet.column);
        menu(asked, state, facet, open, if open { said.take() } else { None })
    };
    view.facets.iter().filter(is_shown).map(&mut menu).collect()
}

fn menu(asked: &Asked, state: &State, facet: &Facet, open: bool, said: Option<String>) -> Menu {
    let words = asked.words;
    let conditions: Vec<&Condition> = state.on(&facet.column).map(|(_, condition)| condition).collect();
    let is_range = matches!(facet.kind, FacetKind::Number | FacetKind::Day);
    let is_text = facet.kind == FacetKind::Text;
    let how = how(&conditions, asked);
    let say = |key: &'static str, message: &str| (key, words.say(message), how == Some(key));
    let unknown = words.say_with("table-how-unknown", &[("count", Arg::from(facet.unknown))]);
    let mut hows = if is_range {
        vec![say("range", "table-how-range")]
    } else {
        vec![say("is", "table-how-is"), say("not", "table-how-not")]
    };
    hows.push(say("known", "table-how-known"));
    hows.push(("unknown", unknown, how == Some("unknown")));
    let options = if is_range { Vec::new() } else { options(words, facet, &conditions) };
    Menu {
        field: facet.column.key().to_owned(),
        name: name(words, &facet.column),
        open,
        on: conditions.len(),
        kept: state.without(&facet.column).pairs().to_vec(),
        hows,
        options,
        suggestions: is_text
            .then(|| facet.values.iter().skip(TICKED).map(|it| it.value.to_string()).collect()),
        range: is_range.then(|| range(asked, facet, &conditions)),
        clear: (!conditions.is_empty()).then(|| state.without(&facet.column).address(PATH)),
        said,
    }
}

/// How a column is asked for now.
fn how(conditions: &[&Condition], asked: &Asked) -> Option<&'static str> {
    let typed = asked.query.get("how");
    let of = |condition: &&Condition| match condition.known {
        Some(true) => Some("known"),
        Some(false) => Some("unknown"),
        None if !condition.not.is_empty() => Some("not"),
        None => None,
    };
    let known = ["is", "not", "range", "known", "unknown"].into_iter().find(|how| typed == Some(how));
    known.or_else(|| conditions.iter().find_map(of))
}

fn options(words: Words, facet: &Facet, conditions: &[&Condition]) -> Vec<Choice> {
    let listed = if facet.kind == FacetKind::Text { TICKED } else { usize::MAX };
    let asked: Vec<&Value> = conditions.iter().flat_map(|it| it.is.iter().chain(&it.not)).collect();
    let is_same = |a: &str, b: &Value| a.to_lowercase() == b.to_string().to_lowercase();
    let choice = |value: &Value, accounts: usize| {
        let text = value.to_string();
        Choice {
            name: laer8_phrases::facet_value(words, facet.column.key(), value),
            count: words.count(crate::pages::count(accounts)),
            chosen: asked.iter().any(|asked| is_same(&text, asked)),
            value: text,
        }
    };
    let mut options: Vec<Choice> =
        facet.values.iter().take(listed).map(|it| choice(&it.value, it.accounts)).collect();
    for value in &asked {
        if !options.iter().any(|option| is_same(&option.value, value)) {
            let known = facet.values.iter().find(|it| is_same(&it.value.to_string(), value));
            options.push(known.map_or_else(|| choice(value, 0), |it| choice(&it.value, it.accounts)));
        }
    }
    options
}

fn range(asked: &Asked, facet: &Facet, conditions: &[&Condition]) -> Range {
    let words = asked.words;
    let text = |limit: Option<Limit>| match limit {
        None => String::new(),
        Some(Limit::Number(number)) => number.to_string(),
        Some(Limit::Day(day)) => day.to_string(),
    };
    let typed =
        |name: &str, now: Option<Limit>| asked.query.get(name).map_or_else(|| text(now), ToOwned::to_owned);
    let hint = match (&facet.least, &facet.most) {
        (Some(least), Some(most)) => {
            let said = |value: &Value| match value {
                Value::Number(number) => {
                    words.number(*number, u8::from(number.abs() < 10.0 && number.fract() != 0.0))
                }
                other => words.value(other),
            };
            words.say_with(
                "table-range",
                &[("least", Arg::Text(&said(least))), ("most", Arg::Text(&said(most)))],
            )
        }
        _ => words.say("table-range-none"),
    };
    Range {
        kind: if facet.kind == FacetKind::Day { "date" } else { "number" },
        least: typed("least", conditions.iter().find_map(|it| it.at_least)),
        below: typed("below", conditions.iter().find_map(|it| it.below)),
        hint,
    }
}

/// Everything that can be asked for.
pub(super) fn groups(asked: &Asked, state: &State, view: &AccountsView) -> Vec<Group> {
    let quick_with_menu = |column: &Column| {
        QUICK.contains(column) && view.facets.iter().any(|it| it.column == *column && it.values.len() > 1)
    };
    let columns = view.columns.iter().map(|it| it.column.clone()).filter(|it| !quick_with_menu(it));
    let field = |column: Column| {
        let address = state.base.with("pick", column.key()).address(PATH);
        (name(asked.words, &column), address)
    };
    let group = |(group, columns): (&str, Vec<Column>)| Group {
        name: asked.words.say(group),
        fields: columns.into_iter().map(field).collect(),
    };
    grouped(columns).into_iter().map(group).collect()
}
