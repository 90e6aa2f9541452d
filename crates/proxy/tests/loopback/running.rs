//! The program while it runs: it asks another one of itself whether it is well, is told to read its certificate
//! again, and writes down all that it answered before it ends.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};

use rcgen::generate_simple_self_signed;

use crate::process::Program;

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
        program.tell("-HUP");
        assert!(program.next_line().contains("was read again"));
        std::fs::write(&key, "nonsense").expect("a file");
        program.tell("-HUP");
        let line = program.next_line();
        assert!(line.contains("no private key") && line.contains("from before stays"), "{line}");
        assert_eq!(health(&program.at).status.code(), Some(0));
    }
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
    program.tell("-TERM");
    let mut rest = String::new();
    program.says.read_to_string(&mut rest).expect("text");
    assert_eq!(rest.lines().filter(|line| line.contains("\"status\":200")).count(), 500);
}

/// The vendor's name is nobody's, so its answer is that it cannot be reached.
#[cfg(unix)]
#[test]
fn a_call_that_is_under_way_when_the_program_is_told_to_end_is_answered() {
    let folder =
        std::path::PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("term-{}", std::process::id()));
    std::fs::create_dir_all(&folder).expect("a folder");
    let regions = folder.join("regions.json");
    let entry = r#"{"service":"ncp_search_engine","site":"public","region":"XYZ","host":"ses.example.invalid","prefix":"/api/v2"}"#;
    std::fs::write(&regions, format!("{{\"regions\":[{entry}]}}")).expect("a file");
    let mut program = Program::start(&["--regions", regions.to_str().expect("text")]);
    let mut stream = TcpStream::connect(&program.at).expect("it listens");
    let target = crate::support::SES.replace("public.KR/api/v2", "public.XYZ/api/v2");
    let head = format!(
        "POST {target} HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).expect("it reads");
    let wanted = b"HTTP/1.1 100 Continue\r\n\r\n";
    let mut go_on = [0; 25];
    stream.read_exact(&mut go_on).expect("it waits for the body");
    assert_eq!(&go_on, wanted);
    program.tell("-TERM");
    while TcpStream::connect(&program.at).is_ok() {}
    stream.write_all(b"{}").expect("it reads on");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("it answers and closes");
    let reason = crate::support::Answer::parse(&answer).reason().map(str::to_owned);
    assert!(matches!(reason.as_deref(), Some("vendor-unreachable" | "vendor-timeout")), "{reason:?}");
    assert!(program.child.wait().expect("it is ours").success());
    let mut rest = String::new();
    program.says.read_to_string(&mut rest).expect("text");
    assert!(rest.contains(r#""region":"XYZ""#), "{rest}");
}
