//! What every test stands on: a world, a page in a browser, and the judgement over its console.

mod audit;
mod browser;
mod cards;
mod chromium;
mod driver;
mod firefox;
pub mod fleet;
mod folder;
mod form;
mod heap;
mod hosts;
mod page;
mod reading;
mod secure;
mod serving;
mod setup;
mod traces;
mod world;

pub use audit::Network;
pub use browser::{Browser, NAME};
pub use cards::{Seen, card, cards, selector, until_all_answered, until_card};
pub use folder::Folder;
pub use form::{fill_cluster, fill_key, fill_pass, fill_place, problem, submit};
pub use heap::Held;
pub use hosts::{Host, Kept, Kind, Nginx, Shelf, Written};
pub use page::Page;
pub use reading::{table, texts};
pub use serving::Serving;
pub use setup::{Fleet, Proxy, Setup};
pub use traces::{forms, left_behind, note_console};
pub use world::World;
