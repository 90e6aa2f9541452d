//! What the program is told while it runs.

use rollwatch_proxy::Tls;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

/// Reads certificate and key again at every SIGHUP from this call on, and says what came of it.
#[cfg(unix)]
pub fn read_again_when_told(tls: Tls) -> impl Future<Output = ()> + Send {
    let told = signal(SignalKind::hangup());
    async move {
        // When the signal cannot be waited for, it ends the program, as it does by default.
        let Ok(mut told) = told else { return };
        while told.recv().await.is_some() {
            match tls.read_again() {
                Ok(()) => eprintln!("The certificate was read again and is used from now on."),
                Err(sentence) => eprintln!("{sentence} The certificate from before stays in use."),
            }
        }
    }
}

/// Other systems have no such signal.
#[cfg(not(unix))]
pub fn read_again_when_told(_: Tls) -> impl Future<Output = ()> + Send {
    std::future::ready(())
}
