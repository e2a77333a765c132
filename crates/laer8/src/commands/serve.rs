//! `laer8 serve`: the pages, for browsers.

use crate::{Done, context::Context, failure::Failure, output};
use axum::Router;
use clap::Args;
use laer8_api::Api;
use laer8_app::App;
use laer8_web::Site;
use laer8_words::Arg;
use std::{net::SocketAddr, path::PathBuf};
use tokio::{net::TcpListener, sync::watch};

/// Where pages are served unless somebody says otherwise.
pub(crate) const LISTEN: &str = "127.0.0.1:8008";

/// Where uploads lie, in the data folder.
const UPLOADS: &str = "uploads";
/// The watched folder unless somebody names another, in the data folder.
const DROP: &str = "drop";

const EXAMPLES: &str = "\
Examples:
  laer8 serve
  laer8 serve --listen 127.0.0.1:9000 --lang es
  laer8 serve --listen 0.0.0.0:8008 --url https://cs.example.com
  laer8 serve --watch /srv/drop           imports what lies in /srv/drop/crm

People sign in. While nobody can, the link that is printed makes the first
administrator, who invites the others; laer8 user add does the same from here.

Beyond this machine, put a proxy with TLS in front and say its address with
--url: sessions are then only sent encrypted. Ctrl-C ends it.";

/// Serves the pages to browsers.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct ServeArgs {
    /// Address and port
    #[arg(long, value_name = "ADDR", default_value = LISTEN, value_parser = listen)]
    listen: SocketAddr,
    /// How browsers reach it, where that is another address
    #[arg(long, value_name = "URL", value_parser = url)]
    url: Option<String>,
    /// Folder into which files are dropped, one folder inside for each source;
    /// drop in the data folder unless given
    #[arg(long, value_name = "DIR", env = "LAER8_WATCH", hide_env = true)]
    watch: Option<PathBuf>,
}

/// An address to listen on.
fn listen(text: &str) -> Result<SocketAddr, String> {
    text.parse().map_err(|_| format!("\"{text}\" is no address; write it like {LISTEN}"))
}

/// An address to listen on that only this machine reaches.
pub(crate) fn loopback(text: &str) -> Result<SocketAddr, String> {
    let address = listen(text)?;
    if address.ip().is_loopback() {
        return Ok(address);
    }
    let ip = address.ip();
    Err(format!(
        "{ip} can be reached from other machines, and the demo signs in by itself; use {LISTEN}, or laer8 serve"
    ))
}

/// How browsers reach the site.
pub(crate) fn url(text: &str) -> Result<String, String> {
    let text = text.trim_end_matches('/');
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match host {
        Some(host) if !host.is_empty() && !host.contains(['/', '?', '#', '@', ' ']) => Ok(text.to_owned()),
        _ => Err("write it like https://cs.example.com, without a path".to_owned()),
    }
}

pub(crate) async fn run(context: &Context, args: &ServeArgs) -> Result<Done, Failure> {
    let opened = context.app().await?;
    let app = App::clone(&opened).keeping_uploads(context.settings.data_dir.join(UPLOADS));
    let (listener, own) = listening(args.listen).await?;
    let url = args.url.clone().unwrap_or(own);
    let mut site = Site::new(app.clone(), context.words.language(), &url);
    say(context, "serving", "address", &format!("{url}/"))?;
    let is_plain = url.starts_with("http://");
    if is_plain && !args.listen.ip().is_loopback() {
        output::text(&format!("{}\n", context.words.say("serving-plain")), context.settings.color)?;
    }
    if app.is_unclaimed().await? {
        let code = laer8_app::setup_code()?;
        say(context, "serving-unclaimed", "link", &format!("{url}/setup?code={code}"))?;
        site = site.with_setup_code(&code);
    }
    let api = laer8_api::routes(Api { app: app.clone(), unsigned: None });
    let drop = args.watch.clone().unwrap_or_else(|| context.settings.data_dir.join(DROP));
    until_stopped(&app, site, api, listener, drop).await
}

/// Serves to this machine only; whoever comes acts as the operator.
pub(crate) async fn open(context: &Context, app: App, address: SocketAddr) -> Result<Done, Failure> {
    let (listener, url) = listening(address).await?;
    say(context, "serving", "address", &format!("{url}/"))?;
    let app = app.keeping_uploads(context.settings.data_dir.join(UPLOADS));
    let operator = context.actor.clone();
    let api = laer8_api::routes(Api { app: app.clone(), unsigned: Some(operator.clone()) });
    let site = Site::new(app.clone(), context.words.language(), &url).open_as(operator);
    until_stopped(&app, site, api, listener, context.settings.data_dir.join(DROP)).await
}

/// Serves until somebody asks the program to end. What comes in meanwhile is
/// worked in beside; what was begun is finished.
async fn until_stopped(
    app: &App,
    site: Site,
    api: Router,
    listener: TcpListener,
    drop: PathBuf,
) -> Result<Done, Failure> {
    let (stop, stopping) = watch::channel(false);
    app.take_up_uploads();
    let watcher = tokio::spawn({
        let (app, stopping) = (app.clone(), stopping.clone());
        async move { app.watch_drops(drop, told(stopping)).await }
    });
    let worker = tokio::spawn({
        let app = app.clone();
        async move { app.keep_up(told(stopping)).await }
    });
    let others = api.merge(laer8_api::tracking_routes(app.clone()));
    // Whoever listens for changes would listen for ever.
    let quiet = app.clone();
    let ends = async move {
        stopped().await;
        quiet.stop_telling();
    };
    let served = laer8_web::serve(site, others, listener, ends).await;
    stop.send_replace(true);
    if let Err(failed) = worker.await {
        tracing::error!(%failed, "what works in what comes in has ended early");
    }
    if let Err(failed) = watcher.await {
        tracing::error!(%failed, "what looks into the watched folder has ended early");
    }
    served?;
    Ok(Done::Wholly)
}

async fn told(mut stopping: watch::Receiver<bool>) {
    let _ = stopping.wait_for(|stop| *stop).await; // whoever would say so is gone: that says it too
}

async fn listening(address: SocketAddr) -> Result<(TcpListener, String), Failure> {
    let taken = |error: std::io::Error| {
        Failure::Usage(format!("can't listen on {address}: {error}; choose another with --listen"))
    };
    let listener = TcpListener::bind(address).await.map_err(taken)?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((listener, url))
}

fn say(context: &Context, key: &str, name: &str, value: &str) -> Result<(), Failure> {
    let said = context.words.say_with(key, &[(name, Arg::Text(value))]);
    output::text(&format!("{said}\n"), context.settings.color)
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
