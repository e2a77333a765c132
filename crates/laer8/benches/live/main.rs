//! Live intake, from the socket to the score: the program is started as its users
//! start it, products send to it over HTTP on the same machine, and what it holds
//! and how far it has got is read from `/metrics`.
//!
//! - `batches`: eight connections send batches of 100 events as fast as they are
//!   answered; then how long the rest takes to become facts.
//! - `posts`: 64 connections send one event each.
//! - `sustained`: 50,000 events a second for half a minute, in batches; whether
//!   facts keep up.
//! - `scores`: on a book of 10,000 accounts, 1,000 events a second in batches of
//!   ten; how soon scores and signals know them.
//!
//! Events are those of the SDK for Node, some 500 bytes each, of 50,000 people at
//! 10,000 accounts. On PostgreSQL the server flushes to the disk as it does by
//! default.
//!
//! `cargo bench -p laer8 --bench live [-- sqlite|postgres] [PHASE]`
#![allow(missing_docs, clippy::print_stdout, reason = "a benchmark has no users, and prints")]

mod book;
mod load;
mod server;

use load::{Load, Sent};
use server::{Database, Seen, Server};
use std::{
    env,
    io::{self, Write as _},
    thread,
    time::{Duration, Instant},
};

/// How long products send.
const SECONDS: u64 = 20;

/// How long facts may take to catch up before we say that they don't.
const PATIENCE: Duration = Duration::from_secs(300);

/// Something that is measured.
type Phase = fn(Database);

fn main() {
    // What cargo itself passes begins with dashes.
    let asked: Vec<String> = env::args().skip(1).filter(|arg| !arg.starts_with('-')).collect();
    let wants = |name: &str, kinds: &[&str]| {
        let of_kind: Vec<&String> = asked.iter().filter(|arg| kinds.contains(&arg.as_str())).collect();
        of_kind.is_empty() || of_kind.iter().any(|arg| *arg == name)
    };
    for database in [Database::Sqlite, Database::Postgres] {
        if !wants(database.name(), &["sqlite", "postgres"]) {
            continue;
        }
        let phases: [(&str, Phase); 4] =
            [("batches", batches), ("posts", posts), ("sustained", sustained), ("scores", scores)];
        let names = phases.map(|(name, _)| name);
        for (name, phase) in phases {
            if wants(name, &names) {
                print!("{:<9}{name:<10}", database.name());
                let _ = io::stdout().flush(); // it takes a while
                phase(database);
            }
        }
    }
}

fn batches(database: Database) {
    let server = Server::start(database, book::People::Introduced);
    let load = Load { connections: 8, events: 100, rate: None, seconds: SECONDS };
    flat_out(&server, load);
}

fn posts(database: Database) {
    let server = Server::start(database, book::People::Introduced);
    let load = Load { connections: 64, events: 1, rate: None, seconds: SECONDS };
    flat_out(&server, load);
}

/// Sends as much as is taken, and then waits until all of it is facts.
fn flat_out(server: &Server, load: Load) {
    let before = server.seen();
    let sent = load.send(server);
    let at_end = server.seen();
    let began = Instant::now();
    let caught_up = catch_up(server, before.worked_in + sent.events);
    let later = began.elapsed();
    let worked = at_end.worked_in - before.worked_in;
    tell(&sent, server);
    print!(", {} of them facts by then", thousands(worked));
    if caught_up {
        let rest = sent.events - worked;
        let rate = f64::from(u32::try_from(rest).unwrap_or(u32::MAX)) / later.as_secs_f64().max(0.001);
        print!(", the rest at {}/s", thousands(rate as u64));
    } else {
        print!(", which did not catch up");
    }
    println!(", {} MB at most", server.most_memory_mb());
}

fn sustained(database: Database) {
    let server = Server::start(database, book::People::Introduced);
    let before = server.seen();
    let load = Load { connections: 8, events: 100, rate: Some(50_000), seconds: 30 };
    let sent = load.send(&server);
    let began = Instant::now();
    let is_done = catch_up(&server, before.worked_in + sent.events);
    tell(&sent, &server);
    let state =
        if is_done { format!("{:.1} s later", began.elapsed().as_secs_f64()) } else { "never".to_owned() };
    println!(", all facts {state}, {} MB at most", server.most_memory_mb());
}

fn scores(database: Database) {
    let server = Server::start(database, book::People::OfABook);
    // The first look works the whole book out.
    let load = Load { connections: 4, events: 10, rate: Some(1_000), seconds: 5 };
    let warm = load.send(&server);
    catch_up(&server, warm.events);
    thread::sleep(Duration::from_secs(5));
    let before = server.seen();
    let load = Load { connections: 4, events: 10, rate: Some(1_000), seconds: 40 };
    let sent = load.send(&server);
    thread::sleep(Duration::from_secs(2));
    let after = server.seen();
    tell(&sent, &server);
    let (median, most) = (Seen::within(&before, &after, 0.5), Seen::within(&before, &after, 0.99));
    println!(
        ", scores of half of them within {median} s, of 99 % within {most} s ({} looks), {} MB at most",
        after.looks() - before.looks(),
        server.most_memory_mb()
    );
}

fn catch_up(server: &Server, events: u64) -> bool {
    let began = Instant::now();
    while server.seen().worked_in < events {
        if began.elapsed() > PATIENCE {
            return false;
        }
        thread::sleep(Duration::from_millis(50));
    }
    true
}

fn tell(sent: &Sent, server: &Server) {
    let seconds = sent.elapsed.as_secs_f64();
    let rate = sent.events as f64 / seconds;
    print!("{}/s accepted over {seconds:.0} s", thousands(rate as u64));
    print!(", {} answered “come again”", sent.busy);
    let bytes = server.inbox_bytes();
    if bytes > 0 {
        print!(", {} bytes each in the inbox", bytes / sent.events.max(1));
    }
}

fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
