//! Is the demo company believable? Measured on its records alone.

mod book;
mod causes;
mod records;
mod retention;
mod stages;
mod story;

use book::Book;
use laer8_demo::{DemoOptions, UsageDetail};
use laer8_domain::days::Day;
use std::sync::LazyLock;

fn day(text: &str) -> Day {
    text.parse().expect("a day")
}

/// The company of the documentation.
fn options() -> DemoOptions {
    DemoOptions::new(day("2026-06-30"))
}

/// Next to no usage, for what does not look at it.
const NO_USAGE: UsageDetail = UsageDetail { days_per_row: 7, days_back: 1, features: 1 };

/// The company of the documentation, read once for all tests.
static DEMO: LazyLock<Book> = LazyLock::new(|| Book::of(options()));
