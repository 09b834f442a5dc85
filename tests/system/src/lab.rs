//! Hosts (network namespaces), LANs (bridges in a namespace that is the switch) and the cables between them.

use crate::program::succeed;
use crate::wire::Wire;
use anyhow::{Context, Result, anyhow, ensure};
use fingerpost_testkit::Link;
use nix::sched::{CloneFlags, setns};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::{Duration, Instant};

const LIMIT: Duration = Duration::from_secs(10);

/// Makes the names of all labs of this process different.
static LABS: AtomicU32 = AtomicU32::new(0);

/// Everything that a test sets up; all of it goes when this is dropped, also by a panic.
#[derive(Debug)]
pub struct Lab {
    name: String,
    namespaces: Vec<String>,
    folder: PathBuf,
    parts: u32,
}

/// A network that cards can be plugged into.
#[derive(Debug)]
pub struct Lan {
    bridge: String,
}

/// A machine: a network namespace.
#[derive(Debug, Clone)]
pub struct Host {
    namespace: String,
}

impl Lab {
    /// An empty lab: a switch without networks, and a folder for files.
    pub fn open() -> Result<Self> {
        let number = LABS.fetch_add(1, Ordering::Relaxed);
        let name = format!("fp{}x{number}", std::process::id());
        let folder = std::env::temp_dir().join(&name);
        let mut lab = Self { name, namespaces: Vec::new(), folder, parts: 0 };
        fs::create_dir(&lab.folder).context("the lab's folder cannot be made")?;
        lab.host("switch")?;
        Ok(lab)
    }

    /// Where the test may keep files; deleted with the lab.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// A new network.
    pub fn lan(&mut self) -> Result<Lan> {
        let bridge = format!("br{}", self.next());
        let switch = self.switch();
        // Without snooping the bridge is a plain hub for multicast, with no querier to wait for.
        let kind = ["type", "bridge", "mcast_snooping", "0", "forward_delay", "0"];
        switch.ip(&[&["link", "add", &bridge], &kind[..]].concat())?;
        switch.ip(&["link", "set", &bridge, "up"])?;
        Ok(Lan { bridge })
    }

    /// A new machine without cards.
    pub fn host(&mut self, name: &str) -> Result<Host> {
        let namespace = format!("{}{name}", self.name);
        succeed(Command::new("ip").args(["netns", "add", &namespace]), LIMIT)?;
        self.namespaces.push(namespace.clone());
        let host = Host { namespace };
        host.ip(&["link", "set", "lo", "up"])?;
        host.accept_all_routes()?;
        Ok(host)
    }

    /// Gives `host` a card on `lan`, and returns once the cable carries.
    pub fn plug(&mut self, host: &Host, card: &str, lan: &Lan, address: &str) -> Result<()> {
        let port = format!("p{}", self.next());
        let switch = self.switch();
        let far_end = ["type", "veth", "peer", "name", card, "netns", &host.namespace];
        switch.ip(&[&["link", "add", &port], &far_end[..]].concat())?;
        switch.ip(&["link", "set", &port, "master", &lan.bridge, "up"])?;
        host.add_address(card, address)?;
        host.ip(&["link", "set", card, "up"])?;
        switch.wait_until_forwarding(&port)
    }

    /// The same by a cable that carries as `link` does, each way, for as long as the wire is held.
    pub fn plug_badly(
        &mut self,
        host: &Host,
        card: &str,
        lan: &Lan,
        address: &str,
        link: Link,
    ) -> Result<Wire> {
        let (switch, number) = (self.switch(), self.next());
        let ends = [format!("w{number}host"), format!("w{number}lan")];
        let far_end = ["type", "veth", "peer", "name", &ends[0], "netns", &switch.namespace];
        host.ip(&[&["link", "add", card], &far_end[..]].concat())?;
        let port = format!("p{number}");
        switch.ip(&["link", "add", &ends[1], "type", "veth", "peer", "name", &port])?;
        switch.ip(&["link", "set", &port, "master", &lan.bridge, "up"])?;
        for end in &ends {
            switch.switch_on(end)?;
        }
        host.add_address(card, address)?;
        host.switch_on(card)?;
        switch.wait_until_forwarding(&port)?;
        Wire::between(&switch, [&ends[0], &ends[1]], link)
    }

    /// Gives each host a card for the VLAN `number` on top of its card `under`. Where this kernel knows no VLANs (false),
    /// a network of its own stands in for the VLAN.
    pub fn vlan(&mut self, number: u16, under: &str, members: &[(&Host, &str)]) -> Result<bool> {
        let (card, id) = (format!("{under}.{number}"), number.to_string());
        let kind = ["link", "add", "link", under, "name", &card, "type", "vlan", "id", &id];
        let (first, _) = members.first().context("a VLAN without members")?;
        if first.ip(&kind).is_err() {
            let lan = self.lan()?;
            for (host, address) in members {
                self.plug(host, &card, &lan, address)?;
            }
            return Ok(false);
        }
        for (number, (host, address)) in members.iter().enumerate() {
            if number > 0 {
                host.ip(&kind)?;
            }
            host.add_address(&card, address)?;
            host.switch_on(&card)?;
        }
        Ok(true)
    }

    fn switch(&self) -> Host {
        Host { namespace: format!("{}switch", self.name) }
    }

    fn next(&mut self) -> u32 {
        self.parts += 1;
        self.parts
    }
}

impl Drop for Lab {
    fn drop(&mut self) {
        for namespace in &self.namespaces {
            // What cannot be deleted must not keep the rest from being deleted.
            let _ = succeed(Command::new("ip").args(["netns", "delete", namespace]), LIMIT);
        }
        let _ = fs::remove_dir_all(&self.folder);
    }
}

impl Host {
    /// A command that runs on this machine.
    #[must_use]
    pub fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new("ip");
        command.args(["netns", "exec", &self.namespace]).arg(program.as_ref());
        command
    }

    /// One more address (`10.13.2.38/16`) for a card.
    pub fn add_address(&self, card: &str, address: &str) -> Result<()> {
        self.ip(&["address", "add", address, "dev", card])
    }

    /// Takes an address from a card.
    pub fn take_address(&self, card: &str, address: &str) -> Result<()> {
        self.ip(&["address", "delete", address, "dev", card])
    }

    /// Pulls a card out.
    pub fn pull_out(&self, card: &str) -> Result<()> {
        self.ip(&["link", "delete", card])
    }

    /// Gives a card another hardware address.
    pub fn set_hardware_address(&self, card: &str, mac: &str) -> Result<()> {
        self.ip(&["link", "set", card, "address", mac])
    }

    /// Switches a card on.
    pub fn switch_on(&self, card: &str) -> Result<()> {
        self.ip(&["link", "set", card, "up"])
    }

    /// Switches a card off.
    pub fn switch_off(&self, card: &str) -> Result<()> {
        self.ip(&["link", "set", card, "down"])
    }

    /// A tunnel with nobody behind it.
    pub fn add_tunnel(&self, card: &str, address: &str) -> Result<()> {
        self.ip(&["tuntap", "add", "dev", card, "mode", "tun"])?;
        self.add_address(card, address)?;
        self.switch_on(card)
    }

    /// A route (`224.0.0.0/4`) through a card.
    pub fn add_route(&self, network: &str, card: &str) -> Result<()> {
        self.ip(&["route", "add", network, "dev", card])
    }

    /// Does `work` on a thread of this machine; a socket made there stays the machine's, wherever it is used.
    pub fn enter<T: Send>(&self, work: impl FnOnce() -> Result<T> + Send) -> Result<T> {
        let path = Path::new("/run/netns").join(&self.namespace);
        let inside = || {
            let namespace = File::open(&path)?;
            setns(namespace, CloneFlags::CLONE_NEWNET).context("the namespace is closed to us")?;
            work()
        };
        let joined = thread::scope(|scope| scope.spawn(inside).join());
        joined.map_err(|_| anyhow!("the thread on {} panicked", self.namespace))?
    }

    fn ip(&self, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new("ip");
        succeed(command.args(["-n", &self.namespace]).args(arguments), LIMIT)?;
        Ok(())
    }

    /// A datagram that comes in on another card than the route back leads to is not thrown away.
    fn accept_all_routes(&self) -> Result<()> {
        self.enter(|| {
            for scope in ["all", "default"] {
                fs::write(format!("/proc/sys/net/ipv4/conf/{scope}/rp_filter"), "0")?;
            }
            Ok(())
        })
    }

    fn wait_until_forwarding(&self, port: &str) -> Result<()> {
        let state = format!("/sys/class/net/{port}/brport/state");
        let deadline = Instant::now() + LIMIT;
        // 3 is the bridge's "forwarding".
        while succeed(self.command("cat").arg(&state), LIMIT)?.stdout.trim() != "3" {
            ensure!(Instant::now() < deadline, "{port} does not forward");
        }
        Ok(())
    }
}
