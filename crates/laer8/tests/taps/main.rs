//! Public Singer taps, unmodified, feeding the program from a real PostgreSQL.
//!
//! The taps come from the package index of Python by `scripts/taps`, which
//! installs them below the folder of the build. Where there is no Python, or
//! pip can't reach its index, the tests say so and do nothing, except in CI.
#![allow(missing_docs, reason = "tests are named as sentences")]

mod killed;
mod program;
mod shop;
mod taps;

use program::Workspace;
use serde_json::json;
use shop::Shop;
use taps::{Tap, installed};

/// Brings the shop in, then what changed in it, then nothing.
fn feeds_laer8(tap: Tap) {
    let Some(tap) = installed(tap) else { return };
    let shop = Shop::open();
    let workspace = Workspace::new();
    let catalog = tap.prepare(&shop, workspace.path());

    let first = workspace.ingest(&tap, &catalog);
    assert_eq!(first.code, Some(0), "{}", first.said);
    let report = first.report();
    assert_eq!(report["whole"], true, "{report}");
    for (stream, rows) in [("accounts", 4), ("subscriptions", 4), ("usage", 60), ("tickets", 3)] {
        assert_eq!(first.counts(stream), (rows, rows, 0, 0, 0), "{stream}: {report}");
    }
    let accounts = workspace.json(&["accounts", "--as-of", "2026-06-30"]);
    let names: Vec<&str> = accounts["accounts"]
        .as_array()
        .unwrap_or_else(|| panic!("accounts in {accounts}"))
        .iter()
        .filter_map(|row| row["name"].as_str())
        .collect();
    assert_eq!(names.len(), 4, "{accounts}");
    assert!(names.contains(&"Acme, \"GmbH\""), "{names:?}");
    assert_eq!(accounts["mrr"], "1100.50", "three of the four pay by the month");

    shop.change();
    let second = workspace.ingest(&tap, &catalog);
    assert_eq!(second.code, Some(0), "{}", second.said);
    // An incremental tap may repeat what is at the bookmark; that changes nothing.
    let brought = |stream: &str| {
        let (_, new, changed, _, refused) = second.counts(stream);
        (new, changed, refused)
    };
    assert_eq!(brought("accounts"), (1, 1, 0), "{}", second.said);
    assert_eq!(brought("subscriptions"), (0, 1, 0), "{}", second.said);
    assert_eq!(brought("usage"), (2, 0, 0), "{}", second.said);
    assert_eq!(brought("tickets"), (0, 1, 0), "{}", second.said);
    let (rows, ..) = second.counts("usage");
    assert!(rows < 10, "it reads what is new, not all of it: {}", second.said);
    let score = workspace.json(&["score", "Bolt & Sons", "--as-of", "today"]);
    assert_eq!(score["account"]["name"], json!("Bolt & Sons"), "{score}");

    let third = workspace.ingest(&tap, &catalog);
    assert!(third.said.contains("\"whole\":true"), "{}", third.said);
    for stream in ["accounts", "subscriptions", "usage", "tickets"] {
        let (_, new, changed, ..) = third.counts(stream);
        assert_eq!((new, changed), (0, 0), "{stream}: {}", third.said);
    }
}

#[test]
fn the_tap_of_meltano_feeds_laer8_from_postgresql() {
    feeds_laer8(Tap::Meltano);
}

#[test]
fn the_tap_of_pipelinewise_feeds_laer8_from_postgresql() {
    feeds_laer8(Tap::PipelineWise);
}
