//! The one loop: it wakes pollers, performs what they command, and writes the signals.
//!
//! A poll's journey ends here: exchange, observation, timeline, assessment, view, one write.

use leptos::prelude::*;
use rollwatch_core::assess::{Circumstances, Verdict, assess};
use rollwatch_core::error::{ErrorKind, PollError};
use rollwatch_core::model::{Span, Timestamp};
use rollwatch_core::poll::{self, ANSWER_LIMIT, Answer, Command, Event, Pace};
use rollwatch_core::timeline::Outcome;
use rollwatch_core::view::words::{Lang, Shell};
use rollwatch_core::view::{self, Liveness, Look, Reader};

use super::ask::{Question, Reply, ask};
use super::entry::Entry;
use super::keys::TOLD_BEFORE;
use super::{KeyName, Live, Said, State, Tally, readers, recorder, replay, tabs, vault};
use crate::browser::{Listener, clock, document, random, task, visibility};

/// How often the ages on the cards are brought up to date, in real time.
const TICK_MILLIS: f64 = 1000.0;

/// An operation that has been over for this long is asked about rarely.
const SETTLED_AFTER: Span = Span::hours(1);

/// Runs for as long as the page is open.
pub async fn run(live: Live) {
    let listeners = [
        visibility::on_change(move |hidden| {
            if hidden {
                live.looked_away()
            } else {
                live.looked_again()
            }
            wake_all(live, || if hidden { Event::Hidden } else { Event::Shown });
        }),
        visibility::on_online(move || wake_all(live, || Event::Online)),
        visibility::on_leave(move || live.looked_away()),
    ];
    listeners.into_iter().flatten().for_each(Listener::keep);
    if visibility::is_hidden() {
        wake_all(live, || Event::Hidden);
    }
    vault::listen(live);
    task::spawn(live.find_vault());
    recorder::start(live);
    loop {
        tick(live);
        clock::sleep(Span::millis((TICK_MILLIS * clock::speed()) as i64)).await;
    }
}

fn wake_all(live: Live, event: impl Fn() -> Event) {
    for key in live.state.with_value(State::keys) {
        perform(live, &key, event());
    }
    refresh(live);
}

/// Sends what is due and brings every card up to date.
pub fn tick(live: Live) {
    vault::turn(live);
    live.watch_ends();
    tabs::tend(live);
    live.keep_looked();
    for key in live.state.with_value(State::keys_as_due) {
        perform(live, &key, Event::Woke);
    }
    refresh(live);
}

/// Hands an event to a poller and does what it commands. A watch without a key in memory is left alone, and so
/// is one that another tab asks about, and one whose key is on trial with another: several clusters under a wrong
/// key would lock it. One whose host is slow waits for a place there.
pub(super) fn perform(live: Live, key: &str, event: Event) {
    let leads = live.leads(key);
    let question = live.question_for(key).filter(|_| leads);
    // Whether the tab is seen, that a key is over and that a request is, concerns pollers without a usable key too.
    let always = match event {
        Event::Hidden | Event::Shown => leads,
        Event::KeyRefused(_) | Event::Answered { .. } => true,
        _ => false,
    };
    let concerns = question.is_some() || always;
    let (now, jitter) = (clock::now(), random::unit());
    let may_wake = || live.may_wake(key) && live.state.with_value(|state| state.has_place(key, now));
    if !concerns || (event == Event::Woke && !may_wake()) {
        return;
    }
    let mut given_up = None;
    let command = live.state.try_update_value(|state| {
        let at = state.now_at(key, now);
        let entry = state.entries.get_mut(key)?;
        // The poller is about to give this request up, and its late answer will not be accepted.
        if entry.poller.in_flight_since().is_some_and(|since| now.since(since) >= ANSWER_LIMIT)
            && matches!(event, Event::Woke)
        {
            let error = PollError::new(ErrorKind::Timeout);
            entry.record(Outcome::Failed(error.clone()), at);
            state.note_pace(key, now);
            given_up = Some(error);
        }
        let entry = state.entries.get_mut(key)?;
        Some(poll::step(&mut entry.poller, event, now, jitter))
    });
    if let Some(error) = given_up {
        live.fail_waiting(key, &error);
    }
    if let (Some(Some(Command::Send { seq })), Some(question)) = (command, question) {
        send(live, key.to_owned(), seq, question);
    }
}

fn send(live: Live, key: String, seq: u64, question: Result<Question, PollError>) {
    task::spawn(async move {
        let reply = match question {
            Ok(question) => {
                let host = question.endpoint.host.clone();
                // The poller waits until there is a key again, and then asks anew.
                let Some(reply) = ask(live, question).await else { return };
                live.learn_offset(&host, reply.offset);
                reply
            }
            Err(error) => Reply {
                result: Err(error),
                raw: None,
                offset: None,
                at: live.state.with_value(|state| state.now_at(&key, clock::now())),
                background: live.background(&key).unwrap_or_default(),
            },
        };
        answered(live, &key, seq, reply);
    });
}

/// Takes an answer in, unless it is out of date.
fn answered(live: Live, key: &str, seq: u64, reply: Reply) {
    let taken = live.state.try_update_value(|state| {
        if !poll::accepts(&state.entries.get(key)?.poller, seq) {
            return None;
        }
        state.note_pace(key, clock::now());
        let State { entries, zones, .. } = state;
        let entry = entries.get_mut(key)?;
        let chosen = zones.get(&KeyName::of(&entry.watch)).copied();
        Some(take(entry, reply, chosen))
    });
    let Some((name, answer)) = taken.flatten() else { return };
    match &answer {
        Answer::Observed { .. } => live.state.update_value(|state| state.keyring.prove(&name)),
        Answer::Failed(error) if is_about_the_key(error) => {
            let users = live.state.with_value(|state| state.keys_of(&name));
            for other in users.iter().filter(|other| *other != key) {
                perform(live, other, Event::KeyRefused(error.kind));
            }
        }
        Answer::Failed(error) => live.fail_waiting(key, error),
    }
    perform(live, key, Event::Answered { seq, answer });
    refresh(live);
}

/// Adds a reply to the history of its cluster, and says what the poller should know of it.
fn take(entry: &mut Entry, reply: Reply, chosen_zone: Option<i32>) -> (KeyName, Answer) {
    if let Some(raw) = reply.raw
        && entry.raw.with_untracked(|old| *old != raw)
    {
        readers::write(&entry.raw, raw);
    }
    entry.set_background(reply.background, chosen_zone);
    let name = KeyName::of(&entry.watch);
    match reply.result {
        Ok(observation) => {
            entry.record(Outcome::Observed(Box::new(observation)), reply.at);
            (name, Answer::Observed { pace: pace(entry, reply.at) })
        }
        Err(error) => {
            entry.record(Outcome::Failed(error.clone()), reply.at);
            (name, Answer::Failed(error))
        }
    }
}

/// What is wrong with a key is wrong for every cluster that uses it.
pub(super) fn is_about_the_key(error: &PollError) -> bool {
    matches!(error.kind, ErrorKind::Signature | ErrorKind::KeyUnknown | ErrorKind::KeyExpired)
}

/// How lively a cluster is, which decides how often it is asked.
pub(super) fn pace(entry: &Entry, now: Timestamp) -> Pace {
    let assessment = assess(&entry.timeline, &Circumstances::default(), now);
    let since = assessment.since.or(entry.timeline.unchanged_since());
    // What is prepared waits for a person, who may take days.
    let is_prepared = entry.timeline.operation().is_some_and(|operation| operation.valid_until.is_some());
    match assessment.verdict {
        Verdict::Waiting if is_prepared => Pace::Idle,
        verdict if verdict.is_live() => Pace::Busy,
        _ if since.is_some_and(|since| now.since(since) > SETTLED_AFTER) => Pace::Settled,
        _ => Pace::Idle,
    }
}

/// Judges every timeline anew and writes what changed: the only writer of the signals that cards read.
pub(super) fn refresh(live: Live) {
    recorder::carry_on(live);
    let (now, reader) = (clock::now(), live.reader());
    let Some((ranks, said, held)) = live.state.try_update_value(|state| {
        let State {
            entries, offsets, keyring, vault, open, looked, order_held, agreements, settings, ..
        } = state;
        let mut ranks = Vec::new();
        let mut said = None;
        // A card that nothing was known of has no place to keep.
        let mut held = *order_held;
        for (key, entry) in entries.iter_mut() {
            let host = entry.endpoint.as_ref().map(|endpoint| endpoint.host.as_str()).unwrap_or_default();
            let clock_offset = offsets.get(host).copied().unwrap_or(Span::ZERO);
            let name = KeyName::of(&entry.watch);
            let agreed = agreements.get(&name).is_some_and(|agreed| agreed.covers(&settings.proxy, host));
            let blocked = match keyring.holds(&name) {
                _ if entry.lead.is_followed(now) => None,
                false if vault.locks(&name) => Some(view::locked(reader.lang)),
                false => Some(view::needs_key(reader.lang)),
                true if agreed || host.is_empty() => None,
                true => Some(view::not_agreed(reader.lang, &name.account, &settings.proxy)),
            };
            let ends_at = keyring.ends_at(&name).filter(|ends_at| *ends_at > now);
            let key_for = ends_at.map(|ends_at| ends_at.since(now)).filter(|span| *span <= TOLD_BEFORE);
            let liveness = Liveness {
                halted: entry.poller.halted().is_some(),
                blocked,
                key_for,
                clock_offset,
                looked_at: looked.before_card(key).map(|at| at.plus(clock_offset)),
            };
            let mut look = open.as_mut().filter(|open| open.key == *key).map(|open| &mut open.look);
            if let Some(look) = &mut look {
                look.looked_at = looked.before().map(|at| at.plus(clock_offset));
            }
            let verdict = show(entry, &liveness, look.as_deref(), reader, now.plus(clock_offset));
            held &= entry.announced != Verdict::Asking || verdict == Verdict::Asking;
            said = announce(entry, verdict, reader.lang).or(said);
            ranks.push((
                verdict,
                entry.watch.service,
                entry.card.with_untracked(|c| c.name.clone()),
                key.clone(),
            ));
        }
        ranks.sort();
        (ranks, said, held)
    }) else {
        return;
    };
    let tally = tally(ranks.iter().map(|rank| rank.0));
    let order = ranks.into_iter().map(|rank| rank.3).collect();
    set_changed(live.signals.order, keep_places(live.signals.order.get_untracked(), order, held));
    if live.signals.tally.with_untracked(|old| *old != tally) {
        document::set_title(&title(live, &tally));
        live.signals.tally.set(tally);
    }
    if let Some(said) = said {
        live.signals.said.set(said);
    }
}

fn show(
    entry: &mut Entry,
    liveness: &Liveness,
    look: Option<&Look>,
    reader: Reader,
    now: Timestamp,
) -> Verdict {
    // The loop looks at its pollers once a tick, which in a fast demo is long on the page's clock.
    let tick = Span::millis((TICK_MILLIS * clock::speed()) as i64);
    // A tab that follows another one does not know how often that one asks.
    let overdue_after = poll::overdue_after(&entry.poller)
        .filter(|_| !entry.lead.is_followed(clock::now()))
        .map(|overdue_after| Span::millis(overdue_after.as_millis().saturating_add(2 * tick.as_millis())));
    let circumstances = Circumstances { clock_offset: liveness.clock_offset, overdue_after };
    let assessment = assess(&entry.timeline, &circumstances, now);
    let card = view::card(&entry.watch, &entry.timeline, &assessment, liveness, reader, now);
    let verdict = card.verdict;
    let page = look.map(|look| replay::page(entry, look, &assessment, liveness, reader, now));
    if entry.card.with_untracked(|old| *old != card) {
        readers::write(&entry.card, card);
    }
    if entry.page.with_untracked(|old| *old != page) {
        readers::write(&entry.page, page);
    }
    verdict
}

/// What to say aloud when a verdict has changed. The first verdict of a cluster is not news, nor is that it is
/// being asked about.
fn announce(entry: &mut Entry, verdict: Verdict, lang: Lang) -> Option<Said> {
    if verdict == Verdict::Asking {
        return None;
    }
    let before = std::mem::replace(&mut entry.announced, verdict);
    if before == verdict || before == Verdict::Asking {
        return None;
    }
    let name = entry.card.with_untracked(|card| card.name.clone());
    let text = lang.fill(Shell::Attention, &[&name, view::verdict_name(lang, verdict)]);
    Some(Said { text, urgent: matches!(verdict, Verdict::Failed | Verdict::Stalled) })
}

fn tally(verdicts: impl Iterator<Item = Verdict>) -> Tally {
    let mut tally = Tally::new();
    for verdict in verdicts {
        match tally.last_mut() {
            Some((last, count)) if *last == verdict => *count += 1,
            _ => tally.push((verdict, 1)),
        }
    }
    tally
}

/// The order to show: while it is held, what is there keeps its place and what is new comes last.
fn keep_places(shown: Vec<String>, wanted: Vec<String>, held: bool) -> Vec<String> {
    if !held {
        return wanted;
    }
    let new: Vec<String> = wanted.iter().filter(|key| !shown.contains(key)).cloned().collect();
    shown.into_iter().filter(|key| wanted.contains(key)).chain(new).collect()
}

fn title(live: Live, tally: &Tally) -> String {
    let title = live.state.with_value(|state| state.settings.title.clone());
    let count: usize = tally.iter().filter(|(verdict, _)| verdict.needs_a_person()).map(|(_, n)| n).sum();
    match count {
        0 => title,
        count => {
            let lang = live.signals.lang.get_untracked();
            format!("{} · {title}", lang.fill(Shell::NeedPerson, &[&count.to_string()]))
        }
    }
}

fn set_changed<T: PartialEq + Send + Sync + 'static>(signal: RwSignal<T>, value: T) {
    if signal.with_untracked(|old| *old != value) {
        signal.set(value);
    }
}
