//! Finding one account by what people call it.

use crate::{Actor, App, AppError, AsOf, book::Book};
use laer8_domain::{identity::Subject, ids::AccountId, users::Role};
use laer8_store::{Kind, Tx};

impl App {
    /// The account that somebody means: by an external id, by its id as `#12`, by
    /// its name, or by a part of the name that no other has. Needs
    /// [`Role::Viewer`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`], [`AppError::Ambiguous`],
    /// [`AppError::Empty`], [`AppError::Store`].
    pub async fn account_called(
        &self,
        actor: &Actor,
        as_of: AsOf,
        name: &str,
    ) -> Result<AccountId, AppError> {
        actor.must_be(Role::Viewer)?;
        let tx = self.store.read().await?;
        let reckoned = self.reckoned(&tx, as_of).await?;
        find(&tx, &reckoned.book, name).await
    }
}

/// The account that somebody means: by an external id, by its id as `#12`, by
/// its name, or by a part of the name that no other has.
pub(crate) async fn find(tx: &Tx, book: &Book, query: &str) -> Result<AccountId, AppError> {
    let query = query.trim();
    if let Some(id) = query.strip_prefix('#').and_then(|id| id.parse::<i64>().ok()) {
        let account = tx.account_read_as(AccountId(id)).await?;
        if book.history(account).is_some() {
            return Ok(account);
        }
    }
    if let [account] = called(tx, query).await?[..] {
        return Ok(account);
    }
    let names: Vec<(AccountId, &str)> =
        book.histories.iter().map(|history| (history.id, history.seen(book.day()).name())).collect();
    by_name(&names, query)
}

/// The accounts, as they are read, that any source calls by this name.
pub(crate) async fn called(tx: &Tx, name: &str) -> Result<Vec<AccountId>, AppError> {
    let ids = tx.find_external_id(Kind::Account, name).await?;
    let read_as = tx.read_as(Subject::Account, &ids).await?;
    let mut accounts: Vec<AccountId> =
        ids.into_iter().map(|id| AccountId(read_as.get(&id).copied().unwrap_or(id))).collect();
    accounts.sort_unstable();
    accounts.dedup();
    Ok(accounts)
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
