//! Owns what is known of each vendor's phones, as data with its evidence: how they ask, in which shape they are answered
//! by default, and what else they want. Facts come from captures and documents; nothing here is measured by ourselves
//! against a real phone.

use super::Dialect;

/// How well a fact is known. The earlier ones weigh more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(clippy::exhaustive_enums, reason = "the four kinds of evidence are the project's own")]
pub enum Mark {
    /// Seen in a capture, or in a trace of one.
    Captured,
    /// Printed by the vendor, or by who makes servers for its phones.
    Documented,
    /// What a tool does that is used with such phones, or what its author says.
    Tool,
    /// Concluded from something else.
    Inferred,
}

impl Mark {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Captured => "captured",
            Self::Documented => "documented",
            Self::Tool => "tool",
            Self::Inferred => "inferred",
        }
    }
}

/// What is known of some phones of one vendor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Practice {
    /// Canonical vendor name; empty for phones of which nothing is known.
    pub vendor: &'static str,
    /// How the models' names begin, in lower case; empty for all.
    pub models: &'static str,
    /// How they ask, in words.
    pub asks: &'static str,
    /// How well that is known.
    pub asks_mark: Mark,
    /// The shape they are answered in by default.
    pub dialect: Dialect,
    /// Whether their URL must be a folder's: end in a slash.
    pub wants_folder: bool,
    /// How well it is known what they take.
    pub answer_mark: Mark,
    /// What that rests on, and what else they want, in words.
    pub remark: &'static str,
}

const UNKNOWN: Practice = Practice {
    vendor: "",
    models: "",
    asks: "any SUBSCRIBE for `ua-profile` that takes `application/url`",
    asks_mark: Mark::Inferred,
    dialect: Dialect::Auto,
    wants_folder: false,
    answer_mark: Mark::Inferred,
    remark: "an unknown vendor's phone is a phone all the same",
};

/// By vendor; those with a model's name stand before those without.
pub static ALL: &[Practice] = &[
    Practice {
        vendor: "audiocodes",
        asks: "no MAC anywhere (known by the link layer); `profile-type=\"application\"`; no vendor parameter",
        asks_mark: Mark::Documented,
        dialect: Dialect::Manual,
        answer_mark: Mark::Documented,
        remark: "the 400HD manual prints the exchange; whether such phones take the RFC form is not known",
        ..UNKNOWN
    },
    Practice {
        vendor: "snom",
        models: "snomm",
        asks: "DECT bases: From without the MAC, which stands in the Request-URI, To and User-Agent (`MAC=`)",
        asks_mark: Mark::Documented,
        answer_mark: Mark::Documented,
        remark: "the base answers the NOTIFY with 200",
        ..UNKNOWN
    },
    Practice {
        vendor: "snom",
        asks: "`MAC%3a` and upper-case digits; no branch in Via; older ones name vendor and model `OEM`",
        asks_mark: Mark::Captured,
        answer_mark: Mark::Captured,
        remark: "servers of both forms are in use with them; `{mac}` is filled in by the phone",
        ..UNKNOWN
    },
    Practice {
        vendor: "yealink",
        asks: "`MAC` and digits without a separator, also in Contact, from port 5059; newer ones `MAC%3a`, 5060, and the MAC in User-Agent; once a boot",
        asks_mark: Mark::Captured,
        dialect: Dialect::Rfc,
        answer_mark: Mark::Tool,
        remark: "a W52P took the RFC form; T43U and T46S take a NOTIFY without a 200, and `effective-by=0`",
        ..UNKNOWN
    },
    Practice {
        vendor: "grandstream",
        models: "grp",
        asks: "`MAC%3A` and upper-case digits, from port 5080, CSeq 20000; five times, until 200 or 500",
        asks_mark: Mark::Captured,
        wants_folder: true,
        answer_mark: Mark::Captured,
        remark: "the URL must be a folder and end in `/`; UCM servers send 202 and a NOTIFY without Subscription-State",
        ..UNKNOWN
    },
    Practice {
        vendor: "grandstream",
        asks: "as the GRP series, also from port 5060",
        asks_mark: Mark::Inferred,
        answer_mark: Mark::Tool,
        remark: "a server of the manual's form names them as tested",
        ..UNKNOWN
    },
    Practice {
        vendor: "fanvil",
        asks: "the MAC in User-Agent (and in the Request-URI); the model parameter says `VOIP PHONE`; again every hour",
        asks_mark: Mark::Tool,
        answer_mark: Mark::Tool,
        remark: "servers of the manual's form name them as tested; they fetch on an unsolicited NOTIFY, too",
        ..UNKNOWN
    },
    Practice {
        vendor: "planet",
        asks: "`MAC=` and digits; From without a tag; `Event:` without a space",
        asks_mark: Mark::Documented,
        answer_mark: Mark::Documented,
        remark: "`$mac` and `$input` are filled in by the phone",
        ..UNKNOWN
    },
    Practice {
        vendor: "gigaset",
        asks: "`MAC%3A` and upper-case digits at the host `local`; vendor and model `OEM`: the product stands in User-Agent",
        asks_mark: Mark::Documented,
        answer_mark: Mark::Documented,
        remark: "some ask a redirect server first",
        ..UNKNOWN
    },
    Practice {
        vendor: "panasonic",
        asks: "the parameter is spelt `vender`; once a start, for 5 s",
        asks_mark: Mark::Tool,
        answer_mark: Mark::Documented,
        remark: "the 200 is optional; placeholders are case-sensitive",
        ..UNKNOWN
    },
    Practice {
        vendor: "htek",
        asks: "the common spelling, vendor `Htek`; five times, until 200, 500 or time-out",
        asks_mark: Mark::Tool,
        answer_mark: Mark::Tool,
        remark: "a server of the manual's form names them as tested; Sangoma's S series and ClearlyIP are made by Htek",
        ..UNKNOWN
    },
    Practice {
        vendor: "atcom",
        asks: "`MAC%3a` and digits; vendor and model both say `ATCOM`",
        asks_mark: Mark::Tool,
        remark: "serve the file under both cases of the MAC",
        ..UNKNOWN
    },
    Practice {
        vendor: "vtech",
        asks: "as snom phones do, whose firmware they run",
        remark: "as snom phones",
        ..UNKNOWN
    },
    Practice {
        vendor: "escene",
        asks: "the common spelling",
        answer_mark: Mark::Tool,
        remark: "a server of the manual's form has a rule for them, with a folder as the URL",
        ..UNKNOWN
    },
    Practice {
        vendor: "akuvox",
        asks: "the common spelling",
        asks_mark: Mark::Inferred,
        answer_mark: Mark::Documented,
        remark: "the vendor describes SUBSCRIBE and NOTIFY, no message is printed",
        ..UNKNOWN
    },
    Practice {
        vendor: "flyingvoice",
        asks: "the common spelling",
        answer_mark: Mark::Documented,
        remark: "the URL may be the file itself or a folder",
        ..UNKNOWN
    },
    UNKNOWN,
];

/// What is known of a phone's kind, by canonical vendor name and model.
#[must_use]
pub fn of(vendor: Option<&str>, model: Option<&str>) -> &'static Practice {
    let model = model.unwrap_or_default().to_ascii_lowercase();
    let is_of = |practice: &&Practice| {
        vendor == Some(practice.vendor) && model.starts_with(practice.models)
    };
    ALL.iter().find(is_of).unwrap_or(&UNKNOWN)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_model_of_a_vendor_is_told_from_its_others() {
        assert!(of(Some("grandstream"), Some("GRP2612W")).wants_folder);
        assert!(!of(Some("grandstream"), Some("GXP2170")).wants_folder);
        assert_eq!(of(Some("snom"), Some("snomM700")).models, "snomm");
        assert_eq!(of(Some("snom"), Some("snomD120")).models, "");
        assert_eq!(of(Some("nobody"), None).vendor, "");
        assert_eq!(of(None, None).dialect, Dialect::Auto);
    }

    #[test]
    fn a_row_for_some_models_stands_before_the_one_for_all() {
        for (at, row) in ALL.iter().enumerate().filter(|(_, row)| row.models.is_empty()) {
            let later = ALL[at + 1..].iter().find(|later| later.vendor == row.vendor);
            assert_eq!(later, None, "never reached");
        }
    }

    #[test]
    fn every_imitated_vendor_is_described() {
        for profile in super::super::profile::ALL.iter().filter(|one| one.vendor != "generic") {
            assert_eq!(of(Some(profile.vendor), Some(profile.model)).vendor, profile.vendor);
        }
    }
}
