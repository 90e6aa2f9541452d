//! A vault that locks while something is under way: nothing is signed from then on.

use leptos::prelude::*;
use rollwatch::browser::clock;
use rollwatch::browser::crypto::Typed;
use rollwatch::live::{Live, VaultState, tick};
use rollwatch_core::model::{OperationKind, Service};
use rollwatch_core::vault::LEAST_ITERATIONS;
use rollwatch_core::view::words::{Lang, Vault};
use wasm_bindgen_test::wasm_bindgen_test;

use crate::vault::{PASSPHRASE, delete, live, new, remember};
use crate::vendor::Vendor;
use crate::views::{SEARCH_ENGINE, watch};
use crate::waiting::until;

/// A vault that opens at once.
const FEW: u32 = 1000;

/// The browser's signatures are counted until this is dropped.
struct Counted;

impl Counted {
    fn begin() -> Self {
        eval(
            "window.signed = 0;
             window.keptSign ??= SubtleCrypto.prototype.sign;
             SubtleCrypto.prototype.sign = function (...given) {
                 window.signed += 1;
                 return window.keptSign.apply(this, given);
             };",
        );
        Counted
    }

    fn signed(&self) -> f64 {
        eval("window.signed").unwrap_or_default()
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        eval("SubtleCrypto.prototype.sign = window.keptSign; Date.now = window.keptNow ?? Date.now;");
    }
}

fn eval(script: &str) -> Option<f64> {
    js_sys::eval(script).expect("a script that runs").as_f64()
}

/// The device wakes up: to the machine many hours have passed, and to the page none.
fn wake_up() {
    let page = clock::now().as_millis() as f64;
    eval("window.keptNow ??= Date.now; Date.now = () => window.keptNow() + 9 * 3600 * 1000;");
    clock::set_demo_clock(page, 1.0);
}

fn key() -> String {
    watch(Service::NcpSearchEngine, OperationKind::Upgrade).key()
}

/// An open vault that keeps the key of the one cluster that is watched. Its first poll is about to begin.
async fn about_to_ask(owner: &Owner, iterations: u32) -> Live {
    delete().await;
    clock::set_demo_clock(clock::now().as_millis() as f64, 1.0);
    let live = live(owner);
    live.make_vault(&new(PASSPHRASE), Some(iterations)).await.expect("a vault");
    remember(live, "night-shift").await;
    live
}

fn is_seen(live: Live) -> bool {
    live.raw(&key()).is_some_and(|raw| raw.with_untracked(|raw| !raw.is_empty()))
}

fn state(live: Live) -> VaultState {
    live.signals.vault.with_untracked(|vault| vault.state)
}

#[wasm_bindgen_test]
async fn an_answer_that_comes_after_a_lock_is_taken_and_asks_for_nothing_more() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let counted = Counted::begin();
    for locks in [false, true] {
        let owner = Owner::new();
        // A vault of few iterations would be sealed anew when it is opened again.
        let live = about_to_ask(&owner, if locks { LEAST_ITERATIONS } else { FEW }).await;
        vendor.hold();
        let asked = vendor.asked();
        until("the question is on its way", || vendor.asked() > asked).await;
        let signed = counted.signed();
        if locks {
            live.lock_vault();
        }
        vendor.release();
        until("the answer is taken", || is_seen(live)).await;
        let more = counted.signed() - signed;
        assert_eq!(more > 0.0, !locks, "an open vault signs what makes the answer clearer: {more}");
        assert_eq!(vendor.asked() - asked, 1.0 + more, "what is signed is asked, and nothing else");

        if locks {
            // The question was not refused, so the key that comes back is asked with at once.
            live.open_vault(&Typed::of(PASSPHRASE)).await.expect("it opens");
            until("it is asked again", || {
                tick(live);
                vendor.asked() - asked > 1.0
            })
            .await;
        }
    }
    delete().await;
}

#[wasm_bindgen_test]
async fn a_question_that_is_not_signed_yet_when_the_vault_locks_is_not_asked_and_not_a_failure() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let counted = Counted::begin();
    let owner = Owner::new();
    let live = about_to_ask(&owner, LEAST_ITERATIONS).await;
    let (asked, signed) = (vendor.asked(), counted.signed());
    live.lock_vault();
    // Opening takes a quarter of a second, in which the question would long be answered.
    let opened = live.open_vault(&Typed::of("wrong passphrase")).await;
    assert!(opened.is_err());
    assert_eq!([vendor.asked() - asked, counted.signed() - signed], [0.0, 0.0]);
    assert!(!is_seen(live));
    let trouble = live.card(&key()).expect("a card").with_untracked(|card| card.trouble.clone());
    assert_eq!(trouble.expect("a reason").what, Lang::En.say(Vault::CardLocked));
    delete().await;
}

#[wasm_bindgen_test]
async fn a_device_that_has_just_woken_locks_the_vault_before_it_signs_anything() {
    let vendor = Vendor::answering(200, SEARCH_ENGINE);
    let counted = Counted::begin();
    for sleeps_before_the_answer in [false, true] {
        let owner = Owner::new();
        let live = about_to_ask(&owner, FEW).await;
        vendor.hold();
        let (asked, mut signed) = (vendor.asked(), counted.signed());
        if sleeps_before_the_answer {
            until("the question is on its way", || vendor.asked() > asked).await;
            signed = counted.signed();
        }
        wake_up();
        vendor.release();
        // The page has had no turn: the loop does not run here.
        until("it locks", || state(live) == VaultState::Locked).await;
        until("the answer is taken", || is_seen(live) == sleeps_before_the_answer).await;
        assert_eq!(counted.signed(), signed);
        let notices = live.signals.notices.get_untracked();
        assert_eq!(notices, [Lang::En.say(Vault::LockedSleep)]);
        eval("Date.now = window.keptNow");
    }
    delete().await;
}
