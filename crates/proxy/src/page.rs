//! The built page as a part of the program.

use std::borrow::Cow;

use rust_embed::Embed;

/// What lay in dist/ when the program was built.
#[derive(Embed)]
#[folder = "../../dist"]
struct Page;

pub fn file(path: &str) -> Option<Cow<'static, [u8]>> {
    Page::get(path).map(|file| file.data)
}
