//! A browser's driver as a process on a port that it chooses itself.

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// A running driver, ended with the test.
pub struct Driver {
    process: Child,
    port: u16,
}

impl Driver {
    /// Starts a driver and reads its port, which it writes behind `announces`.
    pub fn start(program: PathBuf, arguments: &[&str], announces: &str) -> Self {
        let name = program.display().to_string();
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
            let read = output.read_line(&mut line).expect("the driver says its port");
            assert_ne!(read, 0, "{name} ended before it listened");
            let said = line.split_once(announces).map(|(_, rest)| rest);
            if let Some(port) = said.and_then(|rest| rest.trim().trim_end_matches('.').parse().ok()) {
                break port;
            }
        };
        // A driver whose output is closed ends on the next line that it writes, and one whose output nobody
        // reads waits for ever when it has written enough.
        std::thread::spawn(move || std::io::copy(&mut output, &mut std::io::sink()));
        Driver { process, port }
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
