//! The taps, as `scripts/taps` installs them.

use crate::shop::Shop;
use serde_json::{Value, json};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// A tap for PostgreSQL from the package index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tap {
    /// Made with Meltano's SDK.
    Meltano,
    /// Made by hand, as most were before.
    PipelineWise,
}

/// A tap that can be run.
pub(crate) struct Installed {
    tap: Tap,
    program: PathBuf,
}

/// What a tap is told: its settings, and what to read.
pub(crate) struct Prepared {
    pub(crate) config: PathBuf,
    pub(crate) catalog: PathBuf,
}

/// The tap, installed where it was not yet; none where that can't be.
pub(crate) fn installed(tap: Tap) -> Option<Installed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("taps");
    let output = Command::new(root.join("scripts/taps")).arg(&folder).output();
    let output = output.unwrap_or_else(|error| panic!("scripts/taps: {error}"));
    if !output.status.success() {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(std::env::var_os("CI").is_none(), "the taps could not be installed: {said}");
        eprintln!("NOT RUN, as the taps could not be installed: {said}");
        return None;
    }
    let name = match tap {
        Tap::Meltano => "meltano",
        Tap::PipelineWise => "pipelinewise",
    };
    Some(Installed { tap, program: folder.join(name).join("bin/tap-postgres") })
}

impl Installed {
    /// Writes its settings, asks what there is, and selects all of it, by what
    /// changed since.
    pub(crate) fn prepare(&self, shop: &Shop, folder: &Path) -> Prepared {
        let place = shop.place();
        let config = match self.tap {
            Tap::Meltano => place.for_meltano(),
            Tap::PipelineWise => place.for_pipelinewise(),
        };
        let prepared = Prepared { config: folder.join("config.json"), catalog: folder.join("catalog.json") };
        fs::write(&prepared.config, config.to_string()).expect("the settings");
        let discovered = self.command(&prepared).arg("--discover").output().expect("the tap");
        let mut catalog: Value = serde_json::from_slice(&discovered.stdout)
            .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&discovered.stderr)));
        for stream in catalog["streams"].as_array_mut().expect("streams") {
            stream["replication_method"] = json!("INCREMENTAL");
            stream["replication_key"] = json!("updated_at");
            for entry in stream["metadata"].as_array_mut().expect("metadata") {
                if entry["breadcrumb"] != json!([]) {
                    continue;
                }
                entry["metadata"]["selected"] = json!(true);
                entry["metadata"]["replication-method"] = json!("INCREMENTAL");
                entry["metadata"]["replication-key"] = json!("updated_at");
            }
        }
        fs::write(&prepared.catalog, catalog.to_string()).expect("the catalog");
        prepared
    }

    fn command(&self, prepared: &Prepared) -> Command {
        let mut command = Command::new(&self.program);
        command.arg("--config").arg(&prepared.config);
        command
    }

    /// A run, from a state where there is one.
    pub(crate) fn run(&self, prepared: &Prepared, state: Option<&Path>) -> Command {
        let mut command = self.command(prepared);
        command.arg("--catalog").arg(&prepared.catalog);
        if let Some(state) = state {
            command.arg("--state").arg(state);
        }
        command
    }
}
