//! What stands on a page, part by part.

use serde_json::json;

use super::page::Page;

/// The texts of all elements that fit.
pub async fn texts(page: &Page, selector: &str) -> Vec<String> {
    let all = format!("[...document.querySelectorAll({})].map((e) => e.textContent.trim())", json!(selector));
    page.read(&all).await
}

/// The rows of the table under a heading, cell by cell.
pub async fn table(page: &Page, heading: &str) -> Vec<Vec<String>> {
    let rows = format!(
        "[...[...document.querySelectorAll('section')]
            .find((s) => s.querySelector('h2')?.textContent === {})
            .querySelectorAll('tr')].map((r) => [...r.children].map((c) => c.textContent.trim()))",
        json!(heading)
    );
    page.read(&rows).await
}
