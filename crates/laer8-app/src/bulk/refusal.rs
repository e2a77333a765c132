//! Where in its row the reason lies for which a record can't be taken.

use super::BulkProblem;
use crate::Refused;
use laer8_domain::records::AccountRef;
use laer8_intake::mapping::RecordKind;

/// What is needed of a record after it was absorbed.
#[derive(Debug, Clone)]
pub(super) struct About {
    pub(super) kind: RecordKind,
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
        Refused::UnknownFeature(_) if about.kind == RecordKind::Plan => "entitles",
        Refused::UnknownFeature(_) => "feature",
        Refused::UnknownPlan(_) if about.kind == RecordKind::Plan => "upgrade",
        Refused::UnknownPlan(_) => "steps",
        Refused::DuplicateId { .. } => "id",
        Refused::SaysNothing(_) => match about.kind {
            RecordKind::Subscription => "steps",
            RecordKind::Ticket => "events",
            _ => return None,
        },
        Refused::OutOfScale { .. } => match about.kind {
            RecordKind::Survey => "score",
            RecordKind::Ticket => "events",
            RecordKind::Note => "pulse",
            RecordKind::ExchangeRate => "billionths",
            _ => return None,
        },
    })
}
