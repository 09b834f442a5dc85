//! Owns fetching one file by HTTP. The only place that knows the `ureq` crate.

use super::{FetchLimits, Reply};
use std::io::Read;
use ureq::Agent;

/// As many as browsers' patience has, less some.
const REDIRECTS: u32 = 5;

pub(super) async fn fetch(url: String, limits: FetchLimits) -> Result<Reply, String> {
    let work = tokio::task::spawn_blocking(move || get(&url, limits));
    work.await.map_err(|_| "the fetching broke off".to_owned())?.map_err(|error| error.to_string())
}

fn get(url: &str, limits: FetchLimits) -> Result<Reply, ureq::Error> {
    let config = Agent::config_builder()
        .timeout_global(Some(limits.time))
        .max_redirects(REDIRECTS)
        .http_status_as_error(false)
        // A phone asks the server it was told, whatever this machine's environment says.
        .proxy(None)
        .user_agent(concat!("fingerpost/", env!("CARGO_PKG_VERSION")))
        .build();
    let mut response = Agent::new_with_config(config).get(url).call()?;
    let status = response.status();
    let content_type = response.headers().get("content-type");
    let content_type = content_type.map(|value| String::from_utf8_lossy(value.as_bytes()).into());
    let mut content = Vec::new();
    let ceiling = u64::try_from(limits.size).unwrap_or(u64::MAX).saturating_add(1);
    response.body_mut().as_reader().take(ceiling).read_to_end(&mut content)?;
    let cut = content.len() > limits.size;
    content.truncate(limits.size);
    let (ok, status) = (status.is_success(), Some(status.to_string()));
    Ok(Reply { ok, status, content, cut, content_type })
}
