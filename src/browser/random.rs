//! Random numbers.

use std::fmt::Write;

use js_sys::Math;

/// 128 random bits as 32 hexadecimal digits, for use once.
pub fn nonce() -> String {
    let mut bytes = [0u8; 16];
    let filled = web_sys::window()
        .and_then(|window| window.crypto().ok())
        .is_some_and(|crypto| crypto.get_random_values_with_u8_array(&mut bytes).is_ok());
    if !filled {
        // A nonce has to differ from all others and need not be secret.
        bytes.fill_with(|| (Math::random() * 256.0) as u8);
    }
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A number from 0 up to and without 1.
pub fn unit() -> f64 {
    Math::random()
}
