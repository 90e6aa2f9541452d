//! What is seen: props in, elements out. Every word and number comes from the core's views and tables.

mod about;
mod add;
mod board;
mod card;
pub mod check;
mod cluster;
mod device;
pub mod discover;
mod doctor;
mod fields;
mod framed;
mod gantt;
mod glyph;
mod history;
mod key_fields;
mod key_form;
mod keys;
mod leaves;
mod masthead;
mod recordings;
mod replay;
pub mod search;
mod seen;
mod shell;
mod strip;
pub mod tables;
mod tone;
mod vault;
mod vault_settings;
mod zone;

pub use add::Add;
pub use board::Board;
pub use card::Card;
pub use cluster::Cluster;
pub use framed::Framed;
pub use gantt::Chart;
pub use history::Runs;
pub use key_form::KeyForm;
pub use keys::Keys;
pub use masthead::Masthead;
pub use replay::{PastMark, ReplayBar};
pub use seen::ChangeList;
pub use shell::Shell;
pub use strip::Strip;
pub use vault::{Unlock, UnlockPanel, VaultButton};
pub use zone::ZoneField;

use leptos::prelude::*;
use rollwatch_core::view::words::{Lang, Message};

use crate::live::Live;

/// What is running, from the context that `Shell` provides.
fn live() -> Live {
    expect_context::<Live>()
}

/// A message in the current language. The shell is built anew when the language changes, so this needs no
/// signal.
fn say(message: impl Message) -> &'static str {
    lang().say(message)
}

fn lang() -> Lang {
    live().signals.lang.get_untracked()
}
