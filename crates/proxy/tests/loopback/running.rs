//! The program while it runs: it asks another one of itself whether it is well, is told to read its certificate
//! again, and writes down all that it answered before it ends.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStderr, Command, Output, Stdio};

use rcgen::generate_simple_self_signed;

/// A running program and what it says; it ends with the test.
struct Program {
    child: Child,
    says: BufReader<ChildStderr>,
    /// Address and port.
    at: String,
}

impl Program {
    fn start(options: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_rollwatch-proxy"))
            .args(["--listen", "127.0.0.1:0", "--metrics", "off"])
            .args(options)
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let says = BufReader::new(child.stderr.take().expect("piped"));
        let mut program = Program { child, says, at: String::new() };
        let hello = program.next_line();
        let (_, after) = hello.split_once("://").expect("an address");
        program.at = after.split(';').next().expect("it goes on").to_owned();
        program
    }

    fn next_line(&mut self) -> String {
        let mut line = String::new();
        self.says.read_line(&mut line).expect("text");
        line
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        self.child.wait().expect("it ends");
    }
}

fn health(at: &str) -> Output {
    let program = env!("CARGO_BIN_EXE_rollwatch-proxy");
    Command::new(program).args(["--listen", at, "--health"]).output().expect("the program starts")
}

fn said(output: &Output) -> &str {
    std::str::from_utf8(&output.stderr).expect("text")
}

#[test]
fn a_proxy_that_is_well_is_told_from_one_that_is_not_there() {
    let program = Program::start(&[]);
    let well = health(&program.at);
    assert_eq!((well.status.code(), said(&well)), (Some(0), ""));
    // Who listens everywhere is asked at the machine's own address.
    let (_, port) = program.at.rsplit_once(':').expect("a port");
    assert_eq!(health(&format!("0.0.0.0:{port}")).status.code(), Some(0));
    let at = program.at.clone();
    drop(program);
    let gone = health(&at);
    assert_eq!(gone.status.code(), Some(1));
    assert!(said(&gone).contains(&at) && said(&gone).ends_with(".\n"), "{}", said(&gone));
}

#[test]
fn another_program_in_its_place_is_no_proxy_that_is_well() {
    let other = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let at = other.local_addr().expect("bound").to_string();
    let answering = std::thread::spawn(move || {
        let (mut stream, _) = other.accept().expect("it is asked");
        stream.write_all(b"HTTP/1.1 503 Service Unavailable\r\n\r\n").expect("it reads");
    });
    let output = health(&at);
    answering.join().expect("it answered");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains(&at), "{}", said(&output));
}

#[test]
fn over_tls_the_proxy_is_well_too_and_reads_its_certificate_again_when_told() {
    let folder =
        std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("hup-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let (cert, key) = (folder.join("cert.pem"), folder.join("key.pem"));
    let write = || {
        let pair = generate_simple_self_signed(["proxy.example".to_owned()]).expect("a certificate");
        std::fs::write(&cert, pair.cert.pem()).expect("a file");
        std::fs::write(&key, pair.signing_key.serialize_pem()).expect("a file");
    };
    write();
    let options = ["--tls-cert", cert.to_str().expect("text"), "--tls-key", key.to_str().expect("text")];
    let mut program = Program::start(&options);
    let well = health(&program.at);
    assert_eq!((well.status.code(), said(&well)), (Some(0), ""));
    assert!(program.next_line().contains("\"status\":200"), "the question is a request like others");
    if cfg!(unix) {
        write();
        tell(&program, "-HUP");
        assert!(program.next_line().contains("was read again"));
        std::fs::write(&key, "nonsense").expect("a file");
        tell(&program, "-HUP");
        let line = program.next_line();
        assert!(line.contains("no private key") && line.contains("from before stays"), "{line}");
        assert_eq!(health(&program.at).status.code(), Some(0));
    }
}

fn tell(program: &Program, signal: &str) {
    let told = Command::new("kill").args([signal, &program.child.id().to_string()]).status();
    assert!(told.expect("a system with signals has kill").success());
}

#[test]
fn one_file_without_the_other_gets_one_sentence_that_names_the_missing_option() {
    for (given, missing) in [("--tls-cert", "--tls-key"), ("--tls-key", "--tls-cert")] {
        let program = env!("CARGO_BIN_EXE_rollwatch-proxy");
        let output = Command::new(program).args(["--listen", "127.0.0.1:0", given, "x.pem"]).output();
        let output = output.expect("the program starts");
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(missing) && said(&output).lines().count() == 1, "{}", said(&output));
    }
}

#[cfg(unix)]
#[test]
fn every_answer_is_in_the_log_when_the_program_has_ended() {
    let mut program = Program::start(&[]);
    let mut stream = TcpStream::connect(&program.at).expect("it listens");
    let question = "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n";
    for _ in 0..500 {
        stream.write_all(question.as_bytes()).expect("it reads");
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\nok") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("it answers");
            answer.extend(byte);
        }
    }
    tell(&program, "-TERM");
    let mut rest = String::new();
    program.says.read_to_string(&mut rest).expect("text");
    assert_eq!(rest.lines().filter(|line| line.contains("\"status\":200")).count(), 500);
}
