//! Owns what a phone makes of the URL that it was told: which files it asks for, and why. Pure.

use super::habit::{self, Fill, Habit};
use crate::phone::Phone;

/// One file that the phone asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// `firmware`, `configuration` or `file`.
    pub(super) what: &'static str,
    /// The URL as the phone asks for it.
    pub(super) url: String,
    /// What the phone did with what it was told; `None` where it takes it as it is.
    pub(super) explanation: Option<String>,
}

/// The files that `phone` asks for, in its order.
pub(super) fn targets(told: &str, phone: &Phone) -> Vec<Target> {
    let vendor = phone.vendor.as_deref().unwrap_or_default();
    let reader = Reader { phone, vendor, habit: habit::of(vendor) };
    let (with_scheme, mut notes) = schemed(told.trim());
    let filled = reader.filled(&with_scheme, &mut notes);
    if vendor == "audiocodes" {
        return reader.firmware_and_configuration(&filled, &notes);
    }
    let url = reader.in_folder(filled, &mut notes);
    vec![Target { what: "file", url, explanation: explained(&notes) }]
}

/// Without a scheme it is TFTP, as the `AudioCodes` manual has it for DHCP option 66.
fn schemed(told: &str) -> (String, Vec<String>) {
    if told.contains("://") {
        return (told.into(), Vec::new());
    }
    (format!("tftp://{told}"), vec!["it names no protocol: taken as tftp".into()])
}

fn explained(notes: &[String]) -> Option<String> {
    (!notes.is_empty()).then(|| notes.join("; "))
}

struct Reader<'a> {
    phone: &'a Phone,
    vendor: &'a str,
    habit: &'static Habit,
}

impl Reader<'_> {
    fn value(&self, fill: Fill) -> String {
        let mac = self.phone.mac;
        match fill {
            Fill::MacLower => mac.map(|mac| mac.to_string()).unwrap_or_default(),
            Fill::MacUpper => mac.map(|mac| format!("{mac:X}")).unwrap_or_default(),
            Fill::Model => self.phone.model.clone().unwrap_or_default(),
            Fill::Version => self.phone.version.clone().unwrap_or_default(),
        }
    }

    fn filled(&self, url: &str, notes: &mut Vec<String>) -> String {
        let mut filled = url.to_owned();
        for (placeholder, fill) in self.habit.placeholders {
            if filled.contains(placeholder) {
                filled = filled.replace(placeholder, &self.value(*fill));
                notes.push(format!("a phone of {} fills in {placeholder}", self.vendor));
            }
        }
        filled
    }

    /// A folder gets the name that this vendor's phones add.
    fn in_folder(&self, url: String, notes: &mut Vec<String>) -> String {
        let split = Split::of(&url);
        if !split.file.is_empty() {
            return url;
        }
        let Some((before, fill, behind)) = self.habit.in_folder else {
            notes.push(
                "it names a folder; which file a phone of this vendor adds is not known".into(),
            );
            return url;
        };
        let name = format!("{before}{}{behind}", self.value(fill));
        notes.push(format!("it names a folder: a phone of {} adds {name}", self.vendor));
        format!("{}{name}", split.folder)
    }

    /// `server`, `server/firmware`, `server/firmware;configuration` or `server/;configuration`; what is not named has
    /// a default name (manual of the 400HD series, 2.2.8, pages 48 to 55).
    fn firmware_and_configuration(&self, url: &str, notes: &[String]) -> Vec<Target> {
        let (firmware, configuration) = url.split_once(';').unwrap_or((url, ""));
        let split = Split::of(firmware);
        let target = |what, named: &str, default: String| {
            let mut notes = notes.to_vec();
            notes.push(match named {
                "" => format!("no {what} is named: an AudioCodes phone asks for {default}"),
                _ => {
                    format!("an AudioCodes phone reads firmware;configuration: this is the {what}")
                }
            });
            let name = if named.is_empty() { &default } else { named };
            Target { what, url: format!("{}{name}", split.folder), explanation: explained(&notes) }
        };
        vec![
            target("firmware", split.file, format!("{}.img", self.value(Fill::Model))),
            target("configuration", configuration, format!("{}.cfg", self.value(Fill::MacLower))),
        ]
    }
}

/// A URL's folder with its `/`, and the name behind it.
struct Split<'a> {
    folder: String,
    file: &'a str,
}

impl<'a> Split<'a> {
    fn of(url: &'a str) -> Self {
        let server = url.find("://").map_or(0, |at| at + 3);
        match url[server..].rfind('/') {
            Some(at) => {
                let (folder, file) = url.split_at(server + at + 1);
                Self { folder: folder.into(), file }
            }
            None => Self { folder: format!("{url}/"), file: "" },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fingerpost_core::pnp::Identity;

    fn urls(vendor: &str, told: &str) -> Vec<String> {
        let mac = "00908fabcdef".parse().ok();
        let identity = Identity::claimed(mac, Some(vendor), Some("440HD"), Some("2.2.8"));
        let targets = targets(told, &Phone::new(&identity, None));
        targets.into_iter().map(|target| target.url).collect()
    }

    #[test]
    fn an_audiocodes_phone_asks_for_firmware_and_configuration_in_all_four_forms() {
        for (told, firmware, configuration) in [
            ("tftp://10.13.4.121", "440HD.img", "00908fabcdef.cfg"),
            ("tftp://10.13.4.121/", "440HD.img", "00908fabcdef.cfg"),
            ("tftp://10.13.4.121/fw.img", "fw.img", "00908fabcdef.cfg"),
            ("tftp://10.13.4.121/fw.img;cfg.cfg", "fw.img", "cfg.cfg"),
            (
                "tftp://10.13.4.121/;<MODEL>_<MAC>_conf.cfg",
                "440HD.img",
                "440HD_00908fabcdef_conf.cfg",
            ),
            ("10.13.4.121", "440HD.img", "00908fabcdef.cfg"),
        ] {
            let expected =
                [firmware, configuration].map(|name| format!("tftp://10.13.4.121/{name}"));
            assert_eq!(urls("audiocodes", told), expected, "{told}");
        }
        assert_eq!(
            urls("audiocodes", "http://s/a/fw.img;c.cfg"),
            ["http://s/a/fw.img", "http://s/a/c.cfg"]
        );
    }

    #[test]
    fn each_vendors_placeholders_are_filled_in_and_no_others() {
        for (vendor, told, asked) in [
            ("snom", "http://s/{mac}.xml", "http://s/00908FABCDEF.xml"),
            ("fanvil", "http://s/$mac.cfg", "http://s/00908fabcdef.cfg"),
            ("yealink", "http://s/$PN/$MAC.cfg", "http://s/440HD/00908fabcdef.cfg"),
            (
                "panasonic",
                "http://s/{MODEL}-{MAC}-{mac}",
                "http://s/440HD-00908FABCDEF-00908fabcdef",
            ),
            ("cisco", "http://s/$MAU-$MA", "http://s/00908FABCDEF-00908fabcdef"),
            ("snom", "http://s/$mac<MAC>", "http://s/$mac<MAC>"),
            ("acme", "http://s/{mac}", "http://s/{mac}"),
        ] {
            assert_eq!(urls(vendor, told), [asked], "{vendor} {told}");
        }
    }

    #[test]
    fn a_folder_gets_the_vendors_own_file_name() {
        for (vendor, told, asked) in [
            ("grandstream", "http://s/gs/", "http://s/gs/cfg00908fabcdef.xml"),
            ("htek", "http://s/", "http://s/cfg00908FABCDEF.xml"),
            ("yealink", "tftp://s", "tftp://s/00908fabcdef.cfg"),
            ("panasonic", "http://s/p/", "http://s/p/440HD.cfg"),
            ("grandstream", "http://s/gs/own.xml", "http://s/gs/own.xml"),
            ("acme", "http://s/x/", "http://s/x/"),
        ] {
            assert_eq!(urls(vendor, told), [asked], "{vendor} {told}");
        }
    }

    #[test]
    fn says_what_was_made_of_it_and_nothing_where_it_is_taken_as_it_is() {
        let explanation = |vendor, told| {
            let identity = Identity::claimed(None, Some(vendor), Some("440HD"), None);
            targets(told, &Phone::new(&identity, None)).remove(0).explanation
        };
        assert_eq!(explanation("snom", "http://s/a.xml"), None);
        assert!(explanation("snom", "s/{mac}").unwrap().contains("taken as tftp; a phone of snom"));
        assert!(explanation("audiocodes", "tftp://s").unwrap().contains("440HD.img"));
        assert!(explanation("acme", "http://s/").unwrap().contains("is not known"));
    }
}
