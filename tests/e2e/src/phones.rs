//! The phones page: where its parts are, and the story that every host of it must be able to tell.

use crate::person::Person;
use anyhow::{Context, Result, ensure};
use fingerpost_system_tests::capture::{Capture, Frame};
use fingerpost_system_tests::fixture::{corpus, with_header, without};
use fingerpost_system_tests::office::{Office, SERVER};
use fingerpost_system_tests::phone::{PATIENCE, Phone};

/// The sentence that says how things stand.
pub const SENTENCE: &str = "//*[@aria-label='How things stand']//h2";
/// The URL for phones that no rule names.
pub const URL: &str = "//label[starts-with(normalize-space(), 'URL for')]/following::input[1]";
/// The steps of the latest exchange of the chosen phone.
pub const STORY: &str = "//*[@aria-labelledby='story']/ol[1]";

/// What became of asking the chosen phone to fetch anew.
const CHECK: &str = "//*[@aria-labelledby='check']//*[@role='status']";

/// What became of a message of the composer.
const SENT: &str = "//*[@aria-label='What became of it'][normalize-space()]";

const TEMPLATE: &str = "tftp://%{server}/%{mac}.cfg";

/// The row that holds these words.
#[must_use]
pub fn row(words: &str) -> String {
    format!("//*[@role='grid']//*[@role='row'][contains(., '{words}')]")
}

/// Phones of several vendors ask, nobody is answered, and each stands in the list.
pub async fn phones_are_seen(person: &Person, office: &Office) -> Result<()> {
    person.until_says(SENTENCE, "Observing on 1 card: nothing is answered.").await?;
    let phone = office.phone()?;
    for (vendor, file) in [("audiocodes", "manual/subscribe.sip"), ("snom", "phones/snom.sip")] {
        phone.ask(&corpus(file)?)?;
        person.until_holds(&row(vendor), "not answered").await?;
    }
    for vendor in ["yealink", "grandstream", "fanvil"] {
        phone.ask(&corpus(&format!("phones/{vendor}.sip"))?)?;
        person.find(&row(vendor)).await?;
    }
    Ok(())
}

/// The switch is put to Answer, a phone asks again, gets its URL and says so; its story is told.
pub async fn a_phone_is_answered(person: &Person, office: &Office, boot: u32) -> Result<()> {
    person.enter(URL, TEMPLATE).await?;
    person.press("Answer").await?;
    person.until_says(SENTENCE, &format!("Answering on 1 card with {TEMPLATE}.")).await?;
    take_url(&office.phone()?, boot)?;
    person.until_holds(&row("snom"), "Acknowledged").await?;
    person.click(&row("snom")).await?;
    for step in ["Asked", "Answered", "Notified", "Acknowledged"] {
        person.until_holds(STORY, step).await?;
    }
    Ok(())
}

/// A snom phone asks anew, as it does when it is switched on again, and answers the NOTIFY.
fn take_url(phone: &Phone, boot: u32) -> Result<()> {
    let message = corpus("phones/snom.sip")?;
    let message =
        with_header(&without(&message, "Call-ID")?, &format!("Call-ID: boot-{boot}@snom"))?;
    phone.ask(&message)?;
    let notify = phone.answers()?.notify;
    let text = notify.text();
    let url = text.split("\r\n\r\n").nth(1).context("the NOTIFY has no body")?;
    ensure!(url == "tftp://10.13.4.121/000413a1b2c3.cfg", "{text}");
    phone.reply(&notify, "200 OK")?;
    Ok(())
}

/// The chosen phone's messages stand in the inspector.
pub async fn messages_are_shown(person: &Person) -> Result<()> {
    person
        .click("//nav[@aria-label='Of this phone']/a[starts-with(normalize-space(), 'Messages')]")
        .await?;
    for tab in ["SUBSCRIBE", "200 OK", "NOTIFY"] {
        person.find(&format!("//*[@role='tab'][contains(., '{tab}')]")).await?;
    }
    person.find("//*[@role='treeitem'][contains(., 'request line')]").await?;
    Ok(())
}

/// The chosen phone is asked to fetch anew, and then to restart for it; what it answers stands beside the buttons. Its
/// card must have the hardware address that it names.
pub async fn a_phone_checks_again(person: &Person, office: &Office) -> Result<()> {
    let phone = office.phone()?;
    person.press("Ask it to check again").await?;
    take_check_sync(&phone, "check-sync;reboot=false", "200 OK")?;
    person.until_says(CHECK, "It answered 200: it fetches anew.").await?;
    person.until_holds(STORY, "Taken 200").await?;
    person.press("Restart and check again …").await?;
    person.press("Restart it").await?;
    take_check_sync(&phone, "check-sync;reboot=true", "489 Bad Event")?;
    person.until_holds(CHECK, "It refused with 489").await?;
    person.until_holds(STORY, "Refused 489").await
}

fn take_check_sync(phone: &Phone, event: &str, status: &str) -> Result<()> {
    let notify = phone.hear_one(true, PATIENCE)?;
    ensure!(notify.text().contains(&format!("\r\nEvent: {event}\r\n")), "{}", notify.text());
    phone.reply(&notify, status)?;
    Ok(())
}

/// The composer's NOTIFY is sent to the phone with the hardware address of the office's desk, which hears exactly what the
/// composer holds; what it answers stands at the message.
pub async fn a_message_is_sent(person: &Person, office: &Office) -> Result<()> {
    let phone = office.phone()?;
    person.press("Compose").await?;
    person.press("Send NOTIFY to a phone …").await?;
    person.enter("//dialog[@open]//*[@role='combobox']", "00:04:13:a1:b2:c3").await?;
    person
        .until_holds("//dialog[@open]", "to 10.13.2.37:5060, the phone 00:04:13:a1:b2:c3.")
        .await?;
    let shown = person.find("//dialog[@open]//pre").await?.text().await?;
    person.press("Send it").await?;
    let heard = phone.hear_one(true, PATIENCE)?;
    ensure!(heard.text().contains("\r\n") && same_lines(&heard.text(), &shown), "{}", heard.text());
    phone.reply(&heard, "200 OK")?;
    person.until_holds(SENT, "200 OK after ").await
}

/// Whether two texts differ in nothing but line ends, which a page does not show.
fn same_lines(one: &str, other: &str) -> bool {
    one.trim_end().lines().eq(other.trim_end().lines())
}

/// A made-up phone asks, is answered, and no other machine hears a word of it.
pub async fn a_phone_is_simulated(person: &Person, office: &Office) -> Result<()> {
    let wire = Capture::start(&office.desk)?;
    person.press("Simulate a phone").await?;
    person.until_holds(&row("Simulated"), "Acknowledged").await?;
    let frames = wire.finish()?;
    let heard =
        frames.iter().filter_map(Frame::udp).filter(|udp| udp.from.ip().to_string() == SERVER);
    ensure!(heard.count() == 0, "it was heard at the phone's desk");
    Ok(())
}
