//! What a person does with a page, whatever shows it: look for a thing by its role and name, click it, type, wait until it
//! says something, keep a picture.

use anyhow::{Context, Result, bail, ensure};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Far more than anything takes.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Control and A.
const SELECT_ALL: &str = "\u{e009}a";
const ENTER: char = '\u{e007}';

/// Somebody in front of a page.
#[derive(Debug)]
pub struct Person {
    client: Client,
}

impl Person {
    /// Somebody who looks at what `client` shows.
    #[must_use]
    pub const fn at(client: Client) -> Self {
        Self { client }
    }

    /// The thing that this XPath names, once it is there and can be seen.
    pub async fn find(&self, path: &str) -> Result<Element> {
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            for element in self.client.find_all(Locator::XPath(path)).await? {
                // It may be redrawn in this moment.
                if element.is_displayed().await.unwrap_or(false) {
                    return Ok(element);
                }
            }
        }
        bail!("{path} is not to be seen; there is:\n{}", self.text().await?)
    }

    /// How many things this XPath names.
    pub async fn count(&self, path: &str) -> Result<usize> {
        Ok(self.client.find_all(Locator::XPath(path)).await?.len())
    }

    /// Scrolls it into sight and clicks it.
    pub async fn click(&self, path: &str) -> Result<()> {
        let element = self.find(path).await?;
        let script = "arguments[0].scrollIntoView({ block: 'center' })";
        self.run(script, &[serde_json::to_value(&element)?]).await?;
        element.click().await.with_context(|| format!("a click on {path}"))
    }

    /// Clicks the button or link with this name.
    pub async fn press(&self, name: &str) -> Result<()> {
        let is_named = format!("normalize-space()='{name}' or @aria-label='{name}'");
        self.click(&format!("//*[self::button or self::a][{is_named}]")).await
    }

    /// Types into the field, in the place of what is there, and ends with Enter.
    pub async fn enter(&self, path: &str, text: &str) -> Result<()> {
        self.click(path).await?;
        let field = self.find(path).await?;
        // Keys that are held down are let go at the end of each call.
        for keys in [SELECT_ALL.into(), format!("{text}{ENTER}")] {
            field.send_keys(&keys).await.with_context(|| format!("typing into {path}"))?;
        }
        Ok(())
    }

    /// Presses keys, wherever the keyboard is: `\u{e009}q` is Ctrl and Q.
    pub async fn keys(&self, keys: &str) -> Result<()> {
        Ok(self.client.active_element().await?.send_keys(keys).await?)
    }

    /// Pastes a text at the caret of the field.
    pub async fn paste(&self, path: &str, text: &str) -> Result<()> {
        self.click(path).await?;
        let script = "
            const clipboardData = new DataTransfer();
            clipboardData.setData('text/plain', arguments[0]);
            const paste = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true });
            return !document.activeElement.dispatchEvent(paste);";
        let is_taken = self.run(script, &[json!(text)]).await.context("the paste")?;
        ensure!(is_taken == json!(true), "{path} takes no paste");
        Ok(())
    }

    /// Waits until the thing says exactly this.
    pub async fn until_says(&self, path: &str, words: &str) -> Result<()> {
        self.until(path, words, |text| text == words).await
    }

    /// Waits until the thing says this among other things.
    pub async fn until_holds(&self, path: &str, words: &str) -> Result<()> {
        self.until(path, words, |text| text.contains(words)).await
    }

    async fn until(&self, path: &str, wanted: &str, is_so: impl Fn(&str) -> bool) -> Result<()> {
        let deadline = Instant::now() + PATIENCE;
        let mut last = String::new();
        while Instant::now() < deadline {
            last = self.find(path).await?.text().await.unwrap_or(last);
            if is_so(&last) {
                return Ok(());
            }
        }
        bail!("{path} says {last:?}, not {wanted:?}")
    }

    /// What the page says.
    pub async fn text(&self) -> Result<String> {
        let body = self.client.find(Locator::Css("body")).await?;
        Ok(body.text().await?)
    }

    /// Runs a script in the page.
    pub async fn run(&self, script: &str, arguments: &[Value]) -> Result<Value> {
        Ok(self.client.execute(script, arguments.to_vec()).await?)
    }

    /// Opens an address.
    pub async fn open(&self, address: &str) -> Result<()> {
        Ok(self.client.goto(address).await?)
    }

    /// Keeps a picture of what is seen, for people to look at: `target/pictures/NAME.png`.
    pub async fn picture(&self, name: &str) -> Result<()> {
        let folder = pictures()?;
        // WebKit takes the picture when it paints next, and a page at rest is not painted.
        let stir = "
            let steps = 0;
            const timer = setInterval(() => {
                document.documentElement.style.opacity = steps++ % 2 ? '' : '0.999';
                if (steps >= 40) clearInterval(timer);
            }, 50);";
        self.run(stir, &[]).await?;
        std::fs::create_dir_all(&folder)?;
        std::fs::write(folder.join(format!("{name}.png")), self.client.screenshot().await?)?;
        Ok(())
    }

    /// Goes away.
    pub async fn leave(self) -> Result<()> {
        Ok(self.client.close().await?)
    }
}

fn pictures() -> Result<PathBuf> {
    let test = std::env::current_exe().context("this test does not know its own place")?;
    // target/debug/deps/TEST
    let target = test.ancestors().nth(3).context("this test lies in no target folder")?;
    Ok(Path::new(target).join("pictures"))
}
