//! Tells open pages that something changed, as server-sent events.

use crate::{error::Trouble, request::Asked};
use axum::response::{
    IntoResponse, Response,
    sse::{Event, KeepAlive, Sse},
};
use futures_util::{Stream, stream::unfold};
use laer8_app::{Listening, LiveChange};
use std::{convert::Infallible, time::Duration};
use tokio::time::{Instant, timeout_at};

/// After this a browser asks again, and is asked who it is.
const LONGEST: Duration = Duration::from_secs(15 * 60);

/// What of a stream is still to come.
struct Rest {
    listening: Listening,
    until: Instant,
    hello: Option<u64>,
}

/// Says hello with the state of the workspace, and then each change: which
/// accounts, or that it may be any.
pub(crate) async fn stream(asked: Asked) -> Result<Response, Trouble> {
    let fail = |error| Trouble::of(&asked, &error);
    let listening = asked.site.app.listen(&asked.actor).map_err(fail)?;
    let generation = asked.site.app.generation(&asked.actor).await.map_err(fail)?;
    let rest = Rest { listening, until: Instant::now() + LONGEST, hello: Some(generation) };
    Ok(Sse::new(events(rest)).keep_alive(KeepAlive::default()).into_response())
}

fn events(rest: Rest) -> impl Stream<Item = Result<Event, Infallible>> {
    unfold(rest, |mut rest| async move {
        if let Some(generation) = rest.hello.take() {
            let hello = Event::default().event("hello").data(generation.to_string());
            return Some((Ok(hello), rest));
        }
        let change = timeout_at(rest.until, rest.listening.next()).await.ok()??;
        Some((Ok(said(&change)), rest))
    })
}

fn said(change: &LiveChange) -> Event {
    let event = Event::default().event("change");
    event.json_data(change).unwrap_or_else(|error| {
        tracing::error!(%error, "a change can't be told");
        Event::default().comment("")
    })
}
