//! How an operator writes origins and hosts.

/// An origin as browsers write it, or what to write.
pub fn origin(text: &str) -> Result<String, String> {
    let origin = text.trim_end_matches('/').to_ascii_lowercase();
    let name = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let fits = |name: &str| {
        !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._:[]".contains(&b))
    };
    match name {
        Some(name) if fits(name) => Ok(origin),
        _ => Err("give the page's origin alone, such as https://watch.example".to_owned()),
    }
}

/// A host name without scheme, port or path, or what to write.
pub fn host(text: &str) -> Result<String, String> {
    let bracketed = text.starts_with('[') && text.ends_with(']');
    let fits = |b: u8| b.is_ascii_alphanumeric() || b"-._".contains(&b) || (bracketed && b"[]:".contains(&b));
    if !text.is_empty() && text.bytes().all(fits) {
        Ok(text.to_ascii_lowercase())
    } else {
        Err("give the name alone, such as proxy.example, without scheme and port".to_owned())
    }
}
