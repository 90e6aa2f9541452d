//! The program as a process of its own.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, ChildStderr, Command, Stdio};
use std::time::Duration;

/// A running program and what it says; it ends with the test.
pub struct Program {
    pub child: Child,
    pub says: BufReader<ChildStderr>,
    /// Address and port.
    pub at: String,
}

impl Program {
    /// One without metrics.
    pub fn start(options: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_rollwatch-proxy"));
        command.args(["--listen", "127.0.0.1:0", "--metrics", "off"]).args(options);
        Program::run(command)
    }

    /// One that may have so many files open.
    pub fn with_files(files: u32, options: &str) -> Self {
        let program = env!("CARGO_BIN_EXE_rollwatch-proxy");
        let line = format!("ulimit -n {files}; exec {program} --listen 127.0.0.1:0 {options}");
        let mut command = Command::new("sh");
        command.args(["-c", &line]);
        Program::run(command)
    }

    fn run(mut command: Command) -> Self {
        let mut child = command.stderr(Stdio::piped()).spawn().expect("the program starts");
        let says = BufReader::new(child.stderr.take().expect("piped"));
        let mut program = Program { child, says, at: String::new() };
        let hello = program.next_line();
        let (_, after) = hello.split_once("://").expect("an address");
        program.at = after.split(';').next().expect("it goes on").to_owned();
        program
    }

    pub fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.says.read_line(&mut line).expect("text");
        line
    }

    /// Sends it a signal, such as `-TERM`.
    pub fn tell(&self, signal: &str) {
        let told = Command::new("kill").args([signal, &self.child.id().to_string()]).status();
        assert!(told.expect("a system with signals has kill").success());
    }

    /// Its answer to the question whether it is well, where there is one soon.
    pub fn health(&self) -> Option<String> {
        let mut stream = TcpStream::connect(&self.at).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(5))).ok()?;
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n").ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        Some(answer)
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        self.child.wait().expect("it ends");
    }
}
