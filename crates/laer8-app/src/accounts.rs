//! The accounts of the book: the list, and finding one by what people call it.

use crate::{Actor, App, AppError, AsOf, Moment, book::Book, evaluation::Evaluation, reckoned::Reckoned};
use laer8_domain::{
    accounts::fields,
    conditions::{AccountFacets, Condition, Facets, all_hold},
    days::Day,
    history::AccountHistory,
    ids::AccountId,
    money::{Amount, Currency},
    users::Role,
    values::Value,
};
use laer8_store::{Kind, Tx};
use serde::Serialize;
use std::collections::BTreeSet;

/// Which accounts a view is about: those for which every condition holds.
///
/// Beside the facets of [`laer8_domain::conditions`] it knows `name`, `owner`,
/// `segment`, `stage`, `band`, `score` and `signal`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    /// The conditions; of none, every account passes.
    pub conditions: Vec<Condition>,
}

impl Filter {
    /// Also that somebody looks after the account.
    #[must_use]
    pub fn owned_by(mut self, owner: &str) -> Self {
        self.conditions.push(Condition {
            facet: fields::OWNER.to_owned(),
            is: vec![Value::from(owner)],
            not: Vec::new(),
            at_least: None,
            below: None,
            known: None,
        });
        self
    }
}

/// An account in a list.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountRow {
    /// Its id.
    pub id: AccountId,
    /// What it is called.
    pub name: String,
    /// Who looks after it; empty where nobody does.
    pub owner: String,
    /// Its segment.
    pub segment: String,
    /// Its stage, or `prospect`, `trial`, `former`.
    pub standing: &'static str,
    /// Since when it is there.
    pub since: Option<Day>,
    /// By how many days that is longer than it should be.
    pub overdue_days: Option<i64>,
    /// 0 to 100; none where there is not enough data, or it is no customer.
    pub score: Option<f64>,
    /// How the score is read.
    pub band: &'static str,
    /// The share of the scorecard's weight that has a value, 0 to 1.
    pub coverage: f64,
    /// Points gained in 30 days.
    pub change_30: Option<f64>,
    /// Points gained in 90 days.
    pub change_90: Option<f64>,
    /// In the reporting currency.
    pub mrr: Amount,
    /// In the reporting currency.
    pub arr: Amount,
    /// Seats paid for.
    pub seats: Option<u32>,
    /// When the next term ends; none where it can be cancelled at any moment.
    pub renewal_on: Option<Day>,
    /// Potential realised, 0 to 100.
    pub potential: Option<f64>,
    /// Works as promised, 0 to 100.
    pub works: Option<f64>,
    /// The quadrant of the layer-8 matrix.
    pub quadrant: Option<&'static str>,
    /// The signals it gives.
    pub signals: Vec<&'static str>,
}

/// The accounts of the book on a day.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AccountsView {
    /// The day.
    pub as_of: Moment,
    /// What amounts are in.
    pub currency: Currency,
    /// The accounts, those with most revenue first.
    pub accounts: Vec<AccountRow>,
    /// Their monthly recurring revenue.
    pub mrr: Amount,
    /// How many of them pay.
    pub customers: usize,
}

impl App {
    /// The accounts that pass `filter`. Needs [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::Empty`], [`AppError::TooEarly`],
    /// [`AppError::Store`].
    pub async fn accounts(
        &self,
        actor: &Actor,
        as_of: AsOf,
        filter: &Filter,
    ) -> Result<AccountsView, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        let book = &reckoned.book;
        let mut accounts: Vec<AccountRow> =
            chosen(&reckoned, filter)?.into_iter().map(AccountRow::of).collect();
        accounts.sort_by(|a, b| b.mrr.cmp(&a.mrr).then_with(|| a.name.cmp(&b.name)));
        Ok(AccountsView {
            as_of: book.moment,
            currency: book.currency,
            mrr: accounts.iter().map(|account| account.mrr).sum(),
            customers: accounts.iter().filter(|account| account.mrr.is_positive()).count(),
            accounts,
        })
    }
}

impl AccountRow {
    pub(crate) fn of(evaluation: &Evaluation) -> Self {
        let journey = &evaluation.journey;
        let change = |before: Option<f64>| Some(evaluation.trend.now? - before?);
        Self {
            id: evaluation.account,
            name: evaluation.name.clone(),
            owner: evaluation.owner.clone(),
            segment: evaluation.segment.clone(),
            standing: journey.standing.key(),
            since: journey.current.map(|span| span.since),
            overdue_days: journey.current.and_then(|span| span.overdue_days),
            score: evaluation.outcome.score,
            band: evaluation.outcome.band.key(),
            coverage: evaluation.outcome.coverage,
            change_30: change(evaluation.trend.days_30_ago),
            change_90: change(evaluation.trend.days_90_ago),
            mrr: journey.mrr,
            arr: evaluation.arr,
            seats: evaluation.seats,
            renewal_on: journey.next_renewal,
            potential: evaluation.potential.as_ref().map(|potential| potential.percent),
            works: evaluation.works.as_ref().map(|works| works.percent),
            quadrant: evaluation.quadrant.map(|quadrant| quadrant.key()),
            signals: evaluation.signals.iter().map(|signal| signal.kind.key()).collect(),
        }
    }
}

/// The facets of an account that was worked out.
struct EvaluatedFacets<'a> {
    account: AccountFacets<'a>,
    evaluation: &'a Evaluation,
}

impl Facets for EvaluatedFacets<'_> {
    fn facet(&self, name: &str) -> Vec<Value> {
        let evaluation = self.evaluation;
        match name {
            "band" => vec![evaluation.outcome.band.key().into()],
            "score" => evaluation.outcome.score.map(Value::Number).into_iter().collect(),
            "signal" => evaluation.signals.iter().map(|signal| signal.kind.key().into()).collect(),
            "quadrant" => evaluation.quadrant.map(|quadrant| quadrant.key().into()).into_iter().collect(),
            other => self.account.facet(other),
        }
    }
}

/// Facets beside the fields of accounts.
const FACETS: [&str; 14] = [
    "arr",
    "band",
    "customer",
    "mrr",
    "name",
    "owner",
    "plan",
    "quadrant",
    "score",
    "segment",
    "signal",
    "stage",
    "tenure_days",
    "trial",
];

/// The accounts that pass a filter.
pub(crate) fn chosen<'r>(reckoned: &'r Reckoned, filter: &Filter) -> Result<Vec<&'r Evaluation>, AppError> {
    check(&reckoned.book, filter)?;
    let passing = reckoned.evaluations.iter().filter(|evaluation| passes(&reckoned.book, evaluation, filter));
    Ok(passing.collect())
}

/// A facet that no account has is a slip of the pen, not an empty answer.
pub(crate) fn check(book: &Book, filter: &Filter) -> Result<(), AppError> {
    for condition in &filter.conditions {
        if !is_facet(book, &condition.facet) {
            return Err(no_facet(book, &condition.facet));
        }
    }
    Ok(())
}

fn is_facet(book: &Book, name: &str) -> bool {
    let has = |history: &AccountHistory| history.fields.iter().any(|fact| fact.field == name);
    FACETS.contains(&name) || fields::BUILT_IN.contains(&name) || book.histories.iter().any(has)
}

fn no_facet(book: &Book, name: &str) -> AppError {
    let traits = book.histories.iter().flat_map(|history| &history.fields).map(|fact| fact.field.as_str());
    let known: BTreeSet<&str> = FACETS.into_iter().chain(fields::BUILT_IN).chain(traits).collect();
    let known: Vec<&str> = known.into_iter().collect();
    AppError::NotFound {
        kind: "field",
        name: name.to_owned(),
        hint: format!("; there are {}", known.join(", ")),
    }
}

/// Whether an account passes a filter.
fn passes(book: &Book, evaluation: &Evaluation, filter: &Filter) -> bool {
    if filter.conditions.is_empty() {
        return true;
    }
    let Some(history) = book.history(evaluation.account) else {
        return false;
    };
    let account = AccountFacets {
        seen: history.seen(book.day()),
        catalog: &book.catalog,
        rates: &book.rates,
        stage: Some(evaluation.journey.standing.key()),
        segment: Some(&evaluation.segment),
    };
    all_hold(&filter.conditions, &EvaluatedFacets { account, evaluation })
}

/// The account that somebody means: by an external id, by its id as `#12`, by
/// its name, or by a part of the name that no other has.
pub(crate) async fn find(tx: &Tx, book: &Book, query: &str) -> Result<AccountId, AppError> {
    let query = query.trim();
    let exists = |id: i64| book.history(AccountId(id)).is_some();
    if let Some(id) = query.strip_prefix('#').and_then(|id| id.parse::<i64>().ok())
        && exists(id)
    {
        return Ok(AccountId(id));
    }
    let by_source = tx.find_external_id(Kind::Account, query).await?;
    if let [id] = by_source[..] {
        return Ok(AccountId(id));
    }
    let names: Vec<(AccountId, &str)> =
        book.histories.iter().map(|history| (history.id, history.seen(book.day()).name())).collect();
    by_name(&names, query)
}

fn by_name(names: &[(AccountId, &str)], query: &str) -> Result<AccountId, AppError> {
    let wanted = query.to_lowercase();
    let whole: Vec<_> = names.iter().filter(|(_, name)| name.to_lowercase() == wanted).collect();
    if let [(id, _)] = whole[..] {
        return Ok(*id);
    }
    let part: Vec<_> = names
        .iter()
        .filter(|(_, name)| !wanted.is_empty() && name.to_lowercase().contains(&wanted))
        .collect();
    match part[..] {
        [(id, _)] => Ok(*id),
        [] => {
            let nearest = nearest(names, &wanted);
            let hint = nearest.map(|name| format!("; did you mean \"{name}\"?")).unwrap_or_default();
            Err(AppError::NotFound { kind: "account", name: query.to_owned(), hint })
        }
        _ => {
            let mut candidates: Vec<String> =
                part.iter().take(5).map(|(id, name)| format!("{name} (#{id})")).collect();
            if part.len() > candidates.len() {
                candidates.push(format!("{} more", part.len() - candidates.len()));
            }
            Err(AppError::Ambiguous { name: query.to_owned(), candidates: candidates.join(", ") })
        }
    }
}

/// The name that is most like `wanted`, if any is alike at all.
fn nearest<'n>(names: &[(AccountId, &'n str)], wanted: &str) -> Option<&'n str> {
    let likeness = |name: &str| strsim::jaro_winkler(&name.to_lowercase(), wanted);
    let best = names.iter().map(|(_, name)| (likeness(name), *name)).max_by(|a, b| a.0.total_cmp(&b.0))?;
    (best.0 > 0.8).then_some(best.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: [(AccountId, &str); 3] =
        [(AccountId(1), "Helvetia Freight"), (AccountId(2), "Nordkap"), (AccountId(3), "Nordkap Group")];

    #[test]
    fn an_account_is_found_by_its_name_or_a_part_that_no_other_has() {
        assert_eq!(by_name(&NAMES, "helvetia").expect("found"), AccountId(1));
        assert_eq!(by_name(&NAMES, "NORDKAP").expect("found"), AccountId(2));
        assert_eq!(by_name(&NAMES, "group").expect("found"), AccountId(3));
    }

    #[test]
    fn what_could_be_several_or_none_says_so() {
        let error = by_name(&NAMES, "nord").expect_err("two");
        assert!(error.to_string().contains("Nordkap (#2), Nordkap Group (#3)"), "{error}");
        let error = by_name(&NAMES, "Helvetica Freight").expect_err("none");
        assert!(error.to_string().ends_with("did you mean \"Helvetia Freight\"?"), "{error}");
    }
}
