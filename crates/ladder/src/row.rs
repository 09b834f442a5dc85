//! Owns [`Row`]: one message as an arrow from lane to lane.

/// One message of a ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[non_exhaustive]
pub struct Row {
    /// The lane that sent it.
    pub from: usize,
    /// The lane that it was sent to.
    pub to: usize,
    /// The port that it was sent from.
    pub from_port: Option<u16>,
    /// The port that it was sent to.
    pub to_port: Option<u16>,
    /// Whether the lanes were read from Via, Contact and Request-URI, because no capture named the addresses.
    pub is_deduced: bool,
    /// Request or response.
    pub kind: RowKind,
    /// What stands on the arrow: `SUBSCRIBE`, `200 OK`.
    pub label: String,
    /// What tells more about it in few words (perhaps nothing): the event, the URL, the method that is answered.
    pub detail: String,
    /// When it was heard, in microseconds since the first row that has a time.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub time: Option<u64>,
    /// Of a response: microseconds since its request was first heard.
    #[cfg_attr(feature = "ts", ts(type = "number | null"))]
    pub took: Option<u64>,
    /// Its conversation: rows of one Call-ID have one number, counted from 0.
    pub call: usize,
    /// Its dialog (RFC 3261 §12), where it has one, counted from 0.
    pub dialog: Option<usize>,
    /// Its transaction (RFC 3261 §17), counted from 0.
    pub transaction: usize,
    /// The row of which it is a retransmission.
    pub repeats: Option<usize>,
    /// The row that it answers: of a response the request, of an ACK the response.
    pub answers: Option<usize>,
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize), serde(rename_all = "camelCase"))]
#[cfg_attr(feature = "ts", derive(ts_rs::TS), ts(export_to = "types.ts"))]
#[non_exhaustive]
pub enum RowKind {
    /// A request.
    Request,
    /// A response below 200.
    Provisional,
    /// A response of 200 to 299.
    Success,
    /// A response of 300 to 399.
    Redirection,
    /// A response of 400 and above.
    Failure,
    /// Nothing that core can read as a message.
    Unreadable,
}
