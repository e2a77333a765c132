//! What can be shown of an account, sorted by and asked for.

use laer8_domain::accounts::fields;
use serde::{Serialize, Serializer};

/// What can be shown of an account, sorted by and asked for: what was worked
/// out, or a field that its sources told.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Column {
    /// What it is called.
    Name,
    /// Where it stands: a stage, or `prospect`, `trial`, `former`.
    Stage,
    /// Since when it is there.
    StageSince,
    /// By how many days that is longer than it should be.
    OverdueDays,
    /// The health score, 0 to 100.
    Score,
    /// How the score is read.
    Band,
    /// The share of the scorecard's weight that has a value, 0 to 1.
    Coverage,
    /// Points gained in 30 days.
    Change30,
    /// Points gained in 90 days.
    Change90,
    /// Monthly recurring revenue, in the reporting currency.
    Mrr,
    /// Annual recurring revenue, in the reporting currency.
    Arr,
    /// Seats paid for.
    Seats,
    /// The plans subscribed to, by key.
    Plan,
    /// When the next term ends.
    RenewalOn,
    /// In how many days that is.
    RenewalDays,
    /// Days since it first paid.
    TenureDays,
    /// Whether it pays.
    Customer,
    /// Whether it tries something and pays for nothing.
    Trial,
    /// Potential realised, 0 to 100.
    Potential,
    /// Works as promised, 0 to 100.
    Works,
    /// The quadrant of the layer-8 matrix.
    Quadrant,
    /// The signals it gives.
    Signal,
    /// Its segment.
    Segment,
    /// Who looks after it.
    Owner,
    /// A field of an account, or a trait, by name.
    Field(String),
}

/// What is worked out, with the name of each.
const COMPUTED: [(Column, &str); 24] = [
    (Column::Name, fields::NAME),
    (Column::Stage, "stage"),
    (Column::StageSince, "stage_since"),
    (Column::OverdueDays, "overdue_days"),
    (Column::Score, "score"),
    (Column::Band, "band"),
    (Column::Coverage, "coverage"),
    (Column::Change30, "change_30"),
    (Column::Change90, "change_90"),
    (Column::Mrr, "mrr"),
    (Column::Arr, "arr"),
    (Column::Seats, fields::SEATS),
    (Column::Plan, "plan"),
    (Column::RenewalOn, "renewal_on"),
    (Column::RenewalDays, "renewal_days"),
    (Column::TenureDays, "tenure_days"),
    (Column::Customer, "customer"),
    (Column::Trial, "trial"),
    (Column::Potential, "potential"),
    (Column::Works, "works"),
    (Column::Quadrant, "quadrant"),
    (Column::Signal, "signal"),
    (Column::Segment, "segment"),
    (Column::Owner, fields::OWNER),
];

impl Column {
    /// What is worked out for every account, in the order in which people look
    /// for it.
    pub fn computed() -> impl Iterator<Item = Self> {
        COMPUTED.into_iter().map(|(column, _)| column)
    }

    /// The name in addresses, conditions and the API.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Field(name) => name,
            other => COMPUTED.iter().find(|(column, _)| column == other).map_or("", |(_, key)| key),
        }
    }

    /// The column of that name. What is not worked out is taken for a field;
    /// whether any account has it, a use case says.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        let computed = COMPUTED.iter().find(|(_, name)| *name == key);
        computed.map_or_else(|| Self::Field(key.to_owned()), |(column, _)| column.clone())
    }
}

impl Serialize for Column {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.key())
    }
}

/// By what accounts are sorted. What is unknown comes last whichever way;
/// accounts that are alike come by revenue, name and id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sort {
    /// By what.
    pub by: Column,
    /// The largest, latest or last letter first.
    pub descending: bool,
}

impl Default for Sort {
    /// Those with most revenue first.
    fn default() -> Self {
        Self { by: Column::Mrr, descending: true }
    }
}

impl Sort {
    /// From the smallest, or the first letter.
    #[must_use]
    pub fn up(by: Column) -> Self {
        Self { by, descending: false }
    }

    /// From the largest, or the last letter.
    #[must_use]
    pub fn down(by: Column) -> Self {
        Self { by, descending: true }
    }

    /// As an address writes it: `name`, or `-mrr` for the largest first.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.by.key())
    }

    /// What an address writes.
    #[must_use]
    pub fn from_key(key: &str) -> Self {
        match key.strip_prefix('-') {
            Some(key) => Self::down(Column::from_key(key)),
            None => Self::up(Column::from_key(key)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_has_one_name() {
        for column in Column::computed() {
            assert_eq!(Column::from_key(column.key()), column);
        }
        assert_eq!(Column::from_key("colour"), Column::Field("colour".to_owned()));
        assert_eq!(Column::Field("colour".to_owned()).key(), "colour");
    }

    #[test]
    fn an_order_is_written_and_read() {
        for (key, sort) in [("name", Sort::up(Column::Name)), ("-arr", Sort::down(Column::Arr))] {
            assert_eq!((Sort::from_key(key), sort.key().as_str()), (sort, key));
        }
    }
}
