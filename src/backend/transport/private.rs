//! Which addresses are within a private network, so that no answer of a backend leads a command there.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, ToSocketAddrs};

use url::{Host, Url};

/// How names end that are never public.
const PRIVATE_NAMES: [&str; 5] = [".localhost", ".local", ".internal", ".lan", ".home.arpa"];

/// Whether an address is on this machine or within a private network. A name is looked up.
pub fn is_private(url: &Url) -> bool {
    has_private_host(url, |name| {
        let port = url.port_or_known_default().unwrap_or(80);
        // A name without an address leads nowhere.
        let found = (name, port).to_socket_addrs();
        found.is_ok_and(|mut found| found.any(|socket| is_private_ip(socket.ip())))
    })
}

/// The same, but names are not looked up: only those count that can't be public, such as `localhost`.
pub fn is_private_by_name(address: &str) -> bool {
    let Ok(url) = Url::parse(address) else { return false };
    has_private_host(&url, |name| {
        let name = name.trim_end_matches('.');
        !name.contains('.') || PRIVATE_NAMES.iter().any(|end| name.ends_with(end))
    })
}

fn has_private_host(url: &Url, is_private_name: impl FnOnce(&str) -> bool) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => is_private_ip(address.into()),
        Some(Host::Ipv6(address)) => is_private_ip(address.into()),
        Some(Host::Domain(name)) => is_private_name(name),
        None => false,
    }
}

fn is_private_ip(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_private_v4(address),
        IpAddr::V6(address) => is_private_v6(address),
    }
}

fn is_private_v4(address: Ipv4Addr) -> bool {
    let [first, second, ..] = address.octets();
    // 100.64.0.0/10 is the private network of a provider.
    let is_of_provider = first == 100 && (64..128).contains(&second);
    address.is_private() || address.is_loopback() || address.is_link_local() || first == 0 || is_of_provider
}

fn is_private_v6(address: Ipv6Addr) -> bool {
    if let Some(address) = address.to_ipv4() {
        return is_private_v4(address);
    }
    address.is_unique_local() || address.is_unicast_link_local()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_of_this_machine_or_of_its_network_is_private() {
        for address in [
            "http://127.0.0.1/",
            "http://2130706433/",
            "http://0.0.0.0:8080/",
            "http://10.1.2.3/",
            "http://172.16.0.1/",
            "http://192.168.0.1/",
            "http://169.254.169.254/latest/meta-data/",
            "http://100.100.0.1/",
            "http://[::1]/",
            "http://[fd00::1]/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "http://localhost/",
        ] {
            assert!(is_private(&Url::parse(address).expect(address)), "{address}");
        }
    }

    #[test]
    fn any_other_address_is_public() {
        for address in [
            "http://203.0.113.7/",
            "https://[2001:db8::1]/",
            "http://172.32.0.1/",
            "http://no.invalid/",
        ] {
            assert!(!is_private(&Url::parse(address).expect(address)), "{address}");
        }
    }
}
