//! Form controls with their label and hint.

use leptos::html::Input;
use leptos::prelude::*;

/// A text field. Its content stays in the document and is read when the form is sent, never held in a signal. A field
/// of a secret is emptied when it leaves the document: the browser, or a tool beside it, may keep the element.
#[component]
pub fn TextField(
    id: &'static str,
    label: &'static str,
    #[prop(optional)] hint: &'static str,
    #[prop(optional)] secret: bool,
    #[prop(optional, into)] value: String,
    field: NodeRef<Input>,
) -> impl IntoView {
    let hint_id = format!("{id}-hint");
    let kind = if secret { "password" } else { "text" };
    if secret {
        on_cleanup(move || clear(field));
    }
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <input
                id=id
                node_ref=field
                type=kind
                value=value
                autocomplete="off"
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=(!hint.is_empty()).then(|| hint_id.clone())
            />
            {(!hint.is_empty()).then(|| view! { <p class="hint" id=hint_id>{hint}</p> })}
        </div>
    }
}

/// A choice among a few; `options` are values with their words.
#[component]
pub fn ChoiceField(
    id: &'static str,
    label: &'static str,
    #[prop(into)] options: Signal<Vec<(String, String)>>,
    #[prop(into)] value: Signal<String>,
    #[prop(into)] on_choice: Callback<String>,
) -> impl IntoView {
    let option = move |(key, word): (String, String)| {
        let selected = value.with(|value| *value == key);
        view! { <option value=key selected=selected>{word}</option> }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id on:change:target=move |event| on_choice.run(event.target().value())>
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}

/// What was typed, without the spaces that pasting brings along.
pub fn typed(field: NodeRef<Input>) -> String {
    field.try_get_untracked().flatten().map(|input| input.value().trim().to_owned()).unwrap_or_default()
}

/// Puts a text into a field. The form may be gone by then.
pub fn fill(field: NodeRef<Input>, text: &str) {
    if let Some(input) = field.try_get_untracked().flatten() {
        input.set_value(text);
    }
}

/// Empties a field, so that what was typed is not kept in the document.
pub fn clear(field: NodeRef<Input>) {
    fill(field, "");
}
