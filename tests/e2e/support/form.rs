//! The forms, filled in as a person does.

use rollwatch_sim::{Account, Pass, account_of};

use super::fleet;
use super::page::Page;

/// Says where a cluster is, and what is asked of it.
pub async fn fill_place(page: &Page, name: &str) {
    let cluster = fleet::cluster(name);
    page.choose("#provider", cluster.service.provider().id()).await;
    page.choose("#service", cluster.service.id()).await;
    page.choose("#site", cluster.site.id()).await;
    page.choose("#region", cluster.region).await;
    page.choose("#operation", cluster.operation.id()).await;
}

/// Says which cluster is meant.
pub async fn fill_cluster(page: &Page, name: &str) {
    let cluster = fleet::cluster(name);
    fill_place(page, name).await;
    if cluster.service.needs_project() {
        page.fill("#project", cluster.project).await;
    }
    page.fill("#cluster", cluster.id).await;
}

/// Enters the key that opens a cluster.
pub async fn fill_key(page: &Page, name: &str) -> &'static Account {
    let account = account_of(fleet::cluster(name)).expect("every cluster has an account");
    page.choose("#key-kind", "long-lived").await;
    page.fill("#account", account.name).await;
    page.fill("#access-key", account.access_key_id).await;
    page.fill("#secret", account.secret).await;
    account
}

/// Enters a credential that ends, under a name of one's own.
pub async fn fill_pass(page: &Page, account: &str, pass: Pass) {
    let kind = if matches!(pass, Pass::Key { .. }) { "temporary" } else { "auth-token" };
    page.choose("#key-kind", kind).await;
    page.fill("#account", account).await;
    match pass {
        Pass::Key { access_key_id, secret, security_token } => {
            page.fill("#access-key", access_key_id).await;
            page.fill("#secret", secret).await;
            match security_token {
                Some(token) => page.fill("#token", token).await,
                None => assert_eq!(page.count("#token").await, 0, "no token is asked for"),
            }
        }
        Pass::AuthToken(token) => page.fill("#auth-token", token).await,
    }
}

pub async fn submit(page: &Page) {
    page.click("form button.primary").await;
}

/// What the form says is wrong, as soon as it says so.
pub async fn problem(page: &Page) -> String {
    page.text("form .problem").await
}
