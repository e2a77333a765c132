//! What people decide: that two are one, that they are not, and that a join was
//! wrong.

use super::{
    JoinView, Occasion,
    list::no_join,
    look::{entry, look_again, write},
};
use crate::{Actor, App, AppError, workspace};
use laer8_domain::{
    identity::{BY_HAND, Key, Subject},
    ids::{AccountId, JoinId, PersonId},
    users::Role,
};
use laer8_store::{IdRange, StoredJoin, Tx};

/// Kept apart from each other at once, at most: each from each other.
const APART_AT_ONCE: usize = 20;

/// Two that a person joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewJoin {
    /// Accounts, or people at one account.
    pub subject: Subject,
    /// One.
    pub first: i64,
    /// The other.
    pub second: i64,
}

impl App {
    /// Joins two accounts, or two people at one account: from now on they are
    /// read as the one of them that came first, for past days too. Needs
    /// [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`] for
    /// what is one already, and for people at different accounts;
    /// [`AppError::Store`].
    pub async fn add_join(&self, actor: &Actor, new: NewJoin) -> Result<JoinView, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.write().await?;
        let occasion = self.occasion(actor, self.today(&workspace::load(&tx).await?));
        let NewJoin { subject, first, second } = new;
        let [one, other] = read_as(&tx, subject, [first, second]).await?;
        if one == other {
            return Err(AppError::Invalid(format!(
                "{subject} {first} and {second} are one already",
                subject = subject.key()
            )));
        }
        if subject == Subject::Person && account_of(&tx, first).await? != account_of(&tx, second).await? {
            return Err(AppError::Invalid(
                "people are joined within one account; join the accounts first".to_owned(),
            ));
        }
        let members = tx.members_of(subject, &[one, other]).await?;
        let of = |id: i64| members.iter().find(|(member, _)| *member == id).map(|(_, of)| *of);
        let ids: Vec<i64> = members.iter().map(|(member, _)| *member).collect();
        for join in tx.joins_of(subject, &ids).await?.into_iter().filter(|join| join.apart) {
            // Whoever joins them has thought better of keeping them apart.
            let ends = (of(join.first), of(join.second));
            if ends == (Some(one), Some(other)) || ends == (Some(other), Some(one)) {
                tx.update_join(StoredJoin { apart: false, ..join }).await?;
            }
        }
        let join = by_hand(subject, first, second, occasion);
        let written = write(&tx, vec![join], occasion).await?;
        look_again(&tx, subject, &[first, second], occasion).await?;
        let view = self.named(&tx, written).await?.pop().ok_or_else(|| no_join(JoinId(0)))?;
        tx.commit().await?;
        Ok(view)
    }

    /// Says that these are not one, each with each other: no rule joins them, and
    /// they are no candidates any more. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`] for
    /// what is joined, for fewer than two, and for more than 20;
    /// [`AppError::Store`].
    pub async fn keep_apart(
        &self,
        actor: &Actor,
        subject: Subject,
        ids: &[i64],
    ) -> Result<Vec<JoinView>, AppError> {
        actor.must_be(Role::Manager)?;
        if ids.len() < 2 || ids.len() > APART_AT_ONCE {
            return Err(AppError::Invalid(format!(
                "name 2 to {APART_AT_ONCE} that are not one; where many share a domain, list it under \
                 not_domains in the document \"identity\""
            )));
        }
        let tx = self.store.write().await?;
        let occasion = self.occasion(actor, self.today(&workspace::load(&tx).await?));
        let mut new = Vec::new();
        for (position, first) in ids.iter().enumerate() {
            for second in &ids[position + 1..] {
                let [one, other] = read_as(&tx, subject, [*first, *second]).await?;
                if one == other {
                    return Err(AppError::Invalid(format!(
                        "{} {first} and {second} are joined; undo that first",
                        subject.key()
                    )));
                }
                let join = by_hand(subject, *first, *second, occasion);
                let (undone_at, undone_by) = (Some(occasion.at), occasion.by.to_owned());
                new.push(StoredJoin { undone_at, undone_by, apart: true, ..join });
            }
        }
        let written = write(&tx, new, occasion).await?;
        let views = self.named(&tx, written).await?;
        tx.commit().await?;
        Ok(views)
    }

    /// Undoes a join: the two are read as two again, for past days too, and no
    /// rule joins them again. Nothing is lost. Needs [`Role::Manager`].
    ///
    /// # Errors
    /// [`AppError::Forbidden`], [`AppError::NotFound`]; [`AppError::Invalid`]
    /// when it is not in force any more; [`AppError::Store`].
    pub async fn undo_join(&self, actor: &Actor, id: JoinId) -> Result<JoinView, AppError> {
        actor.must_be(Role::Manager)?;
        let tx = self.store.write().await?;
        let occasion = self.occasion(actor, self.today(&workspace::load(&tx).await?));
        let join = tx.join(id).await?.ok_or_else(|| no_join(id))?;
        if join.undone_at.is_some() {
            return Err(AppError::Invalid("this join was undone already".to_owned()));
        }
        let [root, _] = read_as(&tx, join.subject, [join.first, join.second]).await?;
        let members = tx.members_of(join.subject, &[root]).await?;
        let members: Vec<i64> = members.into_iter().map(|(member, _)| member).collect();
        let (undone_at, undone_by) = (Some(occasion.at), occasion.by.to_owned());
        let join = StoredJoin { undone_at, undone_by, apart: true, ..join };
        tx.update_join(join.clone()).await?;
        tx.reread(join.subject, &members).await?;
        tx.forget_evaluations(None).await?;
        tx.audit(entry("part", &join, occasion)).await?;
        let view = self.named(&tx, vec![join]).await?.pop().ok_or_else(|| no_join(id))?;
        tx.commit().await?;
        Ok(view)
    }
}

fn by_hand(subject: Subject, first: i64, second: i64, occasion: Occasion<'_>) -> StoredJoin {
    StoredJoin {
        id: JoinId(0),
        subject,
        first: first.min(second),
        second: first.max(second),
        key: Key { rule: BY_HAND.to_owned(), value: String::new() },
        joined_at: occasion.at,
        joined_by: occasion.by.to_owned(),
        undone_at: None,
        undone_by: String::new(),
        apart: false,
    }
}

/// As what two are read, both of which must exist.
async fn read_as(tx: &Tx, subject: Subject, ids: [i64; 2]) -> Result<[i64; 2], AppError> {
    for id in ids {
        let exists = match subject {
            Subject::Account => !tx.told_account_ids(IdRange::one(AccountId(id))).await?.is_empty(),
            Subject::Person => !tx.people_at(&[PersonId(id)]).await?.is_empty(),
        };
        if !exists {
            let name = format!("#{id}");
            return Err(AppError::NotFound { kind: subject.key(), name, hint: String::new() });
        }
    }
    let read_as = tx.read_as(subject, &ids).await?;
    Ok(ids.map(|id| read_as.get(&id).copied().unwrap_or(id)))
}

/// The account, as it is read, at which a person is.
async fn account_of(tx: &Tx, person: i64) -> Result<Option<AccountId>, AppError> {
    match tx.people_at(&[PersonId(person)]).await?.pop() {
        Some((_, account)) => Ok(Some(tx.account_read_as(account).await?)),
        None => Ok(None),
    }
}
