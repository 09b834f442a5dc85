//! Owns putting two rows of things beside each other: as many alike as can be, in order. Knows no SIP.

use std::collections::BTreeSet;

/// Longer rows are put beside each other one by one, for the table would be too large.
const LONGEST: usize = 1 << 20;

/// Whether two things belong beside each other.
pub(super) trait Same {
    fn is_same(&self, other: &Self) -> bool;
}

/// Two places beside each other; one may be empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) left: Option<usize>,
    pub(super) right: Option<usize>,
}

/// The longest common subsequence; between two common things, what is left is paired in order.
pub(super) fn align<T: Same>(left: &[T], right: &[T]) -> Vec<Pair> {
    let mut pairs = Vec::new();
    let (mut at, mut other) = (0, 0);
    for (l, r) in common(left, right).into_iter().chain([(left.len(), right.len())]) {
        let gap = (l - at).max(r - other);
        let inside =
            |from: usize, to: usize, step: usize| (from + step < to).then_some(from + step);
        pairs.extend(
            (0..gap).map(|step| Pair { left: inside(at, l, step), right: inside(other, r, step) }),
        );
        if l < left.len() && r < right.len() {
            pairs.push(Pair { left: Some(l), right: Some(r) });
        }
        (at, other) = (l + 1, r + 1);
    }
    pairs
}

fn common<T: Same>(left: &[T], right: &[T]) -> Vec<(usize, usize)> {
    let width = right.len() + 1;
    if (left.len() + 1).saturating_mul(width) > LONGEST {
        return (0..left.len().min(right.len()))
            .filter(|at| left[*at].is_same(&right[*at]))
            .map(|at| (at, at))
            .collect();
    }
    // How long the longest one is of what stands from here on.
    let mut lengths = vec![0_usize; (left.len() + 1) * width];
    for l in (0..left.len()).rev() {
        for r in (0..right.len()).rev() {
            lengths[l * width + r] = if left[l].is_same(&right[r]) {
                lengths[(l + 1) * width + r + 1] + 1
            } else {
                lengths[(l + 1) * width + r].max(lengths[l * width + r + 1])
            };
        }
    }
    let (mut l, mut r, mut found) = (0, 0, Vec::new());
    while l < left.len() && r < right.len() {
        if left[l].is_same(&right[r]) {
            found.push((l, r));
            (l, r) = (l + 1, r + 1);
        } else if lengths[(l + 1) * width + r] >= lengths[l * width + r + 1] {
            l += 1;
        } else {
            r += 1;
        }
    }
    found
}

/// Which pairs stand in the same order on both sides: the longest such row of them.
pub(super) fn rising(pairs: &[Pair]) -> BTreeSet<usize> {
    let both: Vec<usize> = (0..pairs.len())
        .filter(|at| pairs[*at].left.is_some() && pairs[*at].right.is_some())
        .collect();
    let mut best: Vec<(usize, Option<usize>)> = Vec::new();
    for (index, at) in both.iter().enumerate() {
        let before = (0..index).filter(|other| pairs[both[*other]].right < pairs[*at].right);
        let longest = before.max_by_key(|other| best[*other].0);
        best.push((longest.map_or(1, |other| best[other].0 + 1), longest));
    }
    let mut next = (0..best.len()).max_by_key(|index| best[*index].0);
    let mut kept = BTreeSet::new();
    while let Some(index) = next {
        kept.insert(both[index]);
        next = best[index].1;
    }
    kept
}
