//! Owns how numbers and hardware addresses are spelled for people.

use fingerpost_core::pnp::Mac;

/// `1,234,567`
pub(crate) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut spelled = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            spelled.push(',');
        }
        spelled.push(digit);
    }
    spelled
}

/// `1 socket`, `2 sockets`
pub(crate) fn counted(count: u64, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{} {what}s", grouped(count)) }
}

/// `00:90:8f:4a:11:02`
pub(crate) fn colons(mac: Mac) -> String {
    mac.bytes().map(|byte| format!("{byte:02x}")).join(":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped_and_counted() {
        let spelled = [0, 999, 1_000, 1_234_567].map(grouped);
        assert_eq!(spelled, ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(
            (counted(1, "socket"), counted(0, "socket")),
            ("1 socket".into(), "0 sockets".into())
        );
    }

    #[test]
    fn hardware_addresses_have_colons() {
        assert_eq!(colons(Mac::new([0, 0x90, 0x8F, 0x4A, 0x11, 2])), "00:90:8f:4a:11:02");
    }
}
