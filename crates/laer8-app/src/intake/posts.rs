//! The events of posts of the inbox: which they are, and of which source.

use super::arrivals::Arrival;
use chrono::{DateTime, Utc};
use laer8_domain::ids::SourceId;
use laer8_intake::tracking::{self, Endpoint, RefusedEvent};
use laer8_store::{InboxPlace, Post};
use rustc_hash::FxHashMap;
use std::{collections::BTreeMap, ops::Range};

/// The events that can't be stored, each with why.
pub(super) type Poison = FxHashMap<InboxPlace, String>;

/// Which events of the posts to work in.
#[derive(Default)]
pub(super) struct Only<'o> {
    /// Those in these places, counted through.
    pub(super) range: Option<Range<usize>>,
    /// Not these.
    pub(super) without: Option<&'o Poison>,
    /// Whether to change nothing.
    pub(super) trial: bool,
}

/// The events of one source.
#[derive(Default)]
pub(super) struct OfSource<'p> {
    pub(super) events: Vec<Arrival<'p>>,
    pub(super) refused: Vec<(RefusedEvent<'p>, &'static str, DateTime<Utc>)>,
    pub(super) poisonous: Vec<(Arrival<'p>, &'p str)>,
}

/// Who sent the requests of posts, and when each was received.
pub(super) fn received(posts: &[Post]) -> impl Iterator<Item = (SourceId, DateTime<Utc>)> {
    posts.iter().flat_map(|post| &post.requests).map(|request| (request.source, request.at))
}

/// How many events posts bring.
pub(super) fn events(posts: &[Post]) -> u32 {
    posts.iter().flat_map(|post| &post.requests).map(|request| request.events).sum()
}

/// The events of posts, by their source.
pub(super) fn by_source<'p>(posts: &'p [Post], only: &Only<'p>) -> BTreeMap<SourceId, OfSource<'p>> {
    let mut by_source: BTreeMap<SourceId, OfSource<'p>> = BTreeMap::new();
    let mut counted = 0;
    for post in posts {
        let mut place = 0;
        for request in &post.requests {
            let of_source = by_source.entry(request.source).or_default();
            let endpoint = Endpoint::from_code(request.endpoint).unwrap_or(Endpoint::Batch);
            // An event without an id gets one that it has whenever it is read.
            let mut made = 0;
            let new_id = || {
                made += 1;
                format!("{}-{place}-{made}", post.position)
            };
            let Ok(body) = tracking::read(&request.body, endpoint, request.at, new_id) else {
                continue; // what could not be read was not accepted
            };
            for event in body.events {
                let at = place;
                let is_wanted = only.range.as_ref().is_none_or(|range| range.contains(&counted));
                let poison = only.without.and_then(|poison| poison.get(&(post.position, place)));
                counted += 1;
                place += 1;
                if !is_wanted {
                    continue;
                }
                match (event, poison) {
                    (Ok(event), Some(why)) => {
                        of_source
                            .poisonous
                            .push((Arrival { event, position: post.position, place: at }, why));
                    }
                    (Ok(event), None) => {
                        of_source.events.push(Arrival { event, position: post.position, place: at });
                    }
                    (Err(refused), _) => of_source.refused.push((refused, call(endpoint), request.at)),
                }
            }
        }
    }
    by_source
}

/// The places of all events of posts, in order.
pub(super) fn places(posts: &[Post]) -> impl Iterator<Item = InboxPlace> {
    posts.iter().flat_map(|post| {
        let count: usize = post.requests.iter().map(|request| request.events as usize).sum();
        (0..count).map(|place| (post.position, place))
    })
}

/// The call that an endpoint is for; empty for a batch.
fn call(endpoint: Endpoint) -> &'static str {
    match endpoint {
        Endpoint::Batch => "",
        Endpoint::One(kind) => kind.key(),
    }
}
