//! What pages bring with them: style, script and font, all in the program.

use axum::{
    extract::Path,
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

const ASSETS: [Asset; 6] = [
    Asset {
        name: "laer8.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/laer8.css"),
    },
    Asset {
        name: "laer8.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/laer8.js"),
    },
    Asset {
        name: "setup.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("../assets/setup.css"),
    },
    Asset {
        name: "setup.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("../assets/setup.js"),
    },
    Asset { name: "inter.woff2", kind: "font/woff2", bytes: include_bytes!("../assets/inter.woff2") },
    Asset { name: "icon.svg", kind: "image/svg+xml", bytes: include_bytes!("../assets/icon.svg") },
];

/// In the address of each, so that a new program brings new ones and an old
/// one never has to be asked for again.
pub(crate) const VERSION: &str = env!("CARGO_PKG_VERSION");

/// A file, for ever: its address changes with the program.
pub(crate) async fn asset(Path(name): Path<String>) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    let forever = "public, max-age=31536000, immutable";
    ([(header::CONTENT_TYPE, asset.kind), (header::CACHE_CONTROL, forever)], asset.bytes).into_response()
}
