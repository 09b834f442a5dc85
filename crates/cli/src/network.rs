//! Owns what the commands that reach the network share: their runtime and the values they are told on the command line.

use std::net::Ipv4Addr;
use std::time::Duration;

/// One thread is enough: the engine is one task.
pub(crate) fn runtime() -> std::io::Result<tokio::runtime::Runtime> {
    tokio::runtime::Builder::new_current_thread().enable_all().build()
}

/// A multicast group.
pub(crate) fn multicast_group(text: &str) -> Result<Ipv4Addr, String> {
    let address: Ipv4Addr = text.parse().map_err(|_| "expected an IPv4 address".to_owned())?;
    if address.is_multicast() {
        Ok(address)
    } else {
        Err("not a multicast group: those are 224.0.0.0 to 239.255.255.255".into())
    }
}

/// `5s`, `500ms`, `1m 30s`.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let wrong = || "expected a time such as 5s or 500ms".to_owned();
    let duration: jiff::SignedDuration = text.parse().map_err(|_| wrong())?;
    Duration::try_from(duration).map_err(|_| wrong())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units() {
        assert_eq!(duration("5s"), Ok(Duration::from_secs(5)));
        assert_eq!(duration("1500ms"), Ok(Duration::from_millis(1500)));
        for bad in ["5", "", "-1s", "soon"] {
            assert!(duration(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_group_is_multicast() {
        assert!(multicast_group("224.0.1.75").is_ok());
        assert!(multicast_group("10.0.0.1").is_err());
    }
}
