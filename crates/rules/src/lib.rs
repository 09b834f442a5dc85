//! The policy file, `fingerpost.toml`: [`Policy::parse`] reads it, [`Policy::decide`] answers what to do with a phone
//! and says why. Owns the file's keys and their meaning; knows no socket, no clock, no SIP message and no file system.
//!
//! ```
//! use fingerpost_core::pnp::{Decision, Identity};
//! use fingerpost_rules::{Asking, Policy};
//!
//! let policy = Policy::parse(r#"
//!     version = 1
//!     [[rule]]
//!     match = { vendor = "snom" }
//!     answer = { url = "http://pbx.example/%{mac}.xml" }
//! "#)?;
//! let phone = Identity::claimed("000413000001".parse().ok(), Some("snom"), None, None);
//! let outcome = policy.decide(&Asking::new(&phone));
//! assert_eq!(outcome.url.as_deref(), Some("http://pbx.example/000413000001.xml"));
//! assert!(matches!(outcome.decision, Decision::Answer(_)));
//! # Ok::<(), fingerpost_rules::PolicyErrors>(())
//! ```
#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod cidr;
mod condition;
mod decide;
mod edit;
mod error;
mod explain;
mod glob;
mod key_at;
mod keys;
mod mac_prefix;
mod nearest;
mod outcome;
mod parse;
mod parse_rule;
mod place;
mod policy;
mod reader;
mod schema;
mod status;
mod version;
mod warning;

pub use cidr::{Cidr, CidrError};
pub use condition::Condition;
pub use decide::Asking;
pub use edit::{Edit, EditError, FormAction, FormCondition, FormVariation, Place, RuleForm, edit};
pub use error::{PolicyError, PolicyErrors, PolicyWarning};
pub use key_at::{RuleKey, key_at};
pub use outcome::{ConditionResult, Considered, Outcome};
pub use policy::{Action, CATCH_ALL, Mode, Policy, Rule, Variation};
pub use schema::SCHEMA;
