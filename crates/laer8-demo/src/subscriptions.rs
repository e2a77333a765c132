//! What was signed, each subscription with its whole life so far.

use crate::{story::Story, told};
use laer8_domain::records::{Incoming, Record, SubscriptionRecord};

pub(crate) fn tell(story: &Story, records: &mut Vec<Incoming>) {
    for (index, signed) in story.contract.subscriptions.iter().enumerate() {
        records.push(told(Record::Subscription(SubscriptionRecord {
            id: story.thing("sub", index + 1),
            account: story.account(),
            steps: signed.steps.clone(),
            // The steps are its life up to the last day; each becomes known on
            // its own day.
            whole: true,
        })));
    }
}
