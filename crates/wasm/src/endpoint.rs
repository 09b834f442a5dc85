//! Owns addresses as people write them: with or without a port.

use std::net::SocketAddr;

const EXPECTED: &str = "expected an address, with or without a port: 192.0.2.1 or 192.0.2.1:5060";

/// `192.0.2.1`, `192.0.2.1:5060`, `2001:db8::1` or `[2001:db8::1]:5060`; `port` where none is written.
pub(crate) fn socket(text: &str, port: u16) -> Result<SocketAddr, &'static str> {
    let text = text.trim();
    if let Ok(address) = text.parse() {
        return Ok(SocketAddr::new(address, port));
    }
    let socket = text.parse::<SocketAddr>().ok().filter(|socket| socket.port() != 0);
    socket.ok_or(EXPECTED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_may_be_left_out() {
        let socket = |text: &str| socket(text, 5060).map(|socket| socket.to_string());
        assert_eq!(socket(" 192.0.2.1").unwrap(), "192.0.2.1:5060");
        assert_eq!(socket("192.0.2.1:5062").unwrap(), "192.0.2.1:5062");
        assert_eq!(socket("2001:db8::1").unwrap(), "[2001:db8::1]:5060");
        for bad in ["", "pbx", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:99999", "192.0.2"] {
            assert!(socket(bad).is_err(), "{bad}");
        }
    }
}
