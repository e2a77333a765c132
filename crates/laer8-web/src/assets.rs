//! What pages bring with them: style, scripts and font, all in the program.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use sha2::{Digest as _, Sha256};
use std::sync::LazyLock;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const STYLE: &str = "text/css; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A file of the folder `assets`.
macro_rules! asset {
    ($name:literal, $kind:expr) => {
        Asset { name: $name, kind: $kind, bytes: include_bytes!(concat!("../assets/", $name)) }
    };
}

const ASSETS: [Asset; 11] = [
    asset!("laer8.css", STYLE),
    asset!("setup.css", STYLE),
    asset!("live.css", STYLE),
    asset!("htmx.js", SCRIPT), // from npm, as `libraries` says
    asset!("live.js", SCRIPT),
    asset!("keys.js", SCRIPT),
    asset!("search.js", SCRIPT),
    asset!("pointer.js", SCRIPT),
    asset!("follow.js", SCRIPT),
    asset!("inter.woff2", "font/woff2"), // from npm, too
    asset!("icon.svg", "image/svg+xml"),
];

/// In the address of each: another when any of them is another, so that an old
/// one never has to be asked for again.
pub(crate) static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    for asset in ASSETS {
        digest.update(asset.bytes);
    }
    digest.finalize().iter().take(6).map(|byte| format!("{byte:02x}")).collect()
});

/// A file, for ever: its address changes with what is in it. What a page of
/// another program asks for is not kept.
pub(crate) async fn asset(Path((version, name)): Path<(String, String)>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let kept = if version == *VERSION { "public, max-age=31536000, immutable" } else { "no-store" };
    ([(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, kept)], asset.bytes).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What npm's lock file says of a package.
    fn locked(package: &str) -> String {
        let lock = include_str!("../libraries/package-lock.json");
        let lock: serde_json::Value = serde_json::from_str(lock).expect("a lock file");
        lock["packages"][format!("node_modules/{package}")]["version"].as_str().expect("a version").to_owned()
    }

    #[test]
    fn htmx_is_of_the_version_that_the_lock_file_says() {
        let htmx = ASSETS.iter().find(|asset| asset.name == "htmx.js").expect("htmx");
        let said = format!("version=\"{}\"", locked("htmx.org"));
        assert!(String::from_utf8_lossy(htmx.bytes).contains(&said), "run: make libraries");
    }

    #[test]
    fn our_own_scripts_stay_small() {
        let own = ASSETS.iter().filter(|asset| asset.kind == SCRIPT && asset.name != "htmx.js");
        let bytes: usize = own.map(|asset| asset.bytes.len()).sum();
        assert!(bytes < 15 * 1024, "{bytes} bytes of script");
    }
}
