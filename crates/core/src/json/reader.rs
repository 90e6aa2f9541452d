//! From text to values.
//!
//! A text that was cut off is refused instead of being closed, and a scalar is what stands between two
//! delimiters, so that neither `truefalse` nor `9000x` is taken apart into something that nobody wrote.

use super::Json;

/// How deep objects and lists may nest. Far beyond any documented answer, far below the stack.
pub(super) const DEPTH: u8 = 128;

/// Whether commas stand where JSON wants them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Commas {
    Needed,
    /// They are white space between values. `{"a":,"b":1}` still lacks a value, and none is made up.
    Ignored,
}

pub(super) fn read(text: &str, commas: Commas) -> Option<Json> {
    let mut reader = Reader { rest: text.as_bytes(), commas };
    let value = reader.value(DEPTH)?;
    reader.skip(commas);
    reader.rest.is_empty().then_some(value)
}

/// What is still to be read.
struct Reader<'a> {
    rest: &'a [u8],
    commas: Commas,
}

impl Reader<'_> {
    fn next(&mut self) -> Option<u8> {
        let (first, rest) = self.rest.split_first()?;
        self.rest = rest;
        Some(*first)
    }

    fn eat(&mut self, wanted: u8) -> bool {
        let found = self.rest.first() == Some(&wanted);
        if found {
            self.next();
        }
        found
    }

    fn skip(&mut self, commas: Commas) {
        while let Some(b' ' | b'\t' | b'\n' | b'\r' | b',') = self.rest.first() {
            if commas == Commas::Needed && self.rest.first() == Some(&b',') {
                return;
            }
            self.next();
        }
    }

    fn value(&mut self, depth: u8) -> Option<Json> {
        self.skip(Commas::Needed);
        if self.eat(b'"') {
            return self.text().map(Json::Text);
        }
        if self.eat(b'[') {
            let depth = depth.checked_sub(1)?;
            let mut items = Vec::new();
            while self.has_item(items.is_empty(), b']')? {
                items.push(self.value(depth)?);
            }
            return Some(Json::List(items));
        }
        if self.eat(b'{') {
            let depth = depth.checked_sub(1)?;
            let mut fields = Vec::new();
            while self.has_item(fields.is_empty(), b'}')? {
                self.skip(Commas::Needed);
                let name = if self.eat(b'"') { self.text()? } else { return None };
                self.skip(Commas::Needed);
                if !self.eat(b':') {
                    return None;
                }
                fields.push((name, self.value(depth)?));
            }
            return Some(Json::Object(fields));
        }
        self.scalar()
    }

    /// Whether another item stands before `end`, or nothing for a text that is not JSON there.
    fn has_item(&mut self, is_first: bool, end: u8) -> Option<bool> {
        self.skip(self.commas);
        if self.eat(end) {
            Some(false)
        } else {
            (is_first || self.commas == Commas::Ignored || self.eat(b',')).then_some(true)
        }
    }

    fn scalar(&mut self) -> Option<Json> {
        let ends = |byte: &u8| b" \t\n\r,:{}[]\"".contains(byte);
        let length = self.rest.iter().position(ends).unwrap_or(self.rest.len());
        let (token, rest) = self.rest.split_at_checked(length)?;
        self.rest = rest;
        match token {
            b"null" => Some(Json::Null),
            b"true" => Some(Json::Bool(true)),
            b"false" => Some(Json::Bool(false)),
            _ if number(token)?.is_empty() => String::from_utf8(token.to_vec()).ok().map(Json::Number),
            _ => None,
        }
    }

    /// The text up to the closing quotation mark.
    fn text(&mut self) -> Option<String> {
        let mut bytes = Vec::new();
        loop {
            match self.next()? {
                b'"' => return String::from_utf8(bytes).ok(),
                b'\\' => {
                    let escaped = self.escaped()?;
                    bytes.extend_from_slice(escaped.encode_utf8(&mut [0; 4]).as_bytes());
                }
                0..=0x1f => return None,
                byte => bytes.push(byte),
            }
        }
    }

    fn escaped(&mut self) -> Option<char> {
        Some(match self.next()? {
            byte @ (b'"' | b'\\' | b'/') => char::from(byte),
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let first = self.hex()?;
                // Beyond the first 65536 characters two escapes stand for one.
                let code = match first.checked_sub(0xd800) {
                    Some(high @ 0..0x400) if self.eat(b'\\') && self.eat(b'u') => {
                        let low = self.hex()?.checked_sub(0xdc00).filter(|low| *low < 0x400)?;
                        0x1_0000 + (high << 10) + low
                    }
                    _ => first,
                };
                // A half of such a pair that stands alone is no character.
                return char::from_u32(code);
            }
            _ => return None,
        })
    }

    fn hex(&mut self) -> Option<u32> {
        let mut code = 0;
        for _ in 0..4 {
            code = code << 4 | char::from(self.next()?).to_digit(16)?;
        }
        Some(code)
    }
}

/// What follows the number that `bytes` begin with.
fn number(bytes: &[u8]) -> Option<&[u8]> {
    let unsigned = bytes.strip_prefix(b"-").unwrap_or(bytes);
    // A zero is the whole of its integer part.
    let mut rest = match unsigned {
        [b'0', rest @ ..] => rest,
        _ => digits(unsigned)?,
    };
    if let [b'.', fraction @ ..] = rest {
        rest = digits(fraction)?;
    }
    match rest {
        [b'e' | b'E', b'+' | b'-', exponent @ ..] | [b'e' | b'E', exponent @ ..] => digits(exponent),
        _ => Some(rest),
    }
}

/// What follows one digit or more.
fn digits(bytes: &[u8]) -> Option<&[u8]> {
    let length = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    if length == 0 { None } else { bytes.get(length..) }
}
