//! Works in what one source has sent.

use super::{
    arrivals::{Arrival, Arrivals, Circumstances, Tallies},
    directory::Directory,
    posts::OfSource,
    views::EventFate,
    what_came::WhatCame,
};
use crate::{
    AppError,
    absorb::{Changed, Setting},
};
use laer8_domain::{
    days::{Day, shift},
    ids::SourceId,
};
use laer8_store::{InboxPlace, IntakeCounts, MessageDigest, Tx};
use rustc_hash::FxHashSet;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// What is stored at the end of a go, of one source.
#[derive(Default)]
pub(super) struct Gathered {
    pub(super) tallies: Tallies,
    /// The events that were taken, by the day of their receipt.
    pub(super) taken: BTreeMap<Day, FxHashSet<MessageDigest>>,
}

/// Works in events of one source. What they count for is gathered.
pub(super) async fn work_in_source(
    tx: &Tx,
    with: &Circumstances<'_>,
    setting: Setting,
    directory: &mut Directory,
    of_source: OfSource<'_>,
    gathered: &mut Gathered,
) -> Result<(Changed, IntakeCounts), AppError> {
    let OfSource { events, refused, poisonous } = of_source;
    let mut came = WhatCame::new(with.source, events.len() + refused.len() + poisonous.len());
    for (event, endpoint, at) in &refused {
        came.refused(event, endpoint, *at);
    }
    let mut left_out = Vec::new();
    for (arrival, why) in &poisonous {
        came.poisonous(&arrival.event, why);
        left_out.push((arrival.position, arrival.place));
    }
    let Gathered { tallies, taken } = gathered;
    let fresh = fresh(tx, with.source, events, taken, &mut came, &mut left_out).await?;
    tx.leave_out(&left_out).await?;
    let arrivals = Arrivals::new(tx, with, setting, tallies);
    let changed = arrivals.work_in(directory, fresh, &mut came).await?;
    let counts = came.counts();
    came.keep(tx).await?;
    Ok((changed, counts))
}

/// Those events that were not taken before; they are from now on.
async fn fresh<'p>(
    tx: &Tx,
    source: SourceId,
    events: Vec<Arrival<'p>>,
    taken: &mut BTreeMap<Day, FxHashSet<MessageDigest>>,
    came: &mut WhatCame,
    left_out: &mut Vec<InboxPlace>,
) -> Result<Vec<Arrival<'p>>, AppError> {
    let mut by_day: BTreeMap<Day, Vec<(MessageDigest, Arrival<'p>)>> = BTreeMap::new();
    for arrival in events {
        let digest = digest(source, &arrival.event.message_id);
        by_day.entry(arrival.event.received_at.date_naive()).or_default().push((digest, arrival));
    }
    let mut fresh = Vec::new();
    for (day, events) in by_day {
        let digests: Vec<MessageDigest> = events.iter().map(|(digest, _)| *digest).collect();
        let mut before = tx.taken_messages(day, &digests).await?;
        if let Some(of_day_before) = taken.get(&shift(day, -1)) {
            before.extend(of_day_before.intersection(&digests.into_iter().collect()).copied());
        }
        let of_day = taken.entry(day).or_default();
        for (digest, arrival) in events {
            if !before.contains(&digest) && of_day.insert(digest) {
                fresh.push(arrival);
            } else {
                came.event(&arrival.event, EventFate::Duplicate, None);
                left_out.push((arrival.position, arrival.place));
            }
        }
    }
    Ok(fresh)
}

/// Which event of which source it is.
fn digest(source: SourceId, message: &str) -> MessageDigest {
    let digest = Sha256::new().chain_update(source.0.to_le_bytes()).chain_update(message).finalize();
    *digest.first_chunk().expect("a digest has 32 bytes")
}
