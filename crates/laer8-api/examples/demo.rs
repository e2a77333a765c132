//! The API on a demo company of forty accounts, for whoever wants to try it or
//! to test it from outside: everybody is the operator, and everything is gone
//! when it ends.
//!
//! `cargo run -p laer8-api --example demo -- 127.0.0.1:8009`

use laer8_api::{Api, routes};
use laer8_app::{Actor, App, DemoRequest, FixedClock};
use laer8_store::Store;
use std::{error::Error, sync::Arc};

/// The day on which it stands still.
const NOW: &str = "2026-06-30T12:00:00Z";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let address = std::env::args().nth(1).unwrap_or_else(|| "127.0.0.1:8009".to_owned());
    let folder = tempfile::tempdir()?;
    let url = format!("sqlite://{}", folder.path().join("demo.db").display());
    let app = App::new(Store::open(&url).await?, Arc::new(FixedClock(NOW.parse()?)));
    let request = DemoRequest { accounts: 40, ..DemoRequest::default() };
    app.demo(&Actor::operator(), request, &|_| ()).await?;
    let listener = tokio::net::TcpListener::bind(address).await?;
    let stop = async {
        let _ = tokio::signal::ctrl_c().await; // without signals it stops when it is killed
    };
    let api = routes(Api { app, unsigned: Some(Actor::operator()) });
    Ok(axum::serve(listener, api).with_graceful_shutdown(stop).await?)
}
