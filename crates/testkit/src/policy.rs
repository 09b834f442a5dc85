//! Owns ready-made policies for simulated servers.

use fingerpost_core::pnp::{Answer, Asked, Decision, Dialect};

/// Everyone gets `url` in `dialect`.
pub fn answering(
    url: impl Into<String>,
    dialect: Dialect,
) -> impl FnMut(&Asked) -> Option<Decision> + 'static {
    let url = url.into();
    move |_| Some(Decision::Answer(Answer::new(url.clone(), dialect, "everyone")))
}

/// Everyone gets `url` in the dialect that is the vendor's default.
pub fn by_vendor(url: impl Into<String>) -> impl FnMut(&Asked) -> Option<Decision> + 'static {
    let url = url.into();
    move |asked| {
        let dialect = Dialect::for_vendor(asked.phone.vendor.as_deref());
        Some(Decision::Answer(Answer::new(url.clone(), dialect, "vendor")))
    }
}

/// Nobody ever decides.
pub fn undecided() -> impl FnMut(&Asked) -> Option<Decision> + 'static {
    |_| None
}
