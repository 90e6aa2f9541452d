//! The forms, filled in as a person does.

use rollwatch_sim::{Account, account_of};

use super::fleet;
use super::page::Page;

/// Says which cluster is meant.
pub async fn fill_cluster(page: &Page, name: &str) {
    let cluster = fleet::cluster(name);
    page.choose("#provider", cluster.service.provider().id()).await;
    page.choose("#service", cluster.service.id()).await;
    page.choose("#site", cluster.site.id()).await;
    page.choose("#region", cluster.region).await;
    page.choose("#operation", cluster.operation.id()).await;
    if cluster.service.needs_project() {
        page.fill("#project", cluster.project).await;
    }
    page.fill("#cluster", cluster.id).await;
}

/// Enters the key that opens a cluster.
pub async fn fill_key(page: &Page, name: &str) -> &'static Account {
    let account = account_of(fleet::cluster(name)).expect("every cluster has an account");
    page.fill("#account", account.name).await;
    page.fill("#access-key", account.access_key_id).await;
    page.fill("#secret", account.secret).await;
    account
}

pub async fn submit(page: &Page) {
    page.click("form button.primary").await;
}

/// What the form says is wrong, as soon as it says so.
pub async fn problem(page: &Page) -> String {
    page.text("form .problem").await
}
