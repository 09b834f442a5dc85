//! Header values read by their grammar, on demand, borrowed from the message. One grammar a value: the same parse
//! serves typed access, the token tree and the checks. Knows no message as a whole and no policy.

mod auth;
mod call_id;
mod cseq;
mod date;
mod event;
mod host;
mod ipv4;
mod kept;
mod media;
mod mime;
mod name_addr;
mod numbers;
mod product;
mod read;
mod reason;
mod replaces;
mod subscription_state;
mod timestamp;
mod token_list;
mod uri;
mod via;
mod warning;

pub use auth::{AuthParams, Credentials};
pub use call_id::CallId;
pub use cseq::CSeq;
pub use date::Date;
pub use event::{Event, UaProfile};
pub use host::{Host, HostPort};
pub use media::{MediaRange, MediaType};
pub use mime::{Disposition, MimeVersion};
pub use name_addr::{Contact, NameAddr};
pub use numbers::{Interval, Number, RetryAfter};
pub use product::{Product, UserAgent};
pub use reason::Reason;
pub use replaces::Replaces;
pub use subscription_state::SubscriptionState;
pub use timestamp::Timestamp;
pub use token_list::ListToken;
pub use uri::{OtherUri, SipUri, Uri, UriParams};
pub use via::Via;
pub(crate) use via::{BRANCH_COOKIE, identifies_transaction, received_address};
pub use warning::Warning;

pub(crate) use kept::Kept;
pub(crate) use read::{Reading, Value, list, read, read_along, read_within, single};
