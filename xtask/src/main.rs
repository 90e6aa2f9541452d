//! `cargo xtask …`: everything a person or a machine does with this repository, one command each.
//! Every command first installs what it needs, at pinned versions, into one cache folder.

#![allow(clippy::print_stdout, reason = "a command line program speaks through its standard output")]

mod app;
mod bench;
mod binary;
mod fuzz;
mod host;
mod pack;
mod process;
mod proxy;
mod serve;
mod test;
mod tools;

use clap::{Parser, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Why a command could not go on: one sentence that says what to do about it.
type Failure = String;

#[derive(Parser)]
#[command(bin_name = "cargo xtask", about = "Builds, runs, tests and measures Rollwatch.")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the page against simulated clouds: no account, no key, no network.
    Demo {
        /// Port on 127.0.0.1.
        #[arg(long, default_value_t = serve::PORT)]
        port: u16,
        /// Seed of the simulated fleet; the same seed gives the same fleet.
        #[arg(long)]
        seed: Option<u64>,
        /// How many seconds pass in the simulated clouds per real second, up to 3600; at 0 their clock stands still.
        #[arg(long, value_parser = speed)]
        speed: Option<f64>,
        /// Whether to open the page in the desktop's browser.
        #[arg(long, value_enum, default_value_t = Open::Yes)]
        open: Open,
    },
    /// Runs the page and its CORS proxy on this machine, for the real clouds.
    Serve {
        /// Port on 127.0.0.1.
        #[arg(long, default_value_t = serve::PORT)]
        port: u16,
        /// A further page address that may use the proxy; may be given several times.
        #[arg(long, value_name = "ORIGIN")]
        allow_origin: Vec<String>,
        /// A file with further regions: `{"regions": […]}`, as in the page's config.json.
        #[arg(long, value_name = "FILE")]
        regions: Option<PathBuf>,
        /// Whether to open the page in the desktop's browser.
        #[arg(long, value_enum, default_value_t = Open::Yes)]
        open: Open,
    },
    /// Builds dist/: static files that work under any path of any host, or with --for as one host needs them.
    Build {
        /// The kind of host: its headers are written too, and the configuration is sealed. Needs --proxy.
        #[arg(long = "for", value_name = "HOST", value_enum, requires = "proxy")]
        host: Option<host::Host>,
        /// With --for, the path of the page at that host.
        #[arg(long, value_name = "PATH", default_value = "/", requires = "host")]
        under: String,
        /// With --for, a page that was built without it, in place of building one.
        #[arg(long, value_name = "FOLDER", requires = "host")]
        from: Option<PathBuf>,
        /// With --for, where the page is written.
        #[arg(long, value_name = "FOLDER", default_value = "dist", requires = "host")]
        into: PathBuf,
        /// Address of the CORS proxy that the page uses, absolute or relative to the page.
        #[arg(long, value_name = "URL")]
        proxy: Option<String>,
        /// Title of the page.
        #[arg(long)]
        title: Option<String>,
    },
    /// Builds the proxy with the page inside, as one file that needs nothing else.
    Binary {
        /// Title of the page.
        #[arg(long)]
        title: Option<String>,
    },
    /// Writes the proxy for another place than this machine into hosting/.
    Proxy {
        #[arg(long = "for", value_enum, value_name = "PLACE")]
        place: proxy::Place,
        /// Origin of a page, beside the proxy's own, that may use the proxy; may be repeated.
        #[arg(long, value_name = "URL")]
        allow_origin: Vec<String>,
        /// Host name under which the proxy is reached; may be repeated.
        #[arg(long, value_name = "NAME")]
        host: Vec<String>,
        /// A file with further regions: `{"regions": […]}`, as in the page's config.json.
        #[arg(long, value_name = "FILE")]
        regions: Option<PathBuf>,
        /// Folder of the built page, where the same place is to serve it.
        #[arg(long, value_name = "DIR")]
        app: Option<PathBuf>,
        #[command(flatten)]
        nginx: proxy::NginxOptions,
    },
    /// Runs every check: format, lints, native tests, DOM tests, release build, browser tests.
    Test {
        /// Leaves out the steps that need Chromium or Firefox.
        #[arg(long)]
        no_browser: bool,
    },
    /// Runs the browser tests over the page as each kind of host serves it, at the root and below a path.
    Hosts {
        /// This kind only.
        #[arg(value_enum)]
        host: Option<host::Host>,
    },
    /// Asks the simulated clouds with the vendors' own clients, unmodified.
    Conformance,
    /// Attacks a running proxy and prints how many attempts reached what they must not; or attacks the page.
    Battery {
        #[arg(value_enum, default_value_t = Attacked::Proxy)]
        attacked: Attacked,
        /// Makes the same attempts through cors-anywhere, an open proxy from npm.
        #[arg(long)]
        beside: bool,
    },
    /// Judges the dependencies, known weaknesses included; needs a network to their database on GitHub.
    Audit,
    /// Measures the product against its targets and a named floor.
    Bench {
        #[arg(value_enum, default_value_t = bench::Subject::Size)]
        subject: bench::Subject,
    },
    /// Looks for hostile input that breaks a promise, with libFuzzer; needs a C++ compiler.
    Fuzz {
        /// One target, such as decode.huawei_css.upgrade; all one after the other without it.
        target: Option<String>,
        /// How long each target runs.
        #[arg(long, default_value_t = 60)]
        seconds: u32,
    },
    /// Rewrites the golden texts from what the code says now; read the difference before committing it.
    Bless,
    /// Installs the tools and says where they are.
    Tools,
    #[command(hide = true)]
    OpenWhenReady { port: u16 },
}

/// What a battery attacks.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Attacked {
    Proxy,
    Page,
}

#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Open {
    Yes,
    No,
}

/// The server checks this as well, but only after the minutes that its building takes.
fn speed(text: &str) -> Result<f64, &'static str> {
    let speed = text.parse().ok().filter(|speed| (0.0..=3600.0).contains(speed));
    speed.ok_or("give a number from 0 to 3600")
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Demo { port, seed, speed, open } => serve::demo(port, seed, speed, open == Open::Yes),
        Command::Serve { port, allow_origin, regions, open } => {
            serve::proxy(port, &allow_origin, regions.as_deref(), open == Open::Yes)
        }
        Command::Build { host: Some(host), under, from, into, proxy: Some(proxy), title } => {
            build_for(&host::Kit { host, proxy, title, under }, from, &into)
        }
        Command::Build { proxy, title, .. } => build(&app::Settings { proxy, title }),
        Command::Binary { title } => binary::build(&app::Settings { proxy: None, title }),
        Command::Proxy { place, allow_origin, host, regions, app, nginx } => {
            proxy::write(place, &proxy::Settings { allow_origin, host, regions, app, nginx })
        }
        // It ends with the count of tests, so nothing may be printed after it.
        Command::Test { no_browser } => return test::run(no_browser),
        Command::Hosts { host } => return test::on_hosts(host),
        Command::Bench { subject: bench::Subject::Size } => bench::size(),
        Command::Bench { subject: bench::Subject::Estimate } => bench::estimate(),
        Command::Bench { subject: bench::Subject::Proxy } => bench::proxy(),
        Command::Conformance => conformance(),
        Command::Battery { attacked: Attacked::Proxy, beside } => battery(beside),
        Command::Battery { attacked: Attacked::Page, beside: false } => test::page_battery(),
        Command::Battery { attacked: Attacked::Page, beside: true } => {
            Err("--beside runs another proxy: leave it out, or attack the proxy.".to_owned())
        }
        Command::Audit => audit(),
        Command::Fuzz { target, seconds } => fuzz::run(target, seconds),
        Command::Bless => bless(),
        Command::Tools => tools::list(),
        Command::OpenWhenReady { port } => serve::open_when_ready(port),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{failure}");
            ExitCode::FAILURE
        }
    }
}

fn build(settings: &app::Settings) -> Result<(), Failure> {
    app::build(&tools::for_build()?, settings)?;
    println!("\nThe page is in dist/: copy that folder to any static host.");
    Ok(())
}

fn build_for(kit: &host::Kit, from: Option<PathBuf>, into: &Path) -> Result<(), Failure> {
    host::check(kit)?;
    let from = from.map_or_else(|| app::build(&tools::for_build()?, &app::Settings::default()), Ok)?;
    println!("\n{}", host::write(&from, &process::root().join(into), kit)?);
    Ok(())
}

fn conformance() -> Result<(), Failure> {
    process::run(&mut test::conformance(&tools::for_conformance()?))
}

fn battery(beside: bool) -> Result<(), Failure> {
    let mut command = process::cargo();
    command.args(["test", "-p", "rollwatch-proxy", "--test", "ways", "battery", "--", "--nocapture"]);
    if beside {
        command.env("ROLLWATCH_CORS_ANYWHERE", tools::for_battery()?);
    }
    process::run(&mut command)
}

fn audit() -> Result<(), Failure> {
    let checks = ["advisories", "bans", "licenses", "sources"];
    process::run(&mut test::dependencies(&tools::for_audit()?, &checks))
}

fn bless() -> Result<(), Failure> {
    let tests = ["test", "-p", "rollwatch-core", "-p", "rollwatch-tests", "golden"];
    process::run(process::cargo().args(tests).env("ROLLWATCH_BLESS", "1"))
}
