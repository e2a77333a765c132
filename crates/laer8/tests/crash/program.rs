//! The program, as the tests start and kill it.

use std::{
    io::{BufRead as _, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

/// The program, working in `data`.
pub(crate) fn laer8(data: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin!("laer8"));
    command
        .env_clear()
        .arg("--data-dir")
        .arg(data)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

/// The program while it serves; it ends with the test, however that ends.
pub(crate) struct Server {
    child: Child,
    /// Where it is, without a slash at the end.
    pub(crate) url: String,
    /// Held open: who writes where nobody reads is stopped.
    _out: BufReader<ChildStdout>,
}

impl Server {
    /// Starts it at a port that is free, and waits until it says where.
    pub(crate) fn start(data: &Path) -> Self {
        let mut command = laer8(data);
        command.args(["--lang", "en", "serve", "--listen", "127.0.0.1:0"]).stdout(Stdio::piped());
        let mut child = command.spawn().expect("the program starts");
        let mut out = BufReader::new(child.stdout.take().expect("its output"));
        let mut line = String::new();
        out.read_line(&mut line).expect("a line");
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        let url = address.unwrap_or_else(|| panic!("no address in {line:?}"));
        Self { url: url.trim_end_matches('/').to_owned(), child, _out: out }
    }

    /// Ends it in the middle of whatever it does.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("killed"); // SIGKILL
        self.child.wait().expect("a status");
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill(); // it may have ended already
        let _ = self.child.wait();
    }
}
