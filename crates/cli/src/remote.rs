//! Owns talking to a `fingerpost serve --http` that runs on this machine: the address that it printed, requests and
//! answers as JSON. Knows no command.

use anyhow::{Context, anyhow};
use serde_json::Value;
use std::str::FromStr;
use std::time::Duration;
use ureq::Agent;
use ureq::http::Response;

/// A server on this machine answers at once.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a server is, and the word that opens it: `http://127.0.0.1:8075/#token=…`, as it was printed.
#[derive(Debug, Clone)]
pub(crate) struct Address {
    base: String,
    token: String,
}

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (base, token) = text.split_once("/#token=").ok_or(
            "expected the address that `serve --http` printed: http://127.0.0.1:8075/#token=…",
        )?;
        let (base, token) = (base.to_owned(), token.trim().to_owned());
        Ok(Self { base, token })
    }
}

/// A server that can be asked.
#[derive(Debug)]
pub(crate) struct Remote {
    agent: Agent,
    address: Address,
}

impl Remote {
    pub(crate) fn at(address: Address) -> Self {
        let config = Agent::config_builder()
            .timeout_global(Some(PATIENCE))
            .max_redirects(0)
            .http_status_as_error(false)
            .proxy(None)
            .build();
        Self { agent: Agent::new_with_config(config), address }
    }

    /// What stands at `path`.
    pub(crate) fn get(&self, path: &str) -> anyhow::Result<Value> {
        let request = self.agent.get(self.url(path)).header("Authorization", self.bearer());
        self.read(request.call())
    }

    /// What `path` answers to `body`; nothing where it has nothing to say.
    pub(crate) fn post(&self, path: &str, body: &Value) -> anyhow::Result<Value> {
        let request = self.agent.post(self.url(path)).header("Authorization", self.bearer());
        self.read(request.header("Content-Type", "application/json").send(body.to_string()))
    }

    fn url(&self, path: &str) -> String {
        format!("{}/api/{path}", self.address.base)
    }

    fn bearer(&self) -> String {
        format!("Bearer {}", self.address.token)
    }

    /// A refusal is an error with the server's own words.
    fn read(&self, answer: Result<Response<ureq::Body>, ureq::Error>) -> anyhow::Result<Value> {
        let cannot =
            || format!("{} cannot be asked: does `serve --http` run there?", self.address.base);
        let mut answer = answer.with_context(cannot)?;
        let status = answer.status();
        let text = answer.body_mut().read_to_string().with_context(cannot)?;
        let value = serde_json::from_str(&text).unwrap_or(Value::Null);
        if status.is_success() {
            return Ok(value);
        }
        let said = value["error"].as_str().map(String::from);
        Err(anyhow!("{}", said.unwrap_or_else(|| format!("the server answered {status}"))))
    }
}
