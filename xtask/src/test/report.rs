//! What the steps did: durations, counted tests, and what failed.

use crate::{Failure, process};
use std::io::{BufRead, BufReader, IsTerminal, Read};
use std::process::{Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many lines of a failed step are repeated beside its summary.
const TAIL: usize = 30;

/// The steps so far, in their order.
#[derive(Debug, Default)]
pub struct Report {
    steps: Vec<Step>,
}

#[derive(Debug)]
struct Step {
    name: String,
    took_for: Duration,
    passed: bool,
    log: Log,
}

/// What is kept of a step's output.
#[derive(Debug, Default)]
struct Log {
    passed: usize,
    failed: usize,
    names_of_failed: Vec<String>,
    tail: Vec<String>,
}

impl Report {
    /// Does one step and keeps its duration.
    ///
    /// # Errors
    /// Passes on the step's own failure.
    pub fn step<T>(&mut self, name: &str, work: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        self.logged(name, |_| work())
    }

    /// Runs commands as one step and lets their output through.
    ///
    /// # Errors
    /// When one of them fails; the later ones are then not run.
    pub fn run(&mut self, name: &str, commands: Vec<Command>) -> Result<(), Failure> {
        self.logged(name, |log| commands.into_iter().try_for_each(|command| tee(command, log)))
    }

    /// Like [`Report::run`] for commands that run tests. A runner that ran none is a failure: it would
    /// otherwise pass for ever.
    ///
    /// # Errors
    /// As [`Report::run`].
    pub fn tests(&mut self, name: &str, commands: Vec<Command>) -> Result<(), Failure> {
        self.logged(name, |log| {
            commands.into_iter().try_for_each(|command| tee(command, log))?;
            if log.passed == 0 { Err(format!("The step \"{name}\" ran no test.")) } else { Ok(()) }
        })
    }

    /// Prints a line per step, then what failed, and as the last line how many tests passed and failed.
    pub fn print(&self) {
        println!("\n── summary");
        for Step { name, took_for, passed, log } in &self.steps {
            let mark = if *passed { "ok    " } else { "FAILED" };
            let tests = match log.passed + log.failed {
                0 => String::new(),
                _ => format!("  {} passed, {} failed", log.passed, log.failed),
            };
            println!("{mark} {:>8}  {name}{tests}", minutes(*took_for));
        }
        for Step { name, log, .. } in self.steps.iter().filter(|step| !step.passed) {
            if log.names_of_failed.is_empty() {
                println!("\nThe last lines of \"{name}\":");
                log.tail.iter().for_each(|line| println!("  {line}"));
            } else {
                println!("\nFailed in \"{name}\"; their output is above:");
                log.names_of_failed.iter().for_each(|line| println!("  {line}"));
            }
        }
        let (passed, failed) = self.count();
        println!("\n{passed} passed, {failed} failed");
    }

    /// A step that failed without naming a test counts as one failure, so that the last line never claims
    /// success for a run that ends with an error.
    fn count(&self) -> (usize, usize) {
        let passed = self.steps.iter().map(|step| step.log.passed).sum();
        let failed = self.steps.iter().map(|step| step.log.failed.max(usize::from(!step.passed))).sum();
        (passed, failed)
    }

    fn logged<T>(
        &mut self,
        name: &str,
        work: impl FnOnce(&mut Log) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        println!("\n── {name}");
        let mut log = Log::default();
        let started_at = Instant::now();
        let result = work(&mut log);
        if let Err(failure) = &result {
            log.keep(failure);
        }
        self.steps.push(Step {
            name: name.to_owned(),
            took_for: started_at.elapsed(),
            passed: result.is_ok(),
            log,
        });
        result
    }
}

impl Log {
    fn keep(&mut self, line: &str) {
        if let Some((passed, failed)) = counted(line) {
            self.passed += passed;
            self.failed += failed;
        }
        if line.starts_with("test ") && (line.ends_with("... FAILED") || line.ends_with("... FAIL")) {
            self.names_of_failed.push(line.to_owned());
        }
        self.tail.push(line.to_owned());
        if self.tail.len() > TAIL {
            self.tail.remove(0);
        }
    }
}

/// Reads `test result: ok. 3 passed; 0 failed; …`, which the runners of cargo and of wasm-bindgen share.
fn counted(line: &str) -> Option<(usize, usize)> {
    let (_, counts) = line.strip_prefix("test result: ")?.split_once(". ")?;
    let of = |word: &str| {
        let part = counts.split(';').find(|part| part.ends_with(word))?;
        part.trim().split(' ').next()?.parse().ok()
    };
    Some((of(" passed")?, of(" failed")?))
}

/// Runs a command; each line of its output goes to the terminal and to the log.
fn tee(mut command: Command, log: &mut Log) -> Result<(), Failure> {
    let words = process::words(&command);
    println!("$ {words}");
    let failed = |error: std::io::Error| format!("`{words}` could not be run: {error}.");
    // Behind a pipe cargo would drop its colours, which are for the person in front of the terminal.
    let colour = if std::io::stdout().is_terminal() { "always" } else { "never" };
    command.env("CARGO_TERM_COLOR", colour).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().map_err(failed)?;
    let (out, err) = (child.stdout.take(), child.stderr.take());
    let log = Mutex::new(log);
    std::thread::scope(|scope| {
        scope.spawn(|| follow(err, &log, |line| eprintln!("{line}")));
        follow(out, &log, |line| println!("{line}"));
    });
    let status = child.wait().map_err(failed)?;
    if status.success() { Ok(()) } else { Err(format!("`{words}` failed ({status}).")) }
}

fn follow(stream: Option<impl Read>, log: &Mutex<&mut Log>, show: impl Fn(&str)) {
    let Some(stream) = stream else { return };
    // A line that is not UTF-8 is shown as well as it can be: no output of a failing test may be lost.
    for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        show(&line);
        locked(log).keep(&line);
    }
}

/// A poisoned log is still a log: only printing could have panicked while it was held.
fn locked<'a, 'b>(log: &'a Mutex<&'b mut Log>) -> MutexGuard<'a, &'b mut Log> {
    log.lock().unwrap_or_else(PoisonError::into_inner)
}

fn minutes(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 60 {
        format!("{:.1} s", duration.as_secs_f64())
    } else {
        format!("{} m {:02} s", seconds / 60, seconds % 60)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(lines: &[&str]) -> Log {
        let mut log = Log::default();
        lines.iter().for_each(|line| log.keep(line));
        log
    }

    fn shell(script: &str) -> Vec<Command> {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        vec![command]
    }

    #[test]
    fn results_of_all_runners_add_up_and_failed_tests_are_named() {
        let log = log(&[
            "test a::b ... ok",
            "test a::c ... FAILED",
            "test result: FAILED. 3 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.01s",
            "test result: ok. 40 passed; 0 failed; 2 ignored; 0 filtered out; finished in 1.20s",
        ]);
        assert_eq!((log.passed, log.failed), (43, 1));
        assert_eq!(log.names_of_failed, ["test a::c ... FAILED"]);
    }

    #[test]
    fn lines_that_only_resemble_a_result_count_nothing() {
        let log = log(&["test result: none", "  test result: ok. 3 passed; 0 failed", "3 passed; 1 failed"]);
        assert_eq!((log.passed, log.failed), (0, 0));
    }

    #[test]
    fn a_step_that_fails_without_a_test_counts_as_one_failure() {
        let mut report = Report::default();
        report.tests("tests", shell("echo 'test result: ok. 2 passed; 0 failed; 0 ignored'")).unwrap();
        report.run("lints", shell("echo broken >&2; exit 3")).unwrap_err();
        assert_eq!(report.count(), (2, 1));
        assert!(report.steps.iter().any(|step| step.log.tail.contains(&"broken".to_owned())));
    }

    #[test]
    fn a_runner_that_runs_no_test_fails_its_step() {
        let mut report = Report::default();
        report.tests("tests", shell("echo 'test result: ok. 0 passed; 0 failed; 0 ignored'")).unwrap_err();
        assert_eq!(report.count(), (0, 1));
    }

    #[test]
    fn after_a_command_that_failed_the_rest_of_the_step_is_not_run() {
        let mut report = Report::default();
        let commands = shell("exit 1").into_iter().chain(shell("echo later")).collect();
        report.run("lints", commands).unwrap_err();
        assert!(!report.steps.iter().any(|step| step.log.tail.contains(&"later".to_owned())));
    }
}
