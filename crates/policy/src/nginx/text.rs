//! Texts as they stand in a configuration of nginx.

use std::time::Duration;

/// Refuses a text that nginx would not read as one: a dollar begins a variable and cannot be escaped.
pub(super) fn check(text: &str) -> Result<(), String> {
    let odd = |c: char| c.is_control() || "$\"'\\{};#".contains(c);
    if text.is_empty() || text.contains(odd) {
        return Err(format!(
            "{text:?} cannot stand in a configuration of nginx: write it without quotes, braces, backslashes and \
             the characters $ ; #."
        ));
    }
    Ok(())
}

/// A text in quotes. It must hold no dollar.
pub(super) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A pattern that fits this text alone. Nothing of it needs an escape of nginx's own.
pub(super) fn exactly(text: &str) -> String {
    let mut pattern = String::new();
    for byte in text.bytes() {
        match byte {
            b'.' => pattern.push_str("\\."),
            _ if byte.is_ascii_alphanumeric() || b"/_-:~ ".contains(&byte) => pattern.push(char::from(byte)),
            _ => pattern.push_str(&format!("\\x{byte:02x}")),
        }
    }
    pattern
}

/// The variable that holds a header of the request.
pub(super) fn variable(header: &str) -> String {
    format!("$http_{}", header.replace('-', "_"))
}

/// A `map`: what it reads, the variable that it sets, and its rows of a pattern or text with a value, both as
/// they stand in the configuration.
pub(super) fn map(reads: &str, sets: &str, rows: &[(String, String)]) -> String {
    let rows: String = rows.iter().map(|(given, value)| format!("    {given} {value};\n")).collect();
    format!("map {reads} ${sets} {{\n{rows}}}\n")
}

/// A row of a [`map`].
pub(super) fn row(given: &str, value: &str) -> (String, String) {
    (given.to_owned(), value.to_owned())
}

/// A duration as nginx reads it.
pub(super) fn time(duration: Duration) -> String {
    format!("{}ms", duration.as_millis())
}
