//! One hash for tokens and names: FNV-1a, 64 bits, the same on every machine and in every release.

/// Hash of texts in order; the borders between them count.
pub(crate) fn hash<'t>(texts: impl IntoIterator<Item = &'t str>) -> u64 {
    let mut state: u64 = 0xcbf2_9ce4_8422_2325;
    for text in texts {
        for byte in text.bytes().chain([0xff]) {
            state = (state ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
    state
}

/// Hash of a hash and what comes on top of it.
pub(crate) fn mix(a: u64, b: u64) -> u64 {
    (a ^ b.rotate_left(23)).wrapping_mul(0x0100_0000_01b3)
}
