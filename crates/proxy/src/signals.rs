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

/// Ready when the user presses Ctrl+C or the system asks the program to end.
pub async fn told_to_stop() {
    #[cfg(unix)]
    if let Ok(mut terminated) = signal(SignalKind::terminate()) {
        tokio::select! {
            _ = terminated.recv() => {}
            _ = tokio::signal::ctrl_c() => {}
        }
        return;
    }
    // When no signal can be waited for, the program runs until it is ended.
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
