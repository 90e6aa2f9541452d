//! SHA-256, HMAC-SHA256, and lower-case hexadecimal: all that the three schemes compute.

use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// The block length of SHA-256, to which HMAC brings every key.
const BLOCK: usize = 64;

/// HMAC-SHA256 of `message` under a key of any length.
pub fn hmac_sha256(key: &[u8], message: &[u8]) -> [u8; 32] {
    // The key is brought to block length here, as RFC 2104 §2 says, because the constructor that takes a
    // whole block cannot fail while the one that takes a slice returns a Result.
    let hashed = Sha256::digest(key);
    let short = if key.len() > BLOCK { hashed.as_slice() } else { key };
    let mut block = [0; BLOCK];
    for (slot, byte) in block.iter_mut().zip(short) {
        *slot = *byte;
    }
    let mut mac = Hmac::<Sha256>::new(&block.into());
    mac.update(message);
    mac.finalize().into_bytes().into()
}

/// SHA-256 as 64 lower-case hexadecimal digits.
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Lower-case hexadecimal, two digits for each byte.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|digit| char::from(digit_of(digit))).collect()
}

fn digit_of(value: u8) -> u8 {
    if value < 10 { b'0' + value } else { b'a' + value - 10 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_hmac_vectors_hold_for_keys_shorter_and_longer_than_a_block() {
        // RFC 4231, test cases 1, 2, 6 and 7.
        let cases: [(&[u8], &[u8], &str); 4] = [
            (&[0x0b; 20], b"Hi There", "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
            (
                b"Jefe",
                b"what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
            ),
            (
                &[0xaa; 131],
                b"Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
            ),
            (
                &[0xaa; 131],
                b"This is a test using a larger than block-size key and a larger than block-size data. The key needs to be hashed before being used by the HMAC algorithm.",
                "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2",
            ),
        ];
        for (key, message, expected) in cases {
            assert_eq!(hex(&hmac_sha256(key, message)), expected);
        }
    }

    #[test]
    fn a_key_of_exactly_one_block_is_used_as_it_is() {
        let mut reference = Hmac::<Sha256>::new_from_slice(&[7; 64]).unwrap();
        reference.update(b"message");
        let expected: [u8; 32] = reference.finalize().into_bytes().into();
        assert_eq!(hmac_sha256(&[7; 64], b"message"), expected);
        assert_ne!(hmac_sha256(&[7; 65], b"message"), expected);
    }

    #[test]
    fn the_hash_of_nothing_is_the_known_one() {
        assert_eq!(sha256_hex(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    }
}
