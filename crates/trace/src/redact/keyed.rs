//! Owns the keyed hash behind every pseudonym: SipHash-2-4 (Aumasson, Bernstein 2012), a pseudorandom function with a
//! key of 128 bits. Whoever has not got the key cannot try out numbers.

/// The key of a trace's pseudonyms.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Key([u8; 16]);

impl std::fmt::Debug for Key {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Key(..)")
    }
}

impl Key {
    /// A key of these bytes, which nobody must be able to guess.
    #[must_use]
    pub const fn new(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// The hash of `text`.
    pub(super) fn hash(self, text: &[u8]) -> u64 {
        let word = |bytes: &[u8]| {
            let mut word = [0; 8];
            word[..bytes.len()].copy_from_slice(bytes);
            u64::from_le_bytes(word)
        };
        let (k0, k1) = (word(&self.0[..8]), word(&self.0[8..]));
        let mut state = State([
            k0 ^ 0x736f_6d65_7073_6575,
            k1 ^ 0x646f_7261_6e64_6f6d,
            k0 ^ 0x6c79_6765_6e65_7261,
            k1 ^ 0x7465_6462_7974_6573,
        ]);
        let chunks = text.chunks_exact(8);
        let last = word(chunks.remainder()) | (text.len() as u64) << 56;
        for block in chunks.map(word).chain([last]) {
            state.0[3] ^= block;
            state.rounds(2);
            state.0[0] ^= block;
        }
        state.0[2] ^= 0xff;
        state.rounds(4);
        state.0.iter().fold(0, |hash, word| hash ^ word)
    }
}

struct State([u64; 4]);

impl State {
    const fn rounds(&mut self, count: usize) {
        let [mut a, mut b, mut c, mut d] = self.0;
        let mut round = 0;
        while round < count {
            a = a.wrapping_add(b);
            b = b.rotate_left(13) ^ a;
            a = a.rotate_left(32);
            c = c.wrapping_add(d);
            d = d.rotate_left(16) ^ c;
            a = a.wrapping_add(d);
            d = d.rotate_left(21) ^ a;
            c = c.wrapping_add(b);
            b = b.rotate_left(17) ^ c;
            c = c.rotate_left(32);
            round += 1;
        }
        self.0 = [a, b, c, d];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the paper's appendix: key 00..0f, text 00..0e.
    #[test]
    fn the_hash_is_siphash_2_4() {
        let key = Key::new(std::array::from_fn(|index| u8::try_from(index).unwrap()));
        let text: Vec<u8> = (0..15).collect();
        assert_eq!(key.hash(&text), 0xa129_ca61_49be_45e5);
        assert_eq!(key.hash(&[]), 0x726f_db47_dd0e_0e31);
    }
}
