//! Header values read by their grammar, on demand, borrowed from the message. One grammar a value: the same parse
//! serves typed access, the token tree and the checks. Knows no message as a whole and no policy.

mod auth;
mod call_id;
mod cseq;
mod event;
mod host;
mod ipv4;
mod media;
mod name_addr;
mod numbers;
mod product;
mod read;
mod subscription_state;
mod token_list;
mod uri;
mod via;

pub use auth::Credentials;
pub use call_id::CallId;
pub use cseq::CSeq;
pub use event::{Event, UaProfile};
pub use host::{Host, HostPort};
pub use media::{MediaRange, MediaType};
pub use name_addr::{Contact, NameAddr};
pub use numbers::{Number, RetryAfter};
pub use product::{Product, UserAgent};
pub use subscription_state::SubscriptionState;
pub use token_list::ListToken;
pub use uri::{OtherUri, SipUri, Uri, UriParams};
pub use via::Via;

pub(crate) use read::{Reading, Value, list, read, single};
