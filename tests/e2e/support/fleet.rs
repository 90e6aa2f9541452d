//! The demo's clusters by their names in the simulation, which not every vendor tells the page.

use rollwatch_core::link;
use rollwatch_sim::{Cluster, clusters};

pub fn cluster(name: &str) -> &'static Cluster {
    clusters().find(|cluster| cluster.name == name).unwrap_or_else(|| panic!("no cluster {name}"))
}

/// What marks the cluster's card in the document.
pub fn key(name: &str) -> String {
    cluster(name).watch().key()
}

/// The fragment of the cluster's page.
pub fn link(name: &str) -> String {
    format!("#/{}", link::print(&cluster(name).watch()))
}
