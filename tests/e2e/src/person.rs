//! What a person does with a page, whatever shows it: look for a thing by its role and name, click it, type, wait until it
//! says something, keep a picture.

use anyhow::{Context, Result, bail};
use fantoccini::elements::Element;
use fantoccini::{Client, Locator};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Far more than anything takes.
pub const PATIENCE: Duration = Duration::from_secs(20);

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

    /// Clicks it.
    pub async fn click(&self, path: &str) -> Result<()> {
        self.find(path).await?.click().await.with_context(|| format!("a click on {path}"))
    }

    /// Clicks the button or link with this name.
    pub async fn press(&self, name: &str) -> Result<()> {
        let is_named = format!("normalize-space()='{name}' or @aria-label='{name}'");
        self.click(&format!("//*[self::button or self::a][{is_named}]")).await
    }

    /// Types into the field, in the place of what is there, and ends with Enter.
    pub async fn enter(&self, path: &str, text: &str) -> Result<()> {
        let field = self.find(path).await?;
        field.clear().await?;
        field.send_keys(&format!("{text}\u{e007}")).await?;
        Ok(())
    }

    /// Puts a text in at the caret of the field, as a paste does.
    pub async fn paste(&self, path: &str, text: &str) -> Result<()> {
        self.click(path).await?;
        let script = "return document.execCommand('insertText', false, arguments[0])";
        let done = self.run(script, &[json!(text)]).await?;
        anyhow::ensure!(done == json!(true), "{path} takes no text");
        Ok(())
    }

    /// Waits until the thing says exactly this; how long that took.
    pub async fn until_says(&self, path: &str, words: &str) -> Result<Duration> {
        self.until(path, words, |text| text == words).await
    }

    /// Waits until the thing says this among other things.
    pub async fn until_holds(&self, path: &str, words: &str) -> Result<Duration> {
        self.until(path, words, |text| text.contains(words)).await
    }

    async fn until(
        &self,
        path: &str,
        wanted: &str,
        is_so: impl Fn(&str) -> bool,
    ) -> Result<Duration> {
        let begun = Instant::now();
        let mut last = String::new();
        while begun.elapsed() < PATIENCE {
            last = self.find(path).await?.text().await.unwrap_or(last);
            if is_so(&last) {
                return Ok(begun.elapsed());
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
