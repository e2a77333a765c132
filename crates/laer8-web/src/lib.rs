//! The pages that people see: drawn on the server, links that are links, and
//! nothing that needs a script to be read.
//!
//! A page calls one use case, turns its view into words and pictures, and
//! fills a template. Whatever is not about how something looks is elsewhere.

mod assets;
mod charts;
mod error;
mod frame;
mod live;
mod metrics;
mod origin;
mod pages;
mod query;
mod request;
mod routes;
mod server;

pub use server::{Site, serve};
