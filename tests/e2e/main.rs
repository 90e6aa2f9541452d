//! The product in a real browser: the built page, the proxy and the simulated clouds.
//!
//! Each test has a world of its own, with its own clock. Time passes because the test puts the clock forward
//! or because it runs fast; nothing waits for a time to pass, only for something to be so.
//!
//! `cfg(test)` marks the modules for clippy, which lets tests panic but not the functions beside them.
#![cfg(not(target_arch = "wasm32"))]

#[cfg(test)]
mod access;
#[cfg(test)]
mod agreement;
#[cfg(test)]
mod board;
#[cfg(test)]
mod checks;
#[cfg(test)]
mod cluster;
#[cfg(test)]
mod credentials;
#[cfg(test)]
mod custody;
#[cfg(test)]
mod discovery;
#[cfg(test)]
mod doctor;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod finding;
#[cfg(test)]
mod forbidden;
#[cfg(test)]
mod hosting;
#[cfg(test)]
mod hosts;
#[cfg(test)]
mod integrity;
#[cfg(test)]
mod judging;
#[cfg(test)]
mod leaks;
#[cfg(test)]
mod link;
#[cfg(test)]
mod live;
#[cfg(test)]
mod plain_http;
#[cfg(test)]
mod recorder;
#[cfg(test)]
mod regions;
#[cfg(test)]
mod replay;
#[cfg(test)]
mod scenarios;
#[cfg(test)]
mod screenshots;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod supplements;
#[cfg(test)]
mod support;
#[cfg(test)]
mod vault;
#[cfg(test)]
mod vault_tabs;
#[cfg(test)]
mod watch_list;
