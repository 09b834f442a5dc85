//! Owns how each vendor's phones are asked to fetch their configuration anew. No RFC describes check-sync: the words are
//! the vendors'.

use alloc::string::String;

/// How a vendor's phone is asked, and what is known of what it does then.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SyncEvent {
    /// The value of Event.
    pub event: String,
    /// Whether the phone wants the URL as the body.
    pub wants_url: bool,
    /// What it does, where that is not what was asked for.
    pub warning: Option<&'static str>,
}

const REBOOTS_ANYHOW: &str = "phones of this vendor restart whatever is asked";
const IGNORES: &str = "N510 and N720 bases take no notice of it";

/// How a phone of `vendor` (canonical lower-case name) is asked to fetch its configuration anew, and to restart for it or
/// not. Most take `check-sync;reboot=`; Grandstream and Fanvil phones know the bare word, and restart.
#[must_use]
pub fn sync_event(vendor: Option<&str>, reboot: bool) -> SyncEvent {
    let bare = matches!(vendor, Some("grandstream" | "fanvil"));
    let event = match (bare, reboot) {
        (true, _) => "check-sync",
        (false, true) => "check-sync;reboot=true",
        (false, false) => "check-sync;reboot=false",
    };
    let warning = match vendor {
        Some("gigaset") => Some(IGNORES),
        _ if bare && !reboot => Some(REBOOTS_ANYHOW),
        _ => None,
    };
    SyncEvent { event: event.into(), wants_url: vendor == Some("fanvil"), warning }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_vendor_is_asked_in_its_own_words() {
        let event = |vendor, reboot| sync_event(Some(vendor), reboot).event;
        assert_eq!(event("yealink", true), "check-sync;reboot=true");
        assert_eq!(event("yealink", false), "check-sync;reboot=false");
        assert_eq!(event("grandstream", true), "check-sync");
        assert!(sync_event(Some("fanvil"), true).wants_url);
        assert!(sync_event(Some("fanvil"), false).warning.is_some());
        assert!(sync_event(None, false).warning.is_none());
    }
}
