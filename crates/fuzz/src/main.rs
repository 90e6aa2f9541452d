//! The program that `cargo xtask fuzz` runs: libFuzzer over the one target that `ROLLWATCH_FUZZ` names. Without
//! that name it lists the targets; built without `--cfg fuzzing`, that is all it does.

#![cfg_attr(fuzzing, no_main)]
#![allow(clippy::print_stdout, reason = "a command line program speaks through its standard output")]

use rollwatch_fuzz::Target;

/// The target to run. Without one the names of all are printed, and the program ends.
fn chosen() -> Target {
    let name = std::env::var("ROLLWATCH_FUZZ").unwrap_or_default();
    Target::from_name(&name).unwrap_or_else(|| {
        Target::all().iter().for_each(|target| println!("{}", target.name()));
        std::process::exit(i32::from(!name.is_empty()))
    })
}

#[cfg(not(fuzzing))]
fn main() {
    chosen();
}

#[cfg(fuzzing)]
mod fuzzing {
    #![allow(unsafe_code, reason = "libFuzzer finds the functions below by their exported names")]

    use rollwatch_fuzz::Target;
    use std::sync::OnceLock;

    static CHOSEN: OnceLock<Target> = OnceLock::new();

    libfuzzer_sys::fuzz_target!(
        init: {
            CHOSEN.get_or_init(super::chosen);
        },
        |bytes: &[u8]| CHOSEN.get_or_init(super::chosen).run(bytes)
    );
}
