//! What is seen: props in, elements out. Every word and number comes from the core's views and tables.

mod about;
mod add;
mod board;
mod card;
mod cluster;
mod fields;
mod gantt;
mod glyph;
mod key_form;
mod keys;
mod masthead;
mod shell;
mod strip;
pub mod tables;
mod tone;

pub use board::Board;
pub use card::Card;
pub use gantt::Chart;
pub use shell::Shell;
pub use strip::Strip;

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
