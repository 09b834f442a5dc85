//! `fingerpost compose`: writes one message of an exchange, as a phone or a server would.

use crate::asking::Asking;
use crate::endpoint::Endpoint;
use crate::exit::Exit;
use crate::input;
use crate::output::Output;
use anyhow::{Context, anyhow};
use clap::ValueEnum;
use fingerpost_core::pnp::sync::sync_event;
use fingerpost_core::pnp::{
    CardId, CheckSync, Dialect, Identity, Mac, Reply, ReplyFields, Subscriber, profile, reply,
    vendor,
};
use fingerpost_core::template::{TemplateValues, UrlTemplate};
use fingerpost_core::{Message, Response, SeededEntropy};
use std::hash::{BuildHasher, RandomState};
use std::io::Write;
use std::path::PathBuf;

/// Writes a message of the exchange between a phone and a server
///
/// The message goes to standard output as it would go over the network, lines ended by CR LF. `ok` and `notify` answer
/// the SUBSCRIBE in --reply-to, else the one that `compose subscribe` writes with the same options and --seed;
/// `acknowledge` answers that `notify`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Arguments {
    /// Which message
    message: Which,
    /// The shape of `ok` and `notify`: as the RFCs ask, or as the AudioCodes manual prints it
    #[arg(long, value_enum, default_value = "rfc")]
    dialect: Shape,
    /// The server's address, with or without its port
    #[arg(long, value_name = "ADDR", default_value = "192.0.2.1")]
    server: Endpoint,
    /// The URL that `notify` carries; %{mac} %{MAC} %{vendor} %{model} %{version} %{server} %{source} are filled in
    #[arg(long, value_name = "U", default_value = "tftp://%{server}")]
    url: UrlTemplate,
    /// The phone's address, with or without its port
    #[arg(long, value_name = "ADDR", default_value = "192.0.2.37")]
    phone: Endpoint,
    /// The phone's hardware address; made up where it is left out
    #[arg(long)]
    mac: Option<Mac>,
    /// Whose phone it is: each vendor's phones spell their SUBSCRIBE in their own way
    #[arg(long)]
    vendor: Option<String>,
    /// The phone's model
    #[arg(long)]
    model: Option<String>,
    /// The phone's firmware version
    #[arg(long)]
    version: Option<String>,
    /// `check-sync` asks the phone to restart for it
    #[arg(long)]
    reboot: bool,
    /// Makes tags, branches and Call-ID repeatable
    #[arg(long, value_name = "N")]
    seed: Option<u64>,
    /// A file with the SUBSCRIBE to answer, or - for standard input
    #[arg(long, value_name = "FILE", conflicts_with_all = ["phone", "mac", "vendor", "model", "version"])]
    reply_to: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Which {
    /// The phone asks
    Subscribe,
    /// The server accepts
    Ok,
    /// The server sends the URL
    Notify,
    /// The phone acknowledges the NOTIFY
    Acknowledge,
    /// The server asks the phone to fetch its configuration anew
    CheckSync,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Shape {
    Rfc,
    Manual,
}

const EXAMPLES: &str = "\
Examples:
  fingerpost compose subscribe --vendor snom --mac 000413a1b2c3 --seed 7
  fingerpost compose notify --reply-to captured.sip --url 'http://%{server}/%{mac}.xml'
  fingerpost compose ok --vendor audiocodes --dialect manual | fingerpost inspect";

pub(crate) fn run(arguments: &Arguments) -> anyhow::Result<Exit> {
    let seed = arguments.seed.unwrap_or_else(|| RandomState::new().hash_one(()));
    let message = match arguments.message {
        Which::Subscribe => arguments.subscribe(seed)?,
        Which::Ok => arguments.reply(seed)?.ok,
        Which::Notify => arguments.reply(seed)?.notify,
        Which::Acknowledge => arguments.acknowledge(seed)?,
        Which::CheckSync => arguments.check_sync(seed)?,
    };
    let mut output = Output::new();
    output.write_all(&message)?;
    output.flush()?;
    Ok(Exit::Fine)
}

impl Arguments {
    fn subscribe(&self, seed: u64) -> anyhow::Result<Vec<u8>> {
        if self.reply_to.is_some() {
            return Err(anyhow!(
                "--reply-to belongs to `ok` and `notify`; a SUBSCRIBE answers nothing"
            ));
        }
        self.own_subscribe(seed)
    }

    /// What its vendor's phones are asked with. It answers no SUBSCRIBE, and needs none.
    fn check_sync(&self, seed: u64) -> anyhow::Result<Vec<u8>> {
        let vendor = self.vendor.as_deref().map(vendor::canonical);
        let port =
            vendor.as_deref().and_then(profile::find).map_or(5060, |known| known.source_port);
        let words = sync_event(vendor.as_deref(), self.reboot);
        let server = self.server.socket(5060);
        let url = words
            .wants_url
            .then(|| self.url.as_str().replace("%{server}", &server.ip().to_string()));
        let sync = CheckSync::new(CardId(0), self.phone.socket(port), words.event).with_url(url);
        let noise = format!("{:016x}{:08x}", !seed, seed >> 32);
        sync.write(server, &noise).context("no check-sync can be written with these values")
    }

    /// The SUBSCRIBE of the phone that the options describe.
    fn own_subscribe(&self, seed: u64) -> anyhow::Result<Vec<u8>> {
        let model = self.model.as_deref();
        let known = self.vendor.as_deref().and_then(|name| profile::find_model(name, model));
        let profile = known.unwrap_or(profile::generic());
        let named = self.vendor.clone().filter(|_| known.is_none());
        let phone = Subscriber::new(self.phone.socket(profile.source_port));
        let phone = phone.with_product(named, self.model.clone(), self.version.clone());
        let phone = match self.mac {
            Some(mac) => phone.with_mac(mac),
            None => phone,
        };
        let message = profile.subscribe(&phone, &mut SeededEntropy::new(seed));
        message.context("no SUBSCRIBE can be written with these values")
    }

    /// Both answers; those of one seed belong together.
    fn reply(&self, seed: u64) -> anyhow::Result<Reply> {
        let asking = self.asking(seed)?;
        let server = self.server.socket(5060);
        let url = self.url_for(&asking)?;
        let dialect = match self.dialect {
            Shape::Rfc => Dialect::Rfc,
            Shape::Manual => Dialect::Manual,
        };
        // Other words than the phone's own, which come from the seed itself.
        let mut entropy = SeededEntropy::new(!seed);
        let reply = reply(&asking.bytes, &ReplyFields::new(server, url, dialect), &mut entropy);
        reply.context("no answer can be written to this SUBSCRIBE")
    }

    /// The phone's 200 to the NOTIFY, which comes from the server.
    fn acknowledge(&self, seed: u64) -> anyhow::Result<Vec<u8>> {
        let notify = self.reply(seed)?.notify;
        let notify = Message::parse(&notify).context("the NOTIFY cannot be read back")?;
        let reply = Response::reply_to(&notify, 200, "OK");
        let reply = reply.with_received(self.server.socket(5060)).headers().build();
        reply.context("no 200 can be written to this NOTIFY")
    }

    /// The SUBSCRIBE that is answered.
    fn asking(&self, seed: u64) -> anyhow::Result<Asking> {
        if let Some(file) = &self.reply_to {
            return Asking::first_in(&input::read(file)?);
        }
        let bytes = self.own_subscribe(seed)?;
        Asking::read(&bytes).context("the SUBSCRIBE of these values cannot be read back")
    }

    /// The URL for the phone: what it says of itself, completed by the options.
    fn url_for(&self, asking: &Asking) -> anyhow::Result<String> {
        let options = [&self.vendor, &self.model, &self.version].map(Option::as_deref);
        let claimed = Identity::claimed(self.mac, options[0], options[1], options[2]);
        let mut phone = asking.phone.clone();
        phone.mac = phone.mac.or(claimed.mac);
        phone.vendor = phone.vendor.or(claimed.vendor);
        phone.model = phone.model.or(claimed.model);
        phone.version = phone.version.or(claimed.version);
        let values = TemplateValues {
            phone: &phone,
            server: Some(self.server.socket(5060).ip()),
            interface: None,
            source: asking.address,
        };
        let url = self.url.expand(&values);
        url.with_context(|| {
            format!("--url \"{}\" cannot be filled in for this phone", self.url.as_str())
        })
    }
}
