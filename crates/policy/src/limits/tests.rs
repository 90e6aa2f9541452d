//! Budgets under a clock that the test turns.

use super::*;

const A: Client = Client::V6(0xa);
const B: Client = Client::V6(0xb);
const BEGIN: Duration = Duration::from_secs(3600);
const HOST: &str = "vendor.example";

fn limits(client: (u32, u32), host: (u32, u32)) -> Arc<Places> {
    let budget = |(at_once, per_minute)| Budget { at_once, per_minute };
    Arc::new(Places::new(budget(client), budget(host)))
}

fn call(limits: &Arc<Places>, client: Client, host: &str, now: Duration) -> Result<Place, Limit> {
    limits.enter(client, now).and_then(|place| place.at(host, now)).map_err(|shed| shed.limit)
}

/// Places until the first refusal.
fn as_many_as_go(limits: &Arc<Places>, client: Client, host: &str, now: Duration) -> (Vec<Place>, Limit) {
    let mut places = Vec::new();
    loop {
        match call(limits, client, host, now) {
            Ok(place) => places.push(place),
            Err(limit) => return (places, limit),
        }
    }
}

#[test]
fn a_client_has_so_many_calls_at_once_and_gets_a_place_back_when_one_ends() {
    let (limits, now) = (limits((3, 100), (100, 1000)), BEGIN);
    let (mut places, limit) = as_many_as_go(&limits, A, HOST, now);
    assert_eq!((places.len(), limit), (2, Limit::ClientAtOnce));
    let (other, limit) = as_many_as_go(&limits, A, "other.example", now);
    assert_eq!((other.len(), limit), (1, Limit::ClientAtOnce));
    assert_eq!(call(&limits, A, "third.example", now).err(), Some(Limit::ClientAtOnce), "that was the last");
    assert!(call(&limits, B, HOST, now).is_ok());
    places.pop();
    assert!(call(&limits, A, "third.example", now).is_ok());
}

/// Boards that make 300 calls a second to two hosts which take every call and answer none, beside ten to another:
/// each of the first is given up after as long as a call may take.
#[test]
fn hosts_that_never_answer_cost_a_client_none_of_its_calls_to_another() {
    let (limits, lasts_for) = (Arc::new(Places::new(Budget::CLIENT, Budget::HOST)), crate::ANSWER_FOR);
    let mut under_way = std::collections::VecDeque::new();
    let mut shed = 0;
    for tick in 0..(3 * 60 * 10_u64) {
        let now = BEGIN + Duration::from_millis(tick * 100);
        while under_way.front().is_some_and(|(ends_at, _)| *ends_at <= now) {
            under_way.pop_front();
        }
        for nth in 0..30 {
            let dead = if nth % 2 == 0 { "dead.example" } else { "also-dead.example" };
            match call(&limits, A, dead, now) {
                Ok(place) => under_way.push_back((now + lasts_for, place)),
                Err(_) => shed += 1,
            }
        }
        assert!(call(&limits, A, HOST, now).is_ok(), "after {tick} tenths of a second");
    }
    assert!(shed > 0, "the dead hosts were asked for more than they may have");
}

#[test]
fn however_many_hosts_are_dead_there_is_a_place_for_one_more() {
    let limits = Arc::new(Places::new(Budget::CLIENT, Budget::HOST));
    let mut held = Vec::new();
    for expected in [256, 128, 64, 32, 16] {
        let (places, _) = as_many_as_go(&limits, A, &format!("dead-{expected}.example"), BEGIN);
        assert_eq!(places.len(), expected);
        assert!(call(&limits, A, HOST, BEGIN).is_ok());
        held.push(places);
    }
    assert!(call(&limits, B, "dead-256.example", BEGIN).is_ok(), "nor is it full for another client");
}

#[test]
fn a_client_has_so_many_calls_a_minute_and_is_told_when_there_is_one_more() {
    let (limits, now) = (limits((10, 6), (100, 1000)), BEGIN);
    for _ in 0..6 {
        assert!(call(&limits, A, HOST, now).is_ok());
    }
    let shed = limits.enter(A, now).expect_err("the minute is used up");
    assert_eq!((shed.limit, shed.retry_for), (Limit::ClientPerMinute, Duration::from_secs(10)));
    assert!(limits.enter(A, now + Duration::from_secs(9)).is_err());
    assert!(limits.enter(A, now + shed.retry_for).is_ok());
    assert!(call(&limits, B, HOST, now).is_ok(), "another client has a minute of its own");
}

#[test]
fn one_busy_client_leaves_half_of_a_host_to_others_and_two_leave_a_quarter() {
    let (limits, now) = (limits((1000, 10_000), (64, 10_000)), BEGIN);
    let (first, limit) = as_many_as_go(&limits, A, HOST, now);
    assert_eq!((first.len(), limit), (32, Limit::HostAtOnce));
    let (second, _) = as_many_as_go(&limits, B, HOST, now);
    assert_eq!(second.len(), 16);
    for nth in 0..4 {
        assert!(call(&limits, Client::V6(nth), HOST, now).is_ok(), "there is a place for another");
    }
}

#[test]
fn many_busy_clients_together_leave_a_host_its_limit() {
    let (limits, now) = (limits((1000, 10_000), (16, 10_000)), BEGIN);
    let places: Vec<_> =
        (0..100).flat_map(|nth| as_many_as_go(&limits, Client::V6(nth), HOST, now).0).collect();
    assert_eq!(places.len(), 16);
}

#[test]
fn a_client_that_uses_up_the_minute_of_a_host_does_not_use_up_anothers() {
    let (limits, now) = (limits((10, 10_000), (10, 100)), BEGIN);
    let used = (0..200).take_while(|_| call(&limits, A, HOST, now).is_ok()).count();
    assert_eq!(used, 51, "as many as are left");
    for nth in 0..20 {
        assert!(call(&limits, B, HOST, now).is_ok(), "{nth}");
    }
    assert_eq!(call(&limits, A, HOST, now).err(), Some(Limit::HostPerMinute));
    assert!(call(&limits, A, HOST, now + Duration::from_secs(30)).is_ok());
}

#[test]
fn a_host_that_is_full_takes_nothing_from_another_host() {
    let (limits, now) = (limits((1000, 10_000), (8, 10)), BEGIN);
    let full: Vec<_> = (0..50).filter_map(|nth| call(&limits, Client::V6(nth), HOST, now).ok()).collect();
    assert_eq!(full.len(), 8);
    assert_eq!(call(&limits, A, HOST, now).err(), Some(Limit::HostAtOnce));
    assert!(call(&limits, A, "other.example", now).is_ok());
}

#[test]
fn a_clock_that_jumps_gives_no_places_away_and_locks_nobody_out() {
    let (limits, now) = (limits((10, 2), (10, 100)), BEGIN + Duration::from_secs(3600));
    assert!(call(&limits, A, HOST, now).is_ok());
    let earlier = now - Duration::from_secs(1800);
    assert!(call(&limits, A, HOST, earlier).is_ok());
    assert_eq!(call(&limits, A, HOST, earlier).err(), Some(Limit::ClientPerMinute));
    assert_eq!(call(&limits, A, HOST, now).err(), Some(Limit::ClientPerMinute));
    let later = now + Duration::from_secs(1_000_000);
    assert!(call(&limits, A, HOST, later).is_ok() && call(&limits, A, HOST, later).is_ok());
    assert_eq!(call(&limits, A, HOST, later).err(), Some(Limit::ClientPerMinute));
}

#[test]
fn an_address_of_a_house_is_the_house_and_a_mapped_one_is_itself() {
    let client = |text: &str| Client::from(text.parse::<IpAddr>().expect("an address"));
    assert!(client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9"));
    assert!(client("2001:db8:1:2::1") != client("2001:db8:1:3::1"));
    assert!(client("192.0.2.1") != client("192.0.2.2"));
    assert!(client("::ffff:192.0.2.1") == client("192.0.2.1"));
}

/// An attacker with more addresses than memory is one client, and those who are known keep their own budgets.
#[test]
fn more_clients_than_can_be_told_apart_share_one_budget_until_some_are_forgotten() {
    let (limits, now) = (limits((1, 60), (1_000_000, 1_000_000)), BEGIN);
    let places: Vec<_> =
        (0..CLIENTS as u64).map(|nth| limits.enter(Client::V6(nth), now).expect("its own")).collect();
    let other = limits.enter(Client::V6(1 << 40), now).expect("the first of the others");
    assert!(limits.enter(Client::V6(1 << 41), now).is_err(), "they share");
    assert!(limits.books().clients.len() <= CLIENTS + 1);
    drop((places, other));
    let later = now + Duration::from_secs(120);
    let first = limits.enter(Client::V6(1 << 41), later).expect("its own");
    assert!(limits.enter(Client::V6(1 << 42), later).is_ok() && limits.books().clients.len() < 10);
    drop(first);
}

/// Twenty people behind one address, each with 200 clusters that are asked every ten seconds, at one host that
/// takes half a second; at the start of each ten seconds a tenth of all comes at once.
#[test]
fn the_usual_limits_carry_a_team_with_large_boards() {
    let limits = Arc::new(Places::new(Budget::CLIENT, Budget::HOST));
    let begin = BEGIN;
    let mut under_way = std::collections::VecDeque::new();
    for tick in 0..(2 * 60 * 10_u64) {
        let now = begin + Duration::from_millis(tick * 100);
        while under_way.front().is_some_and(|(ends_at, _)| *ends_at <= now) {
            under_way.pop_front();
        }
        for _ in 0..40 {
            let place = call(&limits, A, HOST, now).expect("a team is no flood");
            under_way.push_back((now + Duration::from_millis(500), place));
        }
    }
}
