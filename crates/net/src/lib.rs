//! Network cards, multicast joins and datagrams in and out, for Fingerpost. Bytes only: this crate knows no SIP.
//!
//! The contract:
//!
//! - **One listener per card**, bound to the *group* address and joined on that card alone, so that the socket itself
//!   says on which card a datagram arrived, and so that no unicast traffic of another program is ever taken away.
//! - **One unicast socket per card address**, never shared. Where its port is taken it gets another one, and says who
//!   holds the wanted one ([`HeldPort`]).
//! - **Answers leave from the receiving card's own address**: [`Lan::send`] is told which, never guesses.
//! - **Nothing is cut** (65,535-byte buffers), nothing is silently lost ([`Lan::dropped`] counts), a flood from one address
//!   fills at most half the queue, and which cards there
//!   are is told again and again ([`Incoming::Cards`]); [`changes`] says what has to happen then.
//!
//! ```no_run
//! # async fn run() -> Result<(), Box<dyn std::error::Error>> {
//! use fingerpost_net::{Incoming, Lan, choose_cards, list_cards};
//!
//! let mut lan = Lan::new();
//! for card in choose_cards(&list_cards()?, &[])? {
//!     lan.open_card(&card, "224.0.1.75".parse()?, 5060)?;
//! }
//! loop {
//!     let Incoming::Datagram(datagram) = lan.recv().await else { continue };
//!     let card = lan.card(datagram.card_index).ok_or("closed meanwhile")?;
//!     let from = card.address_towards(*datagram.source.ip());
//!     lan.send(from.network.address, datagram.source, b"hello").await?;
//! }
//! # }
//! ```
//!
//! Linux is what is tested. macOS takes the same path without `IP_MULTICAST_ALL`, untested. Windows cannot bind to a
//! group address: there the first unicast socket of a card joins the group itself and everything it hears counts as
//! sent to the group; this compiles and is untested.

mod card;
mod change;
mod choose;
mod group;
mod holder;
mod lan;
mod list;
mod members;
mod neighbours;
mod network;
mod open;
mod open_error;
mod phone_socket;
mod probe;
#[cfg(target_os = "linux")]
mod procfs;
#[cfg(target_os = "linux")]
mod procfs_net;
mod receive;
mod shares;
mod socket;
mod watch;

pub use card::{Card, CardKind};
pub use change::{Change, Loss, Renewal, changes, left_out_tunnels, missing};
pub use choose::{ChooseError, LeftOut, Unsuitable, choose_cards, suitability};
pub use holder::{HeldPort, Holder, port_holders};
pub use lan::{Lan, SendError};
pub use list::{CardsError, list_cards};
pub use members::{Membership, Traffic, group_members, hardware_address, traffic};
pub use neighbours::Neighbours;
pub use network::Ipv4Network;
pub use open::{CardAddress, CardSockets, OpenCard};
pub use open_error::OpenError;
pub use phone_socket::PhoneSocket;
pub use probe::GroupProbe;
pub use receive::{Datagram, Destination, Fault, Incoming};
