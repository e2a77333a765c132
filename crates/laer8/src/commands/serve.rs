//! `laer8 serve`: the pages, for a browser on this machine.

use crate::{Done, context::Context, failure::Failure, output};
use clap::Args;
use laer8_app::App;
use laer8_web::Site;
use laer8_words::Arg;
use std::net::SocketAddr;
use tokio::net::TcpListener;

/// Where pages are served unless somebody says otherwise.
pub(crate) const LISTEN: &str = "127.0.0.1:8008";

const EXAMPLES: &str = "\
Examples:
  laer8 serve
  laer8 serve --listen 127.0.0.1:9000 --lang es

There is no signing in yet: whoever can open the address sees everything, so
only addresses of this machine are served (127.0.0.1, ::1), under the name
localhost. Ctrl-C ends it.";

/// Serves the pages to browsers on this machine.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Address and port
    #[arg(long, value_name = "ADDR", default_value = LISTEN, value_parser = listen)]
    listen: SocketAddr,
}

/// An address that only this machine reaches.
pub(crate) fn listen(text: &str) -> Result<SocketAddr, String> {
    let address: SocketAddr =
        text.parse().map_err(|_| format!("\"{text}\" is no address; write it like {LISTEN}"))?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    Err(format!(
        "{} can be reached from other machines, and there is no signing in yet; use {LISTEN}",
        address.ip()
    ))
}

pub(crate) async fn run(context: &Context, args: &ServeArgs) -> Result<Done, Failure> {
    let app = context.app().await?;
    serve(context, app.clone(), args.listen).await
}

/// Serves until Ctrl-C.
pub(crate) async fn serve(context: &Context, app: App, address: SocketAddr) -> Result<Done, Failure> {
    let taken = |error: std::io::Error| {
        Failure::Usage(format!("can't listen on {address}: {error}; choose another with --listen"))
    };
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let address = listener.local_addr()?;
    let url = format!("http://{address}/");
    let said = context.words.say_with("serving", &[("address", Arg::Text(&url))]);
    output::text(&format!("{said}\n"), context.settings.color)?;
    let site = Site::new(app, context.words.language());
    laer8_web::serve(site, listener, stopped()).await?;
    Ok(Done::Wholly)
}

/// When somebody asks the program to end.
async fn stopped() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = interrupt => {}
                _ = terminate.recv() => {}
            }
            return;
        }
    }
    let _ = interrupt.await; // without a handler the system ends the program
}
