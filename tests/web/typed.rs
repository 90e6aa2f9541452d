//! A key as a person types it.

use rollwatch::browser::crypto::Typed;
use rollwatch::live::{KeyChoice, KeyKind, Live, NewKey};
use rollwatch_core::model::Provider;

/// The same key of NAVER each time, typed for this account and not to be remembered.
pub fn typed_key(live: Live, account: &str) -> KeyChoice {
    typed(live, account, false)
}

/// The same, to be remembered.
pub fn key_to_remember(live: Live, account: &str) -> KeyChoice {
    typed(live, account, true)
}

fn typed(live: Live, account: &str, is_remembered: bool) -> KeyChoice {
    let typed = NewKey {
        account: account.to_owned(),
        kind: KeyKind::LongLived,
        access_key_id: "an-id".to_owned(),
        has_secret: true,
        token: String::new(),
        valid_until: String::new(),
    };
    live.typed_key(Provider::Ncp, typed, Typed::of("a-secret"), is_remembered)
        .expect("a key that is fit to be tried")
}
