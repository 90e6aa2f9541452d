//! The card and its strip.

use leptos::prelude::*;
use leptos::task::tick;
use rollwatch::ui::Card;
use rollwatch_core::assess::Verdict;
use rollwatch_core::model::{OperationKind, Service, State};
use rollwatch_core::view::CardView;
use wasm_bindgen_test::wasm_bindgen_test;

use crate::document::{Mounted, mount};
use crate::views::{self, COMPLETE, DOCUMENTED, SEARCH_ENGINE, UNKNOWN_WORD, page_of, search_engine};

fn show(view: CardView) -> (Mounted, ArcRwSignal<CardView>) {
    let card = ArcRwSignal::new(view);
    let shown = card.clone();
    (mount(move || view! { <ul><Card card=shown /></ul> }), card)
}

#[wasm_bindgen_test]
fn every_word_of_a_view_is_on_its_card() {
    let mut views: Vec<_> =
        DOCUMENTED.iter().map(|(s, o, body)| page_of(*s, *o, 200, &[body]).card).collect();
    let blind = [SEARCH_ENGINE, "<html>", "<html>"];
    views.push(page_of(Service::NcpSearchEngine, OperationKind::Upgrade, 502, &blind).card);
    assert!(views.last().is_some_and(|view| view.trouble.is_some() && view.last_seen.is_some()));
    for view in views {
        let (mounted, _) = show(view.clone());
        let text = mounted.text();
        let trouble = view.trouble.iter().flat_map(|t| [&t.what, &t.todo, &t.evidence]);
        let optional =
            [&view.last_seen, &view.impact, &view.place_of_work, &view.elapsed, &view.remaining, &view.basis];
        let always = [
            &view.word,
            &view.since,
            &view.provider,
            &view.service,
            &view.place,
            &view.name,
            &view.account,
            &view.kind,
            &view.versions,
            &view.counts,
            &view.freshness,
        ];
        let words =
            always.into_iter().chain(optional.into_iter().flatten()).chain(trouble).chain(&view.badges);
        for word in words {
            assert!(text.contains(word.as_str()), "{word:?} is not in {text:?}");
        }
        assert_eq!(mounted.one("h3 a").get_attribute("href").unwrap(), format!("#/{}", view.link));
        assert_eq!(mounted.one(".card").class_list().contains("stale"), view.stale);
    }
}

#[wasm_bindgen_test]
async fn an_equal_view_changes_nothing_in_the_document() {
    for (service, operation, body) in DOCUMENTED {
        let view = page_of(service, operation, 200, &[body]).card;
        let (mounted, card) = show(view.clone());
        tick().await;
        let mutations = mounted.watch();
        card.set(view.clone());
        tick().await;
        assert_eq!(mutations.lines(), Vec::<String>::new(), "{service:?}");
    }
}

#[wasm_bindgen_test]
async fn a_node_that_changes_touches_its_own_cell_and_the_counts() {
    let view = search_engine(SEARCH_ENGINE).card;
    let (mounted, card) = show(view.clone());
    tick().await;
    let (before, mutations) = (mounted.all(".cell"), mounted.watch());
    let mut changed = view.clone();
    changed.cells[2].state = State::Succeeded;
    changed.cells[2].title = "cluster000-mo-6tnj, master: done (complete)".to_owned();
    changed.counts = "2 done, 1 active, 5 waiting".to_owned();
    card.set(changed);
    tick().await;
    assert_eq!(
        mutations.lines(),
        [
            "attributes cell class",
            "attributes cell title",
            "attributes strip aria-label",
            "characterData counts"
        ]
    );
    let after = mounted.all(".cell");
    assert!(before.iter().zip(&after).all(|(before, after)| before.is_same_node(Some(after))));
    assert!(after[2].class_list().contains("tone-succeeded"));
    assert!(after[1].class_list().contains("tone-running"));
}

#[wasm_bindgen_test]
fn the_strip_has_a_cell_for_each_node_in_the_tone_of_its_state() {
    let view = search_engine(SEARCH_ENGINE).card;
    let (mounted, _) = show(view.clone());
    let cells = mounted.all(".strip .cell");
    assert_eq!(cells.len(), 8);
    for (cell, node) in cells.iter().zip(&view.cells) {
        let tone = match node.state {
            State::Succeeded => "tone-succeeded",
            State::Running => "tone-running",
            _ => "tone-pending",
        };
        assert!(cell.class_list().contains(tone), "{}", cell.outer_html());
        assert_eq!(cell.class_list().contains("starts-group"), node.starts_group);
        assert_eq!(cell.get_attribute("title").as_ref(), Some(&node.title));
    }
}

#[wasm_bindgen_test]
async fn nodes_that_come_go_and_change_places_keep_their_own_state() {
    let view = search_engine(SEARCH_ENGINE).card;
    let (mounted, card) = show(view.clone());
    tick().await;
    let mut fewer = view.clone();
    fewer.cells.remove(0);
    let mut turned = view.clone();
    turned.cells.reverse();
    for view in [fewer, view, turned] {
        card.set(view.clone());
        tick().await;
        let shown: Vec<_> =
            mounted.all(".cell").iter().map(|cell| cell.get_attribute("title").unwrap()).collect();
        let wanted: Vec<_> = view.cells.iter().map(|cell| cell.title.clone()).collect();
        assert_eq!(shown, wanted);
    }
}

#[wasm_bindgen_test]
async fn parts_of_a_card_come_and_go_with_the_view() {
    let running = search_engine(SEARCH_ENGINE).card;
    let (mounted, card) = show(running.clone());
    assert_eq!(mounted.all(".where").len(), 1);
    card.set(search_engine(COMPLETE).card);
    tick().await;
    assert_eq!((mounted.all(".where").len(), mounted.all(".impact").len()), (0, 0));
    assert!(mounted.one(".card").class_list().contains("tone-done"));
    card.set(running);
    tick().await;
    assert_eq!((mounted.all(".where").len(), mounted.all(".impact").len()), (1, 1));
}

#[wasm_bindgen_test]
fn what_is_not_recognised_is_never_shown_as_done() {
    let view = search_engine(UNKNOWN_WORD).card;
    assert_eq!(view.verdict, Verdict::Unrecognised);
    let unknown = view.cells.iter().position(|cell| cell.state == State::Unknown).expect("an unknown node");
    let (mounted, _) = show(view);
    let card = mounted.one(".card");
    assert!(card.class_list().contains("tone-unrecognised") && !card.class_list().contains("tone-done"));
    let cell = &mounted.all(".cell")[unknown];
    assert!(cell.class_list().contains("tone-unknown") && !cell.class_list().contains("tone-succeeded"));
}

#[wasm_bindgen_test]
fn only_done_has_the_tone_of_done() {
    for verdict in [
        Verdict::Failed,
        Verdict::PartlyFailed,
        Verdict::RolledBack,
        Verdict::Stalled,
        Verdict::CannotSee,
        Verdict::DoneMixed,
        Verdict::Slow,
        Verdict::Unrecognised,
        Verdict::Refused,
        Verdict::Running,
        Verdict::Waiting,
        Verdict::Passed,
        Verdict::Done,
        Verdict::Idle,
        Verdict::Asking,
    ] {
        let (mounted, _) = show(CardView { verdict, ..views::search_engine(SEARCH_ENGINE).card });
        let is_done = mounted.one(".card").class_list().contains("tone-done");
        assert_eq!(is_done, verdict == Verdict::Done, "{verdict:?}");
    }
}
