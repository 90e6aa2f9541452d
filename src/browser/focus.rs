//! Moving the focus among elements of one kind.

use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the focus to the next (or, with `back`, the previous) element that fits `selector`, from the one that
/// has it or holds it; to the first one when none does.
pub fn step(selector: &str, back: bool) {
    let Some(document) = web_sys::window().and_then(|window| window.document()) else { return };
    let Ok(found) = document.query_selector_all(selector) else { return };
    let elements: Vec<HtmlElement> =
        (0..found.length()).filter_map(|i| found.item(i)?.dyn_into::<HtmlElement>().ok()).collect();
    let active = document.active_element();
    let at = elements.iter().position(|element| active.as_ref().is_some_and(|a| element.contains(Some(a))));
    let next = match (at, back) {
        (None, _) => 0,
        (Some(at), false) => at.saturating_add(1).min(elements.len().saturating_sub(1)),
        (Some(at), true) => at.saturating_sub(1),
    };
    if let Some(element) = elements.get(next) {
        let _ = element.focus();
    }
}
