//! Where in its row the reason lies for which a record can't be taken.

use super::{BulkKind, BulkProblem};
use crate::Refused;
use laer8_domain::records::AccountRef;

/// What is needed of a record after it was absorbed.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub(super) kind: BulkKind,
    /// Which account.
    pub(super) account: Option<AccountRef>,
}

/// Says why a record of this kind was refused.
pub(super) fn problem(refused: &Refused, about: &About) -> BulkProblem {
    BulkProblem::new(refused.key(), field(refused, about).map(str::to_owned), refused.to_string())
}

fn field(refused: &Refused, about: &About) -> Option<&'static str> {
    Some(match refused {
        Refused::UnknownAccount(_) | Refused::UnknownSubscription(_) | Refused::OtherAccount(_) => "account",
        Refused::UnknownPerson(name) => match &about.account {
            Some(AccountRef::Person(person)) if person == name => "account",
            _ => "person",
        },
        Refused::UnknownProduct(_) => "product",
        Refused::UnknownFeature(_) if about.kind == BulkKind::Plan => "entitles",
        Refused::UnknownFeature(_) => "feature",
        Refused::UnknownPlan(_) if about.kind == BulkKind::Plan => "upgrade",
        Refused::UnknownPlan(_) => "steps",
        Refused::DuplicateId { .. } => "id",
        Refused::SaysNothing(_) => match about.kind {
            BulkKind::Subscription => "steps",
            BulkKind::Ticket => "events",
            _ => return None,
        },
        Refused::OutOfScale { .. } => match about.kind {
            BulkKind::Survey => "score",
            BulkKind::Ticket => "events",
            BulkKind::Note => "pulse",
            BulkKind::ExchangeRate => "billionths",
            _ => return None,
        },
    })
}
