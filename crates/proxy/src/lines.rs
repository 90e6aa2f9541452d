//! Lines on their way to a stream that may be slow. Whoever says a line does not wait until it is written, and one
//! write carries all that were said meanwhile.

use std::io::Write;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Duration;

/// How long a line may wait for others.
const GATHER_FOR: Duration = Duration::from_millis(20);
/// How many bytes may wait for a stream that takes none; further lines are left out and counted.
const MOST: usize = 1024 * 1024;

/// A stream of lines. On being dropped it waits until all of them are written.
pub(crate) struct Lines {
    shared: Arc<Shared>,
    writer: Option<JoinHandle<()>>,
}

#[derive(Default)]
struct Shared {
    waiting: Mutex<Waiting>,
    said: Condvar,
}

#[derive(Default)]
struct Waiting {
    bytes: Vec<u8>,
    left_out: u64,
    is_over: bool,
}

impl Lines {
    /// Lines to this stream. A stream that does not take them, because it was closed, is nobody's failure.
    pub(crate) fn to(stream: impl Write + Send + 'static) -> Self {
        let shared = Arc::new(Shared::default());
        let theirs = Arc::clone(&shared);
        // Without a further thread the process can do nothing else either, so there is nothing to fall back to.
        let writer = Builder::new().name("log".to_owned()).spawn(move || theirs.write(stream)).ok();
        Lines { shared, writer }
    }

    pub(crate) fn say(&self, line: &str) {
        let mut waiting = self.shared.waiting();
        if waiting.bytes.len() + line.len() >= MOST {
            waiting.left_out += 1;
            return;
        }
        let is_first = waiting.bytes.is_empty();
        waiting.bytes.extend_from_slice(line.as_bytes());
        waiting.bytes.push(b'\n');
        drop(waiting);
        if is_first {
            self.shared.said.notify_one();
        }
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        self.shared.waiting().is_over = true;
        self.shared.said.notify_one();
        if let Some(writer) = self.writer.take() {
            // It ends with an error only when the stream panicked, and then nothing more can be written.
            let _ = writer.join();
        }
    }
}

impl Shared {
    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Writes what is said, until it is over and everything is written.
    fn write(&self, mut stream: impl Write) {
        let mut taken = Vec::new();
        loop {
            let nothing = |waiting: &mut Waiting| waiting.bytes.is_empty() && !waiting.is_over;
            let waiting = self.said.wait_while(self.waiting(), nothing);
            let waiting = waiting.unwrap_or_else(PoisonError::into_inner);
            let more = |waiting: &mut Waiting| !waiting.is_over;
            let waiting = self.said.wait_timeout_while(waiting, GATHER_FOR, more);
            let (mut waiting, _) = waiting.unwrap_or_else(PoisonError::into_inner);
            if waiting.bytes.is_empty() {
                return;
            }
            std::mem::swap(&mut waiting.bytes, &mut taken);
            let left_out = std::mem::take(&mut waiting.left_out);
            drop(waiting);
            let _ = stream.write_all(&taken);
            if left_out > 0 {
                let _ = writeln!(stream, "{{\"left_out\":{left_out}}}");
            }
            let _ = stream.flush();
            taken.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::{Receiver, Sender, channel};

    /// A stream that takes what it is given once it is allowed to.
    struct Gate {
        open: Receiver<()>,
        taken: Sender<Vec<u8>>,
    }

    impl Write for Gate {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            // A gate whose other end is gone stays open.
            let _ = self.open.recv();
            self.taken.send(bytes.to_vec()).map_err(std::io::Error::other)?;
            Ok(bytes.len())
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn gated() -> (Lines, Sender<()>, Receiver<Vec<u8>>) {
        let ((open, opened), (taken, written)) = (channel(), channel());
        (Lines::to(Gate { open: opened, taken }), open, written)
    }

    #[test]
    fn every_line_is_written_before_the_end_and_in_order() {
        let (lines, open, written) = gated();
        drop(open);
        for nth in 0..10_000 {
            lines.say(&nth.to_string());
        }
        drop(lines);
        let text: Vec<u8> = written.iter().flatten().collect();
        let expected: String = (0..10_000).map(|nth| format!("{nth}\n")).collect();
        assert_eq!(String::from_utf8(text).expect("text"), expected);
    }

    #[test]
    fn a_stream_that_takes_nothing_holds_nobody_and_what_was_left_out_is_told() {
        let (lines, open, written) = gated();
        let line = "x".repeat(1023);
        for _ in 0..5000 {
            lines.say(&line);
        }
        drop(open);
        drop(lines);
        let text = String::from_utf8(written.iter().flatten().collect()).expect("text");
        let whole = text.lines().filter(|written| *written == line).count();
        let left_out: Vec<serde_json::Value> = text
            .lines()
            .filter(|written| written.starts_with('{'))
            .map(|written| serde_json::from_str(written).expect("JSON"))
            .collect();
        let left_out: u64 = left_out.iter().filter_map(|told| told["left_out"].as_u64()).sum();
        assert!(left_out > 0, "five megabytes do not wait");
        assert_eq!(whole as u64 + left_out, 5000);
    }
}
