//! The inspector and the composer: where their parts are.

use crate::person::{PATIENCE, Person};
use anyhow::{Result, bail, ensure};
use serde_json::json;
use std::time::Instant;

const FIELD: &str = "//*[@role='textbox'][@aria-label='Message text']";

/// Pastes a text in the place of what is there.
pub async fn paste(person: &Person, text: &str) -> Result<()> {
    person.press("Inspect").await?;
    person.paste(FIELD, text).await
}

/// The tabs of the messages that were found, in order.
pub async fn tabs_hold(person: &Person, wanted: &[&str]) -> Result<()> {
    for (index, words) in wanted.iter().enumerate() {
        person.until_holds(&format!("(//*[@role='tab'])[{}]", index + 1), words).await?;
    }
    let count = person.count("//*[@role='tab']").await?;
    ensure!(count == wanted.len(), "{count} messages were found");
    Ok(())
}

/// Chooses a row of the tree by the words that it begins with.
pub async fn choose(person: &Person, words: &str) -> Result<()> {
    person.click(&format!("//*[@role='treeitem'][starts-with(normalize-space(), '{words}')]")).await
}

/// The text that is marked for the chosen row.
pub async fn marked(person: &Person) -> Result<String> {
    let script = "return [...document.querySelectorAll('.cm-marked')].map((piece) => piece.textContent).join('')";
    Ok(person.run(script, &[]).await?.as_str().unwrap_or_default().to_owned())
}

/// Puts the caret in front of `words` in the text, as a click there does.
pub async fn put_caret(person: &Person, words: &str) -> Result<()> {
    let script = "
        const walker = document.createTreeWalker(document.querySelector('.cm-content'), NodeFilter.SHOW_TEXT);
        for (let node = walker.nextNode(); node; node = walker.nextNode()) {
            const at = node.data.indexOf(arguments[0]);
            if (at < 0) continue;
            document.querySelector('.cm-content').focus();
            getSelection().setPosition(node, at + 1);
            return true;
        }
        return false;";
    let done = person.run(script, &[json!(words)]).await?;
    ensure!(done == json!(true), "{words:?} is not in sight");
    Ok(())
}

/// Waits until the composed message of this title is `wanted`, line by line.
pub async fn letter_is(person: &Person, title: &str, wanted: &str) -> Result<()> {
    let script = "
        const field = document.querySelector(`[aria-label='${arguments[0]} text']`);
        return [...field?.querySelectorAll('.cm-line') ?? []].map((line) => line.textContent);";
    let wanted: Vec<&str> = wanted.split("\r\n").collect();
    let deadline = Instant::now() + PATIENCE;
    let mut shown = json!(null);
    while Instant::now() < deadline {
        shown = person.run(script, &[json!(title)]).await?;
        if shown == json!(wanted) {
            return Ok(());
        }
    }
    bail!("{title} is {shown:#}, not {wanted:#?}")
}
