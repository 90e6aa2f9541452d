//! `cargo xtask test`: every check in one order, counted over all test runners.

mod report;

use crate::host::Host;
use crate::tools::{Browsers, Clients, Tests};
use crate::{Failure, app, process, proxy, tools};
use clap::ValueEnum;
use report::Report;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{Command, ExitCode};

const WASM: &str = "wasm32-unknown-unknown";
/// The package of the tests that cross crates; its `web` and `e2e` targets need a browser, and `conformance` the
/// vendors' clients.
const TESTS: &str = "rollwatch-tests";
/// The path of a page that is not at its host's root.
const BELOW: &str = "/ops/rollwatch/";
const NO_BROWSER: &str = "No browser is there: run `cargo xtask tools`.";

/// Runs every step until one fails, and ends with the count of all tests as the last line.
pub fn run(no_browser: bool) -> ExitCode {
    let mut report = Report::default();
    let done = steps(&mut report, !no_browser);
    report.print();
    // The report has told the failure already, above the count.
    done.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn steps(report: &mut Report, with_browser: bool) -> Result<(), Failure> {
    let tools = report.step("tools", || tools::for_tests(with_browser))?;

    report.run("format", vec![cargo(&["fmt", "--all", "--check"])])?;
    report.run("lints", lints())?;
    report.run("dependencies", vec![dependencies(&tools.cargo_deny, &["bans", "licenses", "sources"])])?;
    report.tests("native tests", vec![cargo(&["test", "--workspace", "--no-fail-fast"])])?;

    report.tests("conformance", vec![conformance(&tools.clients)])?;

    let worker = report.step("worker for a CDN's edge", || proxy::write_worker(&worker_under_test()))?;
    report.tests("proxy: edge", edge(&tools, &worker))?;

    report.tests("proxy: nginx", nginx(&tools))?;

    if let Some(browsers) = &tools.browsers {
        // The runner takes the first browser whose driver it is told, so it is told one at a time.
        let Browsers { chromedriver, geckodriver, .. } = browsers;
        let drivers = [
            ("DOM tests in Chromium", "CHROMEDRIVER", chromedriver),
            ("DOM tests in Firefox", "GECKODRIVER", geckodriver),
        ];
        for (step, variable, driver) in drivers {
            report.tests(step, vec![dom_tests(&tools, variable, driver)])?;
        }
    }
    let dist = report.step("release build", || app::build(&tools.build, &app::Settings::default()))?;
    if let Some(browsers) = &tools.browsers {
        // One browser has the page from the proxy, the other from a host of its own, below a path.
        let from_proxy = browser_tests(&tools, browsers, &dist, "chromium", &[]);
        report.tests("browser tests in Chromium", vec![from_proxy])?;
        let mut from_nginx = browser_tests(&tools, browsers, &dist, "firefox", &[]);
        on(&mut from_nginx, Host::Nginx, BELOW);
        report.tests("browser tests in Firefox, the page from nginx", vec![from_nginx])?;
    }
    Ok(())
}

/// The page is compiled for the browser only, everything else for this machine only.
fn lints() -> Vec<Command> {
    let native = ["clippy", "--workspace", "--exclude", "rollwatch", "--all-targets"];
    let e2e = ["clippy", "-p", TESTS, "--test", "e2e", "--test", "conformance"];
    let page = ["clippy", "-p", "rollwatch", "--all-targets", "--target", WASM];
    let edge = ["clippy", "-p", "rollwatch-edge", "--test", "worker"];
    let nginx = ["clippy", "-p", "rollwatch-proxy", "--test", "nginx"];
    let worker = ["clippy", "-p", "rollwatch-edge", "--lib", "--target", WASM];
    let web = ["clippy", "-p", TESTS, "--test", "web", "--target", WASM];
    let all: [&[&str]; 7] = [&native, &e2e, &edge, &nginx, &page, &worker, &web];
    all.into_iter()
        .map(|arguments| {
            let mut command = cargo(arguments);
            command.args(["--", "--deny", "warnings"]);
            command
        })
        .collect()
}

/// What `deny.toml` says of the dependencies, as far as these checks go.
pub fn dependencies(cargo_deny: &Path, checks: &[&str]) -> Command {
    let mut command = process::in_root(cargo_deny);
    command.args(["--workspace", "--locked", "check", "--hide-inclusion-graph"]).args(checks);
    command
}

/// The simulated clouds against the vendors' own clients.
pub fn conformance(clients: &Clients) -> Command {
    let mut command = cargo(&["test", "-p", TESTS, "--test", "conformance", "--no-fail-fast"]);
    clients.name_to(&mut command);
    command
}

/// Tests bring their own settings; these only have to be good ones.
fn worker_under_test() -> proxy::Settings {
    proxy::Settings { host: vec!["localhost".to_owned()], ..proxy::Settings::default() }
}

/// The suite of all ways to run the proxy, and what only the worker has to do.
fn edge(tools: &Tests, worker: &Path) -> Vec<Command> {
    let suite = ["test", "-p", "rollwatch-proxy", "--test", "ways", "--no-fail-fast"];
    let own = ["test", "-p", "rollwatch-edge", "--test", "worker", "--no-fail-fast"];
    let told = |arguments: &[&str]| {
        let mut command = cargo(arguments);
        command.env("ROLLWATCH_WAY", "edge").env("ROLLWATCH_WORKERD", &tools.workerd);
        command.env("ROLLWATCH_EDGE", worker);
        command
    };
    vec![told(&suite), told(&own)]
}

/// The suite of all ways to run the proxy, and what only nginx has to do.
fn nginx(tools: &Tests) -> Vec<Command> {
    let told = |test: &str| {
        let mut command = cargo(&["test", "-p", "rollwatch-proxy", "--test", test, "--no-fail-fast"]);
        tools.nginx.name_to(&mut command).env("ROLLWATCH_WAY", "nginx");
        command
    };
    vec![told("ways"), told("nginx")]
}

fn dom_tests(tools: &Tests, variable: &str, driver: &Path) -> Command {
    let runner = tools.build.wasm_bindgen.with_file_name("wasm-bindgen-test-runner");
    let mut command = cargo(&["test", "-p", TESTS, "--target", WASM, "--test", "web"]);
    command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER", runner);
    // Seconds for all tests together; the runner's own 20 are for a page with few.
    command.env("WASM_BINDGEN_TEST_TIMEOUT", "120");
    command.env_remove("CHROMEDRIVER").env_remove("GECKODRIVER").env(variable, driver);
    command
}

/// The built page in a browser: all tests, or those whose names contain one of these words.
fn browser_tests(tools: &Tests, browsers: &Browsers, dist: &Path, browser: &str, words: &[&str]) -> Command {
    let mut command = cargo(&["test", "-p", TESTS, "--test", "e2e", "--no-fail-fast"]);
    command.env("ROLLWATCH_DIST", dist).env("ROLLWATCH_BROWSER", browser);
    // A fresh browser takes seconds to start, so two of them share that wait.
    command.args(["--", "--test-threads=2"]).args(words);
    tools.nginx.name_to(&mut command);
    with(&mut command, browsers);
    command
}

/// What is attempted against the page, in Chromium: texts that are written to do harm, files with a flipped byte,
/// keys that are looked for everywhere, links and lists that would have something signed.
///
/// # Errors
/// When a tool is missing, or an attempt succeeds.
pub fn page_battery() -> Result<(), Failure> {
    let tools = tools::for_tests(true)?;
    let browsers = tools.browsers.as_ref().ok_or(NO_BROWSER)?;
    process::run(dom_tests(&tools, "CHROMEDRIVER", &browsers.chromedriver).args(["--", "hostile"]))?;
    let dist = app::build(&tools.build, &app::Settings::default())?;
    let attempts = ["leaks", "integrity", "vault", "agreement"];
    process::run(&mut browser_tests(&tools, browsers, &dist, "chromium", &attempts))
}

/// All browser tests in Chromium, over the page as each kind of host serves it, at the root and below a path. It
/// takes over an hour, so that `cargo xtask test` asks each host for the most important things only.
pub fn on_hosts(only: Option<Host>) -> ExitCode {
    let mut report = Report::default();
    let done = hosts(&mut report, only);
    report.print();
    done.map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
}

fn hosts(report: &mut Report, only: Option<Host>) -> Result<(), Failure> {
    let tools = report.step("tools", || tools::for_tests(true))?;
    let browsers = tools.browsers.as_ref().ok_or(NO_BROWSER)?;
    let dist = report.step("release build", || app::build(&tools.build, &app::Settings::default()))?;
    let mut done = Ok(());
    for host in Host::value_variants().iter().filter(|host| only.is_none_or(|only| only == **host)) {
        for under in ["/", BELOW] {
            // These name their hosts themselves.
            let words = ["--skip", "hosts::", "--skip", "hosting::"];
            let mut command = browser_tests(&tools, browsers, &dist, "chromium", &words);
            on(&mut command, *host, under);
            // What fails on one host says nothing of the next.
            done = report.tests(&format!("{host} at {under}"), vec![command]).and(done);
        }
    }
    done
}

/// Tells the tests who serves the page, below which path.
fn on(command: &mut Command, host: Host, under: &str) {
    command.env("ROLLWATCH_HOST", host.to_string()).env("ROLLWATCH_UNDER", under);
}

/// Tells the tests where the browsers' parts are.
fn with<'a>(command: &'a mut Command, browsers: &Browsers) -> &'a mut Command {
    let Browsers { chromium, chromedriver, firefox, geckodriver, axe_core } = browsers;
    command.env("CHROMIUM", chromium).env("CHROMEDRIVER", chromedriver);
    command.env("FIREFOX", firefox).env("GECKODRIVER", geckodriver).env("AXE_CORE_JS", axe_core)
}

fn cargo(arguments: &[impl AsRef<OsStr>]) -> Command {
    let mut command = process::cargo();
    command.args(arguments);
    command
}
