//! What a command is at, on a terminal and only once it takes longer than a second.

use super::output::variable;
use std::io::{IsTerminal as _, Write as _};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(1);
const PACE: Duration = Duration::from_millis(100);

/// A line on standard error that vanishes with this value.
pub(super) struct Progress {
    done: Arc<AtomicUsize>,
    line: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Progress {
    /// `what` is being done, in `total` steps where there is more than one.
    pub(super) fn start(what: String, total: usize) -> Self {
        let done = Arc::new(AtomicUsize::new(0));
        let line = wanted().then(|| {
            let (end, ended) = channel();
            let done = Arc::clone(&done);
            (end, std::thread::spawn(move || show(&what, total, &done, &ended)))
        });
        Self { done, line }
    }

    /// One step more is done.
    pub(super) fn step(&self) {
        self.done.fetch_add(1, Ordering::Relaxed);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((end, line)) = self.line.take() {
            drop(end);
            // A line that could not be shown is no failure.
            let _ = line.join();
        }
    }
}

/// Cargo's own switches hold.
fn wanted() -> bool {
    std::io::stderr().is_terminal()
        && variable("TERM").is_none_or(|term| term != "dumb")
        && variable("CARGO_TERM_PROGRESS_WHEN").is_none_or(|when| when != "never")
        && variable("CARGO_TERM_QUIET").is_none_or(|quiet| quiet != "true")
}

fn show(what: &str, total: usize, done: &AtomicUsize, ended: &Receiver<()>) {
    let mut wait = PATIENCE;
    while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(wait) {
        wait = PACE;
        let count = if total > 1 { format!(" {}/{total}", done.load(Ordering::Relaxed)) } else { String::new() };
        let _ = write!(std::io::stderr(), "\r{what}{count}\x1b[K");
    }
    if wait == PACE {
        let _ = write!(std::io::stderr(), "\r\x1b[K");
    }
}
