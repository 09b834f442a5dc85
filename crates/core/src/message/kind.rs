//! Owns the two kinds of message as types: a [`Request`] has a method and a Request-URI, a [`Response`] a status.

use super::{Message, RequestLine, StartLine, StatusLine};
use crate::text::Text;
use core::ops::Deref;

/// A message that is a request.
#[derive(Debug, Clone)]
pub struct Request<'a> {
    message: Message<'a>,
    line: RequestLine<'a>,
}

/// A message that is a response.
#[derive(Debug, Clone)]
pub struct Response<'a> {
    message: Message<'a>,
    line: StatusLine<'a>,
}

impl<'a> Request<'a> {
    /// Takes the message as a request; gives it back where it is a response.
    ///
    /// # Errors
    /// The message itself.
    #[allow(
        clippy::result_large_err,
        reason = "the error is the message handed back, not a report"
    )]
    pub fn from_message(message: Message<'a>) -> Result<Self, Message<'a>> {
        match *message.start_line() {
            StartLine::Request(line) => Ok(Self { message, line }),
            StartLine::Status(_) => Err(message),
        }
    }

    /// The first line.
    #[must_use]
    pub const fn line(&self) -> &RequestLine<'a> {
        &self.line
    }

    /// The method.
    #[must_use]
    pub const fn request_method(&self) -> Text<'a> {
        self.line.method
    }
}

impl<'a> Response<'a> {
    /// Takes the message as a response; gives it back where it is a request.
    ///
    /// # Errors
    /// The message itself.
    #[allow(
        clippy::result_large_err,
        reason = "the error is the message handed back, not a report"
    )]
    pub fn from_message(message: Message<'a>) -> Result<Self, Message<'a>> {
        match *message.start_line() {
            StartLine::Status(line) => Ok(Self { message, line }),
            StartLine::Request(_) => Err(message),
        }
    }

    /// The first line.
    #[must_use]
    pub const fn line(&self) -> &StatusLine<'a> {
        &self.line
    }
}

impl<'a> Deref for Request<'a> {
    type Target = Message<'a>;

    fn deref(&self) -> &Message<'a> {
        &self.message
    }
}

impl<'a> Deref for Response<'a> {
    type Target = Message<'a>;

    fn deref(&self) -> &Message<'a> {
        &self.message
    }
}
