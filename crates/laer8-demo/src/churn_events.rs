//! The news that a customer leaves: given when notice comes in, which is
//! before the end.

use crate::{
    decisions::{Leaving, Reason},
    dice::Area,
    story::{Story, at_work},
    told,
};
use laer8_domain::{
    days::{Day, shift},
    records::{ChurnEventRecord, Incoming, Record},
};

/// The day on which notice comes in.
pub(crate) fn notice_day(leaving: &Leaving) -> Day {
    let ahead = if leaving.reason.is_sudden() { 3 } else { 21 };
    at_work(shift(leaving.end, -ahead))
}

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    let mut dice = story.dice(Area::Account);
    let left = story.contract.leavings.iter().filter(|leaving| story.is_told(notice_day(leaving)));
    for (index, leaving) in left.enumerate() {
        let comments = story.words().reasons[order(leaving.reason)];
        records.push(told(Record::ChurnEvent(ChurnEventRecord {
            id: story.thing("churn", index + 1),
            account: story.account(),
            day: notice_day(leaving),
            reason: leaving.reason.code().into(),
            comment: if dice.chance(0.8) { dice.pick(comments).into() } else { String::new() },
            refund: None,
        })));
    }
}

/// The place of a reason in the texts.
fn order(reason: Reason) -> usize {
    match reason {
        Reason::LowAdoption => 0,
        Reason::ProductQuality => 1,
        Reason::ChampionLeft => 2,
        Reason::Price => 3,
        Reason::Competitor => 4,
        Reason::Acquired => 5,
        Reason::OutOfBusiness => 6,
    }
}
