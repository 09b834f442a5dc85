//! Owns where the pages may be served: on this machine, for this machine. Opens nothing.

use std::net::{Ipv4Addr, SocketAddr};

/// `127.0.0.1:8075`, `[::1]:8075` or `localhost:8075`; port 0 is any free one.
pub(crate) fn loopback(text: &str) -> Result<SocketAddr, String> {
    let local = text.strip_prefix("localhost:").and_then(|port| port.parse().ok());
    let address = match local {
        Some(port) => SocketAddr::from((Ipv4Addr::LOCALHOST, port)),
        None => text
            .parse()
            .map_err(|_| "expected an address and a port, such as 127.0.0.1:8075".to_owned())?,
    };
    if address.ip().is_loopback() {
        return Ok(address);
    }
    let port = address.port();
    Err(format!(
        "the pages are served to this machine only, since whoever opens them tells phones where to fetch their \
         configuration, and nothing on the way is encrypted. Use 127.0.0.1:{port}; from another machine, reach it \
         through an SSH tunnel: ssh -L {port}:127.0.0.1:{port} this-machine"
    ))
}

/// The names under which a browser on this machine reaches `address`. Any other name in a request was made by somebody
/// who points his own name here (DNS rebinding).
pub(super) fn authorities(address: SocketAddr) -> Vec<String> {
    let port = address.port();
    let mut names = vec![match address {
        SocketAddr::V4(v4) => v4.ip().to_string(),
        SocketAddr::V6(v6) => format!("[{}]", v6.ip()),
    }];
    // Any other 127.x.y.z is not where localhost leads.
    if address.ip() == Ipv4Addr::LOCALHOST || address.is_ipv6() {
        names.push("localhost".into());
    }
    let with_port: Vec<String> = names.iter().map(|name| format!("{name}:{port}")).collect();
    // Browsers leave out the port that needs no mention.
    if port == 80 { [with_port, names].concat() } else { with_port }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_served() {
        for good in ["127.0.0.1:8075", "127.0.0.9:1", "[::1]:8075", "127.0.0.1:0"] {
            assert_eq!(loopback(good), Ok(good.parse().unwrap()));
        }
        assert_eq!(loopback("localhost:8075"), Ok(([127, 0, 0, 1], 8075).into()));
        for open in ["0.0.0.0:8075", "192.0.2.1:8075", "[::]:8075", "[::ffff:127.0.0.1]:8075"] {
            let error = loopback(open).unwrap_err();
            assert!(error.contains("ssh -L 8075:127.0.0.1:8075"), "{open}: {error}");
        }
        for bad in ["8075", "127.0.0.1", "localhost", "pbx:8075", ""] {
            assert!(loopback(bad).unwrap_err().contains("such as 127.0.0.1:8075"), "{bad}");
        }
    }

    #[test]
    fn it_is_known_by_its_own_names_only() {
        let of = |address: &str| authorities(address.parse().unwrap());
        assert_eq!(of("127.0.0.1:8075"), ["127.0.0.1:8075", "localhost:8075"]);
        assert_eq!(of("127.0.0.9:8075"), ["127.0.0.9:8075"]);
        assert_eq!(of("[::1]:8075"), ["[::1]:8075", "localhost:8075"]);
        assert_eq!(of("127.0.0.1:80"), ["127.0.0.1:80", "localhost:80", "127.0.0.1", "localhost"]);
    }
}
