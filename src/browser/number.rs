//! Decimal numbers, which the browser reads with code that the page need not carry.

/// The number that a decimal text names; not a number for any other text.
pub fn read(text: &str) -> f64 {
    js_sys::parse_float(text)
}
