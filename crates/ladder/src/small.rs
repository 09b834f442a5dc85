//! Owns numbers that may be missing, in four bytes: a large trace holds very many of them.

use std::num::NonZeroU32;

/// A number, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(crate) struct Small(Option<NonZeroU32>);

impl Small {
    pub(crate) const NONE: Self = Self(None);

    /// No trace has so many messages that a number of them would not fit.
    pub(crate) fn of(number: usize) -> Self {
        let next = u32::try_from(number).ok().and_then(|number| number.checked_add(1));
        Self(next.and_then(NonZeroU32::new))
    }

    pub(crate) fn get(self) -> Option<usize> {
        self.0.and_then(|number| usize::try_from(number.get() - 1).ok())
    }

    pub(crate) const fn is_some(self) -> bool {
        self.0.is_some()
    }
}

/// Microseconds, or none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Micros(u64);

impl Default for Micros {
    fn default() -> Self {
        Self(u64::MAX)
    }
}

impl Micros {
    pub(crate) fn of(micros: Option<u64>) -> Self {
        micros.map_or_else(Self::default, Self)
    }

    pub(crate) fn get(self) -> Option<u64> {
        (self.0 != u64::MAX).then_some(self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_comes_back_and_none_stays_none() {
        for number in [0, 1, 172_892] {
            assert_eq!(Small::of(number).get(), Some(number));
        }
        assert_eq!((Small::NONE.get(), size_of::<Small>()), (None, 4));
        assert_eq!((Micros::of(Some(0)).get(), Micros::of(None).get()), (Some(0), None));
    }
}
