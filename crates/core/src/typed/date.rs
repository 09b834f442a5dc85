//! Owns Date (RFC 3261 §20.17): the one form of RFC 1123. Knows no clock.

use super::Value;
use crate::scan::{TapeBuilder, TokenKind};
use crate::syntax::{
    Expected, Fault, Parsed, ValueError, byte, digits, lws, separator, token, whole,
};
use crate::text::Text;

/// When a message was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Date<'a> {
    /// `Mon` to `Sun`, as written; whether the day falls on it is not checked.
    pub weekday: Text<'a>,
    /// 1 to 31.
    pub day: u32,
    /// 1 to 12.
    pub month: u32,
    /// Four digits.
    pub year: u32,
    /// 0 to 23.
    pub hour: u32,
    /// 0 to 59.
    pub minute: u32,
    /// 0 to 60: RFC 1123 counts leap seconds.
    pub second: u32,
    /// `GMT`; phones write others.
    pub zone: Text<'a>,
    day_text: Text<'a>,
    time_text: Text<'a>,
}

const WEEKDAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS: [&str; 12] =
    ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

impl<'a> Date<'a> {
    /// Reads a Date value.
    ///
    /// # Errors
    /// [`ValueError`] with the place where the grammar failed.
    pub fn parse(value: &'a [u8]) -> Result<Self, ValueError> {
        whole(value, Self::grammar)
    }

    /// Whether the zone is the only one allowed (RFC 3261 §20.17).
    #[must_use]
    pub fn is_gmt(&self) -> bool {
        self.zone == "GMT"
    }
}

/// A name out of `names`, in any case, with its number from 1.
fn name<'a>(input: &'a [u8], names: &[&str]) -> Parsed<'a, (Text<'a>, u32)> {
    let found = input.get(..3).map(Text::new);
    let index = found.and_then(|found| names.iter().position(|name| found.is(name)));
    let number = index.and_then(|index| u32::try_from(index + 1).ok());
    match found.zip(number) {
        Some(both) => Ok((&input[3..], both)),
        None => Err(Fault::failure(input, Expected::Date)),
    }
}

/// `count` digits up to `most`.
fn field(input: &[u8], count: usize, most: u32) -> Parsed<'_, u32> {
    let fault = |_| Fault::failure(input, Expected::Date);
    let (rest, (_, value)) = digits(count)(input).map_err(fault)?;
    if value > most {
        return Err(Fault::failure(input, Expected::NumberInRange));
    }
    Ok((rest, value))
}

/// `2DIGIT SP month SP 4DIGIT`.
fn day_month_year(input: &[u8]) -> Parsed<'_, (u32, u32, u32)> {
    let (rest, day) = field(input, 2, 31)?;
    if day == 0 {
        return Err(Fault::failure(input, Expected::NumberInRange));
    }
    let (rest, _) = lws(rest)?;
    let (rest, (_, month)) = name(rest, &MONTHS)?;
    let (rest, _) = lws(rest)?;
    let (rest, year) = field(rest, 4, 9999)?;
    Ok((rest, (day, month, year)))
}

/// `2DIGIT ":" 2DIGIT ":" 2DIGIT`.
fn hour_minute_second(input: &[u8]) -> Parsed<'_, (u32, u32, u32)> {
    let (rest, hour) = field(input, 2, 23)?;
    let (rest, _) = byte(b':', Expected::Date)(rest)?;
    let (rest, minute) = field(rest, 2, 59)?;
    let (rest, _) = byte(b':', Expected::Date)(rest)?;
    let (rest, second) = field(rest, 2, 60)?;
    Ok((rest, (hour, minute, second)))
}

fn consumed<'a>(input: &'a [u8], rest: &[u8]) -> Text<'a> {
    Text::new(&input[..input.len() - rest.len()])
}

impl<'a> Value<'a> for Date<'a> {
    fn grammar(input: &'a [u8]) -> Parsed<'a, Self> {
        let (rest, (weekday, _)) = name(input, &WEEKDAYS)?;
        let (start, _) = separator(b',', Expected::Date)(rest)?;
        let (rest, (day, month, year)) = day_month_year(start)?;
        let day_text = consumed(start, rest);
        let (start, _) = lws(rest)?;
        let (rest, (hour, minute, second)) = hour_minute_second(start)?;
        let time_text = consumed(start, rest);
        let (rest, _) = lws(rest)?;
        let (rest, zone) = token(rest)?;
        Ok((
            rest,
            Self { weekday, day, month, year, hour, minute, second, zone, day_text, time_text },
        ))
    }

    fn describe(&self, tape: &mut TapeBuilder<'a>) {
        tape.leaf(TokenKind::Weekday, self.weekday);
        tape.leaf(TokenKind::Date, self.day_text);
        tape.leaf(TokenKind::Time, self.time_text);
        tape.leaf(TokenKind::Zone, self.zone);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_each_field() {
        let date = Date::parse(b"sat, 13 Nov 2010\r\n 23:29:60 GMT").unwrap();
        assert_eq!((date.year, date.month, date.day), (2010, 11, 13));
        assert_eq!((date.hour, date.minute, date.second), (23, 29, 60));
        assert!(date.is_gmt());
        assert!(!Date::parse(b"Fri, 01 Jan 2010 16:00:00 EST").unwrap().is_gmt());
    }

    #[test]
    fn what_is_no_date_is_refused_at_its_place() {
        let at = |text: &str| {
            let error = Date::parse(text.as_bytes()).unwrap_err();
            (error.expected, error.offset)
        };
        assert_eq!(at("Saturday, 13 Nov 2010 23:29:00 GMT"), (Expected::Date, 3));
        assert_eq!(at("Sat, 1 Nov 2010 23:29:00 GMT"), (Expected::Date, 5));
        assert_eq!(at("Sat, 32 Nov 2010 23:29:00 GMT"), (Expected::NumberInRange, 5));
        assert_eq!(at("Sat, 13 Now 2010 23:29:00 GMT"), (Expected::Date, 8));
        assert_eq!(at("Sat, 13 Nov 2010 24:29:00 GMT"), (Expected::NumberInRange, 17));
        assert_eq!(at("Sat, 13 Nov 2010 23:29:00"), (Expected::Space, 25));
    }
}
