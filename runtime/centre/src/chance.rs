//! Chance without a die: the same call is always on the same side.

/// A number 0..1, evenly spread over ids, the same for the same id and salt on every machine.
#[must_use]
pub fn of(id: &str, salt: &str) -> f64 {
    // FNV-1a over both texts, then the finalizer of MurmurHash3 (Appleby, public domain), which spreads every bit.
    let bytes = salt.bytes().chain([0]).chain(id.bytes());
    let hash = bytes.fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    let hash = (hash ^ (hash >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    let bits = (hash ^ (hash >> 33)) >> 11;
    bits as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn is_even_and_independent_of_other_salts() {
        let ids: Vec<String> = (0..20_000).map(|n| format!("call-{n}")).collect();
        let below = |salt: &str, share: f64| ids.iter().filter(|id| of(id, salt) < share).count();
        assert!((1_800..2_200).contains(&below("a", 0.1)), "{}", below("a", 0.1));
        let both = ids.iter().filter(|id| of(id, "a") < 0.5 && of(id, "b") < 0.5).count();
        assert!((4_700..5_300).contains(&both), "{both}");
    }

    #[test]
    fn is_the_same_for_the_same_call() {
        assert_eq!(of("call-1", "sample").to_bits(), of("call-1", "sample").to_bits());
        assert!((0.0..1.0).contains(&of("", "")));
    }
}
