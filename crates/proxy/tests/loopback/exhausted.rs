//! A process that may open no more files: nobody is kept waiting by another client, and it goes on.

use std::io::{ErrorKind, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream as Blocking};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Resource, Rlimit, getrlimit, prlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpSocket;
use tokio::time::timeout;

use crate::process::Program;

/// Shorter than a client may be silent, after which its connection is closed.
const SOON: Duration = Duration::from_secs(5);

fn files(program: &Program) -> usize {
    std::fs::read_dir(format!("/proc/{}/fd", program.child.id())).expect("a process").count()
}

/// As many connections as are tried; the program may close some of them.
fn crowd(at: &str) -> Vec<Blocking> {
    (0..100).filter_map(|_| Blocking::connect(at).ok()).collect()
}

#[test]
fn a_process_with_few_files_serves_on_and_keeps_none_open() {
    let mut program = Program::with_files(64, "--metrics off");
    assert!(program.health().expect("it answers").ends_with("ok"));
    let before = files(&program);
    for _ in 0..3 {
        let idle = crowd(&program.at);
        assert!(files(&program) <= 64, "{}", files(&program));
        drop(idle);
        // The crowd's places come back one by one, and whoever asks here is of the crowd.
        let began_at = Instant::now();
        while !program.health().is_some_and(|answer| answer.ends_with("ok")) {
            assert!(began_at.elapsed() < SOON, "it answers again");
        }
    }
    assert!(program.child.try_wait().expect("it is ours").is_none(), "it goes on");
    let mut left = files(&program);
    for _ in 0..100_000 {
        if left <= before {
            break;
        }
        std::thread::yield_now();
        left = files(&program);
    }
    assert!(left <= before, "{left} files where there were {before}");
}

#[tokio::test]
async fn a_client_with_all_connections_that_it_can_get_keeps_no_other_waiting() {
    let program = Program::with_files(64, "--metrics off");
    let held = crowd(&program.at);
    let other = async {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket.bind(SocketAddr::from(([127, 0, 0, 2], 0))).expect("an address of this machine");
        let mut stream = socket.connect(program.at.parse().expect("an address")).await.expect("it listens");
        let health = b"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
        stream.write_all(health).await.expect("it reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.expect("it answers");
        answer
    };
    let answer = timeout(SOON, other).await.expect("it is served at once");
    assert!(answer.ends_with("ok"), "{answer}");
    drop(held);
}

#[test]
fn a_crowd_at_the_metrics_takes_no_files_of_the_calls() {
    let free = TcpListener::bind("127.0.0.1:0").and_then(|free| free.local_addr()).expect("a free port");
    let metrics = free.to_string();
    let program = Program::with_files(64, &format!("--metrics {metrics}"));
    let held = crowd(&metrics);
    assert!(held.len() > 50, "{}", held.len());
    assert!(program.health().expect("it is served at once").ends_with("ok"));
    assert!(files(&program) < 32, "{}", files(&program));
}

#[test]
fn out_of_files_it_serves_those_that_are_there_and_accepts_the_others_later() {
    let mut program = Program::start(&[]);
    let health = |stream: &mut Blocking| {
        stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n").expect("it reads");
    };
    let answered = |stream: &mut Blocking| {
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\nok") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("it answers");
            answer.extend(byte);
        }
    };
    let mut early = Blocking::connect(&program.at).expect("it listens");
    health(&mut early);
    answered(&mut early);
    // Below this number all are taken, so that it can open no other.
    let none = Rlimit { current: Some(3), ..getrlimit(Resource::Nofile) };
    let of_program = Pid::from_child(&program.child);
    let usual = prlimit(Some(of_program), Resource::Nofile, none);
    let usual = usual.expect("it is ours");
    let mut late = Blocking::connect(&program.at).expect("the system takes it");
    health(&mut late);
    for _ in 0..100 {
        health(&mut early);
        answered(&mut early);
    }
    late.set_nonblocking(true).expect("a socket");
    let waits = late.read(&mut [0]).expect_err("nobody could accept it");
    assert_eq!(waits.kind(), ErrorKind::WouldBlock);
    assert!(program.child.try_wait().expect("it is ours").is_none(), "it goes on");
    prlimit(Some(of_program), Resource::Nofile, usual).expect("it is ours");
    late.set_nonblocking(false).expect("a socket");
    late.set_read_timeout(Some(SOON)).expect("a socket");
    answered(&mut late);
}
