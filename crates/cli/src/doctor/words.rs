//! Owns a diagnosis in words for people.

use crate::printable::{printable, wrapped};
use fingerpost_engine::{
    AnswerPort, CardDiagnosis, Diagnosis, PortHolder, Problem, SelfTest, Severity, Verdict,
};
use std::io::{self, Write};

/// A terminal's usual width, less a little.
const WIDTH: usize = 96;

pub(super) fn write(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    let verdict = match diagnosis.verdict {
        Verdict::Fine => "fine, as far as this machine is concerned",
        Verdict::Refused => "this machine refuses",
        _ => "something is broken",
    };
    writeln!(out, "Phones ask {}: {verdict}.", diagnosis.group)?;
    for card in &diagnosis.cards {
        writeln!(out)?;
        write_card(out, card)?;
    }
    write_left_out(out, diagnosis)?;
    write_holders(out, diagnosis)?;
    write_problems(out, &diagnosis.problems)?;
    writeln!(out, "\nWhat cannot be seen from here:")?;
    write_wrapped(out, "  ", &diagnosis.cannot_see)
}

fn write_card(out: &mut impl Write, card: &CardDiagnosis) -> io::Result<()> {
    let addresses = listed(&card.addresses);
    let mac = card.mac.as_ref().map(|mac| format!(", MAC {mac}")).unwrap_or_default();
    writeln!(out, "{} ({addresses}){mac}", card.interface)?;
    writeln!(out, "  card       {}", condition(card))?;
    if let Some(packets) = card.packets {
        let (all, multicast) = (packets.received, packets.multicast);
        writeln!(
            out,
            "  packets    {all} came in since it was switched on, {multicast} of them multicast"
        )?;
    }
    writeln!(out, "  joined     {}", joined(card))?;
    for answer in &card.answers {
        writeln!(out, "  answers    {}", from(answer))?;
    }
    if let Some(test) = &card.self_test {
        writeln!(out, "  self-test  {}", tested(test))?;
    }
    if card.heard > 0 {
        writeln!(
            out,
            "  heard      {} datagrams of others came to the group meanwhile",
            card.heard
        )?;
    }
    Ok(())
}

fn listed(addresses: &[String]) -> String {
    if addresses.is_empty() { "no IPv4 address".into() } else { addresses.join(", ") }
}

fn condition(card: &CardDiagnosis) -> String {
    let says = |is: bool, yes: &'static str, no: &'static str| if is { yes } else { no };
    [
        says(card.up, "switched on", "SWITCHED OFF"),
        says(card.link, "connected", "NOT CONNECTED"),
        says(card.multicast, "says that it can multicast", "says that it cannot multicast"),
    ]
    .join(", ")
}

fn joined(card: &CardDiagnosis) -> String {
    let before = match card.members {
        None => String::new(),
        Some(0) => "; nobody had before".into(),
        Some(1) => "; one socket of this machine had before".into(),
        Some(count) => format!("; {count} sockets of this machine had before"),
    };
    let now = match (card.joined, &card.open_error) {
        (Some(true), _) => "yes, says the kernel",
        (Some(false), _) => "NO, says the kernel",
        (None, Some(_)) => "could not be tried",
        (None, None) if card.self_test.is_some() => "yes, but this system does not confirm it",
        (None, None) => "not tried",
    };
    format!("{now}{before}")
}

fn from(answer: &AnswerPort) -> String {
    let place = format!("{}:{}", answer.address, answer.port);
    match &answer.holder {
        _ if answer.free => format!("{place} can be had"),
        Some(holder) => format!("{place} is taken: {}", named(holder)),
        None => format!("{place} is taken by another program"),
    }
}

fn tested(test: &SelfTest) -> String {
    let error = test.error.as_deref().map(|error| format!(": {error}")).unwrap_or_default();
    match (test.sent, test.ms) {
        (false, _) => format!("NOT SENT{error}"),
        (true, Some(ms)) if test.heard => {
            format!("sent to the group and heard after {ms:.1} ms: joined locally")
        }
        (true, _) => format!("sent to the group and NOT HEARD{error}"),
    }
}

fn named(holder: &PortHolder) -> String {
    printable(&holder.words).into_owned()
}

fn write_left_out(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    if !diagnosis.left_out.is_empty() {
        writeln!(out, "\nLeft out:")?;
    }
    for card in &diagnosis.left_out {
        writeln!(out, "  {} ({}): {}", card.interface, listed(&card.addresses), card.words)?;
    }
    Ok(())
}

fn write_holders(out: &mut impl Write, diagnosis: &Diagnosis) -> io::Result<()> {
    if !diagnosis.holders.is_empty() {
        writeln!(out, "\nWith a socket on port {}:", diagnosis.group.port())?;
    }
    for holder in &diagnosis.holders {
        writeln!(out, "  {}", named(holder))?;
    }
    Ok(())
}

fn write_problems(out: &mut impl Write, problems: &[Problem]) -> io::Result<()> {
    if !problems.is_empty() {
        writeln!(out, "\nFound:")?;
    }
    for problem in problems {
        let severity = match problem.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        };
        let card = problem.interface.as_ref().map(|card| format!(" {card}:")).unwrap_or_default();
        write_wrapped(out, "  ", &printable(&format!("{severity}:{card} {}", problem.words)))?;
    }
    Ok(())
}

fn write_wrapped(out: &mut impl Write, indent: &str, text: &str) -> io::Result<()> {
    wrapped(text, WIDTH).iter().try_for_each(|line| writeln!(out, "{indent}{line}"))
}
