//! A small seeded generator, so that one seed always tells the same story.

/// SplitMix64: 64 bits of state, and any seed is a good one.
#[derive(Debug, Clone)]
pub(crate) struct Random(u64);

impl Random {
    /// A generator of its own for one subject of a seed, so that a story does not change when another one
    /// draws more or fewer numbers.
    pub fn of(seed: u64, subject: &str, round: u64) -> Self {
        let mut random = Random(seed);
        let mut state = random.draw() ^ round;
        for byte in subject.bytes() {
            state = Random(state ^ u64::from(byte)).draw();
        }
        Random(state)
    }

    pub fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number from `low` up to, and without, `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        let unit = (self.draw() >> 11) as f64 / (1u64 << 53) as f64;
        low + unit * (high - low)
    }

    /// A text of lower-case letters and digits.
    pub fn word(&mut self, length: usize) -> String {
        const LETTERS: &[u8; 32] = b"abcdefghijkmnpqrstuvwxyz23456789";
        (0..length).filter_map(|_| LETTERS.get((self.draw() % 32) as usize)).map(|b| char::from(*b)).collect()
    }

    /// A text in the form of a UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.draw(), self.draw());
        format!(
            "{:08x}-{:04x}-{:04x}-{:04x}-{:012x}",
            high >> 32,
            (high >> 16) & 0xffff,
            high & 0xffff,
            low >> 48,
            low & 0xffff_ffff_ffff
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_first_numbers_of_the_generator_come_out() {
        let mut random = Random(1_234_567);
        assert_eq!(random.draw(), 6_457_827_717_110_365_317);
        assert_eq!(random.draw(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn every_subject_and_round_has_numbers_of_its_own() {
        let first = |seed, subject, round| Random::of(seed, subject, round).draw();
        assert_eq!(first(7, "1001", 0), first(7, "1001", 0));
        let all = [first(7, "1001", 0), first(7, "1001", 1), first(7, "1002", 0), first(8, "1001", 0)];
        for (index, one) in all.iter().enumerate() {
            assert!(!all[index + 1..].contains(one));
        }
    }

    #[test]
    fn numbers_stay_between_their_limits() {
        let mut random = Random::of(1, "limits", 0);
        assert!((0..1000).map(|_| random.between(0.7, 1.3)).all(|number| (0.7..1.3).contains(&number)));
    }
}
