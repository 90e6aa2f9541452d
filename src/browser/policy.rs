//! What the page's own content security policy has forbidden.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::SecurityPolicyViolationEvent;

use super::Listener;

/// Notes from now on whether the policy forbids a connection, for as long as it is kept.
#[derive(Debug)]
pub struct Watching {
    forbade: Rc<Cell<bool>>,
    _listener: Option<Listener>,
}

impl Watching {
    pub fn begin() -> Self {
        let forbade = Rc::new(Cell::new(false));
        let noted = Rc::clone(&forbade);
        let listener = Listener::on_window("securitypolicyviolation", move |event| {
            let event = event.dyn_ref::<SecurityPolicyViolationEvent>();
            if event.is_some_and(|event| event.effective_directive() == "connect-src") {
                noted.set(true);
            }
        });
        Watching { forbade, _listener: listener }
    }

    /// Whether it has forbidden a connection since.
    pub fn forbade(&self) -> bool {
        self.forbade.get()
    }
}
