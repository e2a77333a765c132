//! Progress of long work, on the standard error; nothing where nobody looks.

use indicatif::{ProgressBar, ProgressStyle};
use laer8_app::Progress;
use laer8_words::{Arg, Words};
use std::{
    sync::Mutex,
    time::{Duration, Instant},
};

/// Shows how far an import is: file, rows, and how many a second.
pub(crate) struct ImportProgress {
    bar: ProgressBar,
    words: Words,
    file: Mutex<(String, Instant)>,
}

impl ImportProgress {
    pub(crate) fn new(words: Words) -> Self {
        Self { bar: bar(), words, file: Mutex::new((String::new(), Instant::now())) }
    }

    /// Takes in a report.
    pub(crate) fn report(&self, progress: &Progress) {
        if self.bar.is_hidden() {
            return;
        }
        let Ok(mut file) = self.file.lock() else { return };
        if file.0 != progress.file {
            *file = (progress.file.clone(), Instant::now());
        }
        let rows = i64::try_from(progress.rows).unwrap_or(i64::MAX);
        let rate = per_second(progress.rows, file.1.elapsed());
        let (rows, rate) = (self.words.count(rows), self.words.count(rate));
        let message = self.words.say_with(
            "import-progress",
            &[("file", Arg::Text(&progress.file)), ("rows", Arg::Text(&rows)), ("rate", Arg::Text(&rate))],
        );
        if progress.files > 1 {
            self.bar.set_prefix(format!("{}/{}", progress.position, progress.files));
        }
        self.bar.set_length(progress.size.max(1));
        self.bar.set_position(progress.bytes);
        self.bar.set_message(message);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Shows what a tap has brought: nobody knows how much is to come.
pub(crate) struct TapProgress {
    bar: ProgressBar,
    words: Words,
    started: Instant,
}

impl TapProgress {
    pub(crate) fn new(words: Words) -> Self {
        let bar = ProgressBar::new_spinner();
        Self { bar, words, started: Instant::now() }
    }

    /// Takes in a report.
    pub(crate) fn report(&self, progress: &Progress) {
        if self.bar.is_hidden() {
            return;
        }
        let rows = self.words.count(i64::try_from(progress.rows).unwrap_or(i64::MAX));
        let rate = self.words.count(per_second(progress.rows, self.started.elapsed()));
        let args =
            [("file", Arg::Text(&progress.file)), ("rows", Arg::Text(&rows)), ("rate", Arg::Text(&rate))];
        self.bar.set_message(self.words.say_with("import-progress", &args));
        self.bar.tick();
    }

    /// Takes it away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// Shows how far the demo company is: accounts and records.
pub(crate) struct DemoProgress {
    bar: ProgressBar,
    words: Words,
}

impl DemoProgress {
    pub(crate) fn new(words: Words) -> Self {
        let bar = bar();
        bar.set_message(words.say("demo-creating"));
        Self { bar, words }
    }

    /// Takes in a report.
    pub(crate) fn report(&self, progress: &Progress) {
        self.bar.set_length(progress.size.max(1));
        self.bar.set_position(progress.bytes);
        let message = self.words.say_with(
            "demo-progress",
            &[("accounts", Arg::from(progress.bytes)), ("records", Arg::from(progress.rows))],
        );
        self.bar.set_message(message);
    }

    /// Takes the bar away.
    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

fn bar() -> ProgressBar {
    let bar = ProgressBar::new(1);
    if let Ok(style) = ProgressStyle::with_template("{prefix:>5} {bar:24} {percent:>3}%  {wide_msg}") {
        bar.set_style(style.progress_chars("█▌░"));
    }
    bar
}

#[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "a rate to look at")]
fn per_second(rows: u64, elapsed: Duration) -> i64 {
    let seconds = elapsed.as_secs_f64();
    if seconds < 0.05 { rows as i64 } else { (rows as f64 / seconds) as i64 }
}
