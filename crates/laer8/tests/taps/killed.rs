//! The program is killed while a tap writes, and the tap begins again from the
//! last state that was written out: nothing is lost, nothing doubled.

use crate::{
    program::Workspace,
    shop::Shop,
    taps::{Installed, Prepared, Tap, installed},
};
use std::{fs, path::PathBuf};

/// How much processor time the program has had, in hundredths of a second, when
/// it is killed.
const KILLED_AT: [u64; 5] = [8, 30, 60, 90, 140];

/// Rows of usage: several states of a tap lie within them.
const ROWS: u32 = 26_000;

#[test]
fn an_ingest_that_is_killed_goes_on_from_the_last_state() {
    let Some(tap) = installed(Tap::Meltano) else { return };
    let shop = Shop::open();
    shop.use_much(ROWS);
    let (calm, killed) = (Workspace::new(), Workspace::new());
    let prepared = tap.prepare(&shop, calm.path());
    assert_eq!(calm.ingest(&tap, &prepared).code, Some(0));

    let kills = KILLED_AT.into_iter().filter(|at| ingest_and_kill(&killed, &tap, &prepared, *at)).count();
    assert!(kills >= 3, "it was killed {kills} times only");
    let state = last_state(&killed);
    let (mut of_tap, mut ingest) = killed.start(&tap, &prepared, &state);
    assert!(ingest.wait().expect("a status").success());
    assert!(of_tap.wait().expect("a status").success());

    let (expected, found) = (calm.export("all"), killed.export("all"));
    let usage = expected.iter().find(|(name, _)| name == "usage.ndjson").expect("usage");
    assert_eq!(usage.1.lines().count(), 60 + ROWS as usize);
    for ((name, expected), (other, found)) in expected.iter().zip(&found) {
        assert_eq!(name, other);
        assert!(lines(expected) == lines(found), "{name} differs");
    }
    let runs = fs::read_to_string(killed.states()).expect("the states");
    assert!(runs.lines().count() > 2, "states left on the way: {runs}");
}

/// What a file says, in no order: which of two things was heard of first depends
/// on where the program was killed.
fn lines(text: &str) -> Vec<&str> {
    let mut lines: Vec<&str> = text.lines().collect();
    lines.sort_unstable();
    lines
}

/// The last state that was written out, for the tap to begin from.
fn last_state(workspace: &Workspace) -> PathBuf {
    let states = fs::read_to_string(workspace.states()).unwrap_or_default();
    // A killed program may leave half a line.
    let whole = states.rfind('\n').map_or("", |end| &states[..end]);
    let path = workspace.path().join("from.json");
    fs::write(&path, whole.lines().last().unwrap_or("{}")).expect("the state");
    path
}

/// Runs the tap from the last state, and kills the program when it has had so
/// much processor time. Returns whether it came to that.
fn ingest_and_kill(workspace: &Workspace, tap: &Installed, prepared: &Prepared, hundredths: u64) -> bool {
    let state = last_state(workspace);
    let (mut of_tap, mut ingest) = workspace.start(tap, prepared, &state);
    let was_killed = loop {
        if ingest.try_wait().expect("a status").is_some() {
            break false;
        }
        if processor_time(ingest.id()).is_some_and(|spent| spent >= hundredths) {
            ingest.kill().expect("killed"); // SIGKILL
            ingest.wait().expect("a status");
            break true;
        }
        std::thread::yield_now();
    };
    let _ = of_tap.kill(); // it may have ended already
    of_tap.wait().expect("a status");
    was_killed
}

/// The processor time that a process has had, in ticks of the kernel, which are
/// hundredths of a second on every Linux there is.
fn processor_time(process: u32) -> Option<u64> {
    let text = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = text.rsplit_once(')')?.1.split_whitespace().collect();
    Some(fields.get(11)?.parse::<u64>().ok()? + fields.get(12)?.parse::<u64>().ok()?)
}
