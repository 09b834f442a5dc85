//! Owns runs: the longest start of an input that is made of one class of bytes. Nearly every byte of a value is read
//! here, and once.

use super::{Expected, Fault, Parsed, work};

/// Any number of bytes that `is` takes.
pub(crate) fn run(is: impl Fn(u8) -> bool) -> impl Fn(&[u8]) -> Parsed<'_, &[u8]> {
    move |input| {
        let (found, rest) = input.split_at(run_length(input, &is));
        Ok((rest, found))
    }
}

/// At least one byte that `is` takes; else `expected` should have stood there.
pub(crate) fn run1(
    is: impl Fn(u8) -> bool,
    expected: Expected,
) -> impl Fn(&[u8]) -> Parsed<'_, &[u8]> {
    move |input| match run_length(input, &is) {
        0 => Err(Fault::error(input, expected)),
        end => Ok((&input[end..], &input[..end])),
    }
}

/// How long the run at the start of `input` is.
pub(crate) fn run_length(input: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let end = search(input, is);
    work::count(end + 1);
    end
}

/// Eight bytes a turn, because counting and comparing for each costs as much as looking.
fn search(input: &[u8], is: impl Fn(u8) -> bool) -> usize {
    let mut at = 0;
    while let Some(eight) = input[at..].first_chunk::<8>() {
        match eight.iter().position(|byte| !is(*byte)) {
            Some(end) => return at + end,
            None => at += 8,
        }
    }
    input[at..].iter().position(|byte| !is(*byte)).map_or(input.len(), |end| at + end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::is_digit;

    #[test]
    fn a_run_ends_at_the_first_byte_of_another_class_wherever_that_stands() {
        for length in 0..40 {
            let input = [b"7".repeat(length), b"a7".to_vec()].concat();
            assert_eq!(run(is_digit)(&input).unwrap().1.len(), length);
            assert_eq!(run(is_digit)(&input[..length]).unwrap().0, b"");
            assert_eq!(run1(is_digit, Expected::Number)(&input).is_ok(), length > 0);
        }
    }
}
