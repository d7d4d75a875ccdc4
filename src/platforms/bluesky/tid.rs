//! The key of a record: 53 bits of microseconds since 1970 and 10 bits of chance, in base 32 that sorts. atproto.com/specs/tid

use crate::calendar::{DateTime, Utc};

const LETTERS: &[u8; 32] = b"234567abcdefghijklmnopqrstuvwxyz";

/// The key of an announcement first tried at `at`: milliseconds are the clock's; the microseconds below them and the clock's id are the
/// announcement's own, so that two of one moment differ.
pub(super) fn tid(seed: [u8; 16], at: DateTime<Utc>) -> String {
    let chance = seed.iter().fold(0_u64, |sum, byte| sum.wrapping_mul(257).wrapping_add(u64::from(*byte)));
    let milliseconds = u64::try_from(at.timestamp_millis()).unwrap_or(0);
    let microseconds = milliseconds.wrapping_mul(1_000).wrapping_add(chance % 1_000) & ((1 << 53) - 1);
    let number = microseconds << 10 | (chance / 1_000) & 0x3ff;
    (0..13).rev().map(|place| char::from(LETTERS[(number >> (place * 5) & 31) as usize])).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::calendar::instant::from_unix_seconds;

    #[test]
    fn keys_sort_by_the_moment_of_the_first_try() {
        let keys = [1_700_000_000, 1_700_000_001, 1_900_000_000].map(|at| tid([255; 16], from_unix_seconds(at).unwrap()));
        assert!(keys.is_sorted(), "{keys:?}");
        assert_eq!(keys[0].len(), 13);
    }

    #[test]
    fn the_key_is_the_same_each_time_it_is_asked_for() {
        let at = from_unix_seconds(1_796_311_800).unwrap();
        assert_eq!(tid([7; 16], at), tid([7; 16], at));
        assert_ne!(tid([7; 16], at), tid([8; 16], at));
    }

    proptest! {
        #[test]
        fn every_key_is_one_that_servers_take(seed: [u8; 16], at in 0_i64..253_402_300_799) {
            let key = tid(seed, from_unix_seconds(at).unwrap());
            prop_assert!(key.bytes().all(|letter| LETTERS.contains(&letter)), "{}", key);
            prop_assert!(b"234567abcdefghij".contains(&key.as_bytes()[0]), "{}", key);
        }
    }
}
