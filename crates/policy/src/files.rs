//! How long a browser may keep a file of the page.

/// A file whose name holds the hash of its content never changes.
pub const FOR_GOOD: &str = "public, max-age=31536000, immutable";
/// Every other file is asked for again each time, or a new build would be mixed with files of an old one.
pub const ASK_AGAIN: &str = "no-cache";

/// Whether a name has `-` and the up to 16 hexadecimal digits of a hash, which Trunk writes without leading
/// zeros. Fewer than 12 are as good as never a hash. `path` may hold folders, whose names do not count.
pub fn is_hashed(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(|byte| byte.is_ascii_hexdigit()).count();
        (12..=16).contains(&digits)
            && part.as_bytes().get(digits).is_none_or(|next| *next == b'.' || *next == b'_')
    })
}

/// The value of `Cache-Control` for a file by its path: [`FOR_GOOD`] or [`ASK_AGAIN`].
pub fn caching(path: &str) -> &'static str {
    if is_hashed(path) { FOR_GOOD } else { ASK_AGAIN }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_with_a_hash_are_kept_for_good() {
        assert!(is_hashed("rollwatch-0123456789abcdef.js"));
        assert!(is_hashed("/ops/rollwatch-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("base-theme-0123456789abcdef.css"));
        assert!(is_hashed("x-123456789abcdef.js"), "a hash without its leading zero");
        for changing in [
            "",
            "/",
            "index.html",
            "config.json",
            "boot.js",
            "icon-192.png",
            "x-20261120.js",
            "x-0123456789abcdef0.js",
            "0123456789abcdef.js",
            "x-0123456789abcdeg.js",
            "x-0123456789abcdef/index.html",
        ] {
            assert!(!is_hashed(changing), "{changing}");
            assert_eq!(caching(changing), ASK_AGAIN);
        }
    }
}
