//! Text whose commas cannot be trusted.
//!
//! Alibaba documents an answer that lacks some of its commas and has one too many. A text that was cut off is
//! refused instead of being closed, and a scalar is what stands between two delimiters, so that neither
//! `truefalse` nor `9000x` is taken apart into something that nobody wrote. Texts and scalars themselves are
//! read by serde_json.

use super::Json;

/// How deep objects and lists may nest. Far beyond any documented answer, far below the stack.
pub(super) const DEPTH: u8 = 128;

/// The value that a whole text holds, with every comma between values taken for white space. `{"a":,"b":1}`
/// still lacks a value, and none is made up.
pub(super) fn read(text: &str) -> Option<Json> {
    let mut rest = text;
    let value = value(&mut rest, DEPTH)?;
    skip(&mut rest, true);
    rest.is_empty().then_some(value)
}

fn skip(rest: &mut &str, commas: bool) {
    *rest = rest.trim_start_matches(|c| matches!(c, ' ' | '\t' | '\n' | '\r') || (commas && c == ','));
}

fn eat(rest: &mut &str, wanted: char) -> bool {
    let after = rest.strip_prefix(wanted);
    *rest = after.unwrap_or(rest);
    after.is_some()
}

fn value(rest: &mut &str, depth: u8) -> Option<Json> {
    skip(rest, false);
    if rest.starts_with('"') {
        return text(rest).map(Json::Text);
    }
    if eat(rest, '[') {
        let depth = depth.checked_sub(1)?;
        let mut items = Vec::new();
        while has_item(rest, ']') {
            items.push(value(rest, depth)?);
        }
        return Some(Json::List(items));
    }
    if eat(rest, '{') {
        let depth = depth.checked_sub(1)?;
        let mut fields = Vec::new();
        while has_item(rest, '}') {
            let name = text(rest)?;
            skip(rest, false);
            if !eat(rest, ':') {
                return None;
            }
            fields.push((name, value(rest, depth)?));
        }
        return Some(Json::Object(fields));
    }
    let length = rest.find(|c: char| " \t\n\r,:{}[]\"".contains(c)).unwrap_or(rest.len());
    let (scalar, after) = rest.split_at_checked(length)?;
    *rest = after;
    Json::read(scalar)
}

/// Whether another item stands before `end`.
fn has_item(rest: &mut &str, end: char) -> bool {
    skip(rest, true);
    !eat(rest, end)
}

/// The text at the beginning, which ends with the first quotation mark that is not escaped.
fn text(rest: &mut &str) -> Option<String> {
    let inside = rest.strip_prefix('"')?;
    let mut escaped = false;
    let end = inside.find(|c| {
        let ends = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        ends
    })?;
    let (quoted, after) = rest.split_at_checked(end + 2)?;
    *rest = after;
    match Json::read(quoted)? {
        Json::Text(text) => Some(text),
        _ => None,
    }
}
