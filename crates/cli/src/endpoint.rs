//! Owns addresses as people write them: with or without a port.

use std::net::{IpAddr, SocketAddr};
use std::str::FromStr;

/// `192.0.2.1`, `192.0.2.1:5060`, `2001:db8::1` or `[2001:db8::1]:5060`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Endpoint {
    address: IpAddr,
    port: Option<u16>,
}

impl Endpoint {
    /// The address with its port, or with `default` where none was written.
    pub(crate) fn socket(self, default: u16) -> SocketAddr {
        SocketAddr::new(self.address, self.port.unwrap_or(default))
    }
}

impl FromStr for Endpoint {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        if let Ok(address) = text.parse() {
            return Ok(Self { address, port: None });
        }
        match text.parse::<SocketAddr>() {
            Ok(socket) if socket.port() != 0 => {
                Ok(Self { address: socket.ip(), port: Some(socket.port()) })
            }
            _ => Err("expected an address, with or without a port: 192.0.2.1 or 192.0.2.1:5060"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_may_be_left_out() {
        let socket = |text: &str| text.parse::<Endpoint>().map(|e| e.socket(5060).to_string());
        assert_eq!(socket("192.0.2.1").unwrap(), "192.0.2.1:5060");
        assert_eq!(socket("192.0.2.1:5062").unwrap(), "192.0.2.1:5062");
        assert_eq!(socket("2001:db8::1").unwrap(), "[2001:db8::1]:5060");
        for bad in ["", "pbx", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:99999", "192.0.2"] {
            assert!(socket(bad).is_err(), "{bad}");
        }
    }
}
