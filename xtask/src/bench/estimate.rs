//! How good the estimate is, over simulated runs that are played to their end.

use crate::{Failure, process};

/// The test that plays them. It is ignored where all tests run.
const TEST: &str = "estimates::estimates_are_held_against_what_came_true";

/// Prints, as a Markdown table, for each service, share of the true duration and source of the estimate: how many
/// runs had one, how often the true rest lay inside its range, how often it was passed already, how far the middle
/// of the range was from the rest (median and 90th percentile, in percent of the rest), and how wide it was (median).
///
/// # Errors
/// When the runs cannot be built or played.
pub fn estimate() -> Result<(), Failure> {
    let mut command = process::cargo();
    // Tests are compiled with little optimisation, and the runs take minutes then.
    command.args(["test", "--package", "rollwatch-tests", "--test", "journey"]);
    command.args(["--", "--ignored", "--exact", TEST, "--nocapture"]);
    println!("Playing the runs, which takes some minutes…\n");
    let output = process::output(&mut command)
        .ok_or_else(|| format!("{} failed: run it by itself, and it says why.", process::words(&command)))?;
    // The runner writes beside the table, and on its first line before it.
    let rows = output.lines().filter_map(|line| Some(&line[line.find('|')?..]));
    rows.for_each(|row| println!("{row}"));
    Ok(())
}
