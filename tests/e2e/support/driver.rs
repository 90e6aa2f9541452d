//! A browser's driver as a process on a port that it chooses itself.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running driver, ended with the test.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver and reads its port, which it writes behind `announces`.
    ///
    /// A driver that finds its port taken in one of the two families of addresses ends, so it is started again.
    pub fn start(program: PathBuf, arguments: &[&str], announces: &str) -> Self {
        let started = (0..5).find_map(|_| Driver::try_start(&program, arguments, announces));
        started.unwrap_or_else(|| panic!("{} ended before it listened, five times", program.display()))
    }

    fn try_start(program: &Path, arguments: &[&str], announces: &str) -> Option<Self> {
        let name = program.display();
        let mut process = Command::new(program)
            .args(arguments)
            // Times on the page are to be the same on every machine.
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{name} does not start: {error}"));
        let mut output = BufReader::new(process.stdout.take().expect("its output is piped"));
        let port = loop {
            let mut line = String::new();
            if output.read_line(&mut line).expect("the driver says its port") == 0 {
                let _ = process.wait();
                return None;
            }
            let said = line.split_once(announces).map(|(_, rest)| rest);
            if let Some(port) = said.and_then(|rest| rest.trim().trim_end_matches('.').parse().ok()) {
                break port;
            }
        };
        // A driver whose output is closed ends on the next line that it writes, and one whose output nobody
        // reads waits for ever when it has written enough.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Some(Driver { process, port })
    }

    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Makes a request and waits for the end of the answer; a driver that is gone has nothing to say.
    pub fn ask(&self, method: &str, path: &str) {
        if let Ok(mut stream) = TcpStream::connect(("127.0.0.1", self.port)) {
            let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
            // geckodriver refuses a host without its port.
            let host = format!("127.0.0.1:{}", self.port);
            let request = format!("{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
            let _ = stream.write_all(request.as_bytes());
            let _ = stream.read_to_end(&mut Vec::new());
        }
    }
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The program that a variable names, else the first of these names on PATH.
pub fn program(variable: &str, names: &[&str]) -> PathBuf {
    if let Some(chosen) = env::var_os(variable).filter(|value| !value.is_empty()) {
        return chosen.into();
    }
    let path = env::var_os("PATH").unwrap_or_default();
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let found = names.iter().find_map(|name| folders.iter().map(|f| f.join(name)).find(|p| p.is_file()));
    found.unwrap_or_else(|| panic!("install {}, or name it with {variable}", names[0]))
}
