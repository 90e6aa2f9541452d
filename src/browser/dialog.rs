//! Native dialogs.

use web_sys::HtmlDialogElement;

/// Opens a dialog over the page and keeps the focus inside it. An open one stays as it is.
pub fn show_modal(dialog: &HtmlDialogElement) {
    if !dialog.open() {
        // Refused only for a dialog that is not in the document any more.
        let _ = dialog.show_modal();
    }
}

pub fn close(dialog: &HtmlDialogElement) {
    dialog.close();
}
