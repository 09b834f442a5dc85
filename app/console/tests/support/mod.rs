//! What the tests of the screen share: a backend made by hand, and a view to put into it. The view was recorded once from
//! a real engine on loopback (its types are made by the engine alone), then each test alters it.

#![allow(
    dead_code,
    clippy::unwrap_used,
    reason = "not every test needs everything, and a test stops where something is missing"
)]

pub(crate) mod painter;

use egui_kittest::Harness;
use fingerpost_console::{Backend, Console, Outcome, State, dress};
use fingerpost_engine::{
    AskPlan, Command, CommandError, Engine, Event, PhoneDetail, PhoneState, Settings, Setup,
    Timestamp, View, ask,
};
use std::cell::RefCell;
use std::collections::VecDeque;
use std::net::{Ipv4Addr, SocketAddrV4};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// What the backend made by hand knows and was told.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) state: State,
    pub(crate) detail: Option<PhoneDetail>,
    pub(crate) looked_at: Option<String>,
    pub(crate) told: Vec<Command>,
    pub(crate) outcomes: VecDeque<Outcome>,
    pub(crate) now: Timestamp,
}

#[derive(Debug)]
struct ByHand(Rc<RefCell<Scene>>);

impl Backend for ByHand {
    fn state(&mut self) -> State {
        self.0.borrow().state.clone()
    }

    fn detail(&mut self) -> Option<Arc<PhoneDetail>> {
        let scene = self.0.borrow();
        let detail = scene.detail.as_ref()?;
        (scene.looked_at.as_ref() == Some(&detail.row.phone.id)).then(|| Arc::new(detail.clone()))
    }

    fn look_at(&mut self, id: Option<&str>) {
        self.0.borrow_mut().looked_at = id.map(String::from);
    }

    fn tell(&mut self, command: Command) {
        self.0.borrow_mut().told.push(command);
    }

    fn outcome(&mut self) -> Option<Outcome> {
        self.0.borrow_mut().outcomes.pop_front()
    }

    fn now(&self) -> Timestamp {
        self.0.borrow().now
    }
}

/// A screen on which `view` stands, and what is behind it.
pub(crate) struct Stage {
    pub(crate) screen: Harness<'static, Console>,
    pub(crate) scene: Rc<RefCell<Scene>>,
}

impl Stage {
    /// The same as an image in `theme`, in a smaller window.
    pub(crate) fn painted(view: View, theme: egui::Theme) -> Self {
        let scene = Self::with(view).scene;
        let console = Console::new(Box::new(ByHand(Rc::clone(&scene))));
        let mut screen = Harness::builder()
            .with_size([1100.0, 420.0])
            .with_theme(theme)
            .with_context_setup(dress)
            .renderer(painter::Painter::default())
            .build_ui_state(|ui, console: &mut Console| console.ui(ui), console);
        screen.run();
        Self { screen, scene }
    }

    pub(crate) fn with(view: View) -> Self {
        let scene = Scene {
            now: Timestamp::from_millis(view.time.as_millis()),
            state: State::Running(Arc::new(view)),
            detail: Some(recorded().1.clone()),
            looked_at: None,
            told: Vec::new(),
            outcomes: VecDeque::new(),
        };
        let scene = Rc::new(RefCell::new(scene));
        let console = Console::new(Box::new(ByHand(Rc::clone(&scene))));
        Self { screen: on_screen(console), scene }
    }

    /// The engine now says this.
    pub(crate) fn show(&mut self, view: View) {
        self.scene.borrow_mut().state = State::Running(Arc::new(view));
        self.screen.run();
    }

    /// The command that was told last comes back with `result`.
    pub(crate) fn answer(&mut self, result: Result<(), CommandError>) {
        {
            let mut scene = self.scene.borrow_mut();
            let command = scene.told.last().unwrap().clone();
            scene.outcomes.push_back(Outcome { command, result });
        }
        self.screen.run();
    }

    /// What was told, in the engine's words.
    pub(crate) fn told(&self) -> Vec<String> {
        self.scene.borrow().told.iter().map(|command| format!("{command:?}")).collect()
    }
}

/// `console` in a window of the usual size.
pub(crate) fn on_screen(console: Console) -> Harness<'static, Console> {
    Harness::builder()
        .with_size([1240.0, 760.0])
        .with_context_setup(dress)
        .build_ui_state(|ui, console: &mut Console| console.ui(ui), console)
}

/// No phone has asked.
pub(crate) fn quiet() -> View {
    let mut view = recorded().0.clone();
    view.phones.clear();
    view
}

/// The phone that asked when the view was recorded.
pub(crate) fn one_phone() -> View {
    recorded().0.clone()
}

/// That one and two more, asked earlier.
pub(crate) fn three_phones() -> View {
    let mut view = one_phone();
    let others = [
        ("0004130a0b0c", "snom", PhoneState::Unconfirmed),
        ("00908f4a1102", "audiocodes", PhoneState::Refused),
    ];
    for (mac, vendor, state) in others {
        let mut row = view.phones[0].clone();
        let phone = Arc::make_mut(&mut row.phone);
        phone.id = mac.into();
        phone.mac = Some(mac.parse().unwrap());
        phone.vendor = Some(vendor.into());
        row.state = state;
        view.phones.push(row);
    }
    view
}

/// Another program holds the port.
pub(crate) fn held() -> View {
    let group = group(u8::try_from(std::process::id() % 100).unwrap());
    let _holder = std::net::UdpSocket::bind(("0.0.0.0", group.port())).unwrap();
    let folder = folder("held-port");
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        std::fs::create_dir_all(&folder.0).unwrap();
        let (engine, _) = Engine::start(on_loopback(&folder.0, group)).unwrap();
        let view = engine.view().await.unwrap();
        engine.stop().await;
        view
    })
}

/// The one phone's MAC, as it is written and as it is shown.
pub(crate) const MAC: &str = "805e0c4d796d";
pub(crate) const MAC_SHOWN: &str = "80:5e:0c:4d:79:6d";

/// A view and a phone's detail as an engine on loopback told them.
fn recorded() -> &'static (View, PhoneDetail) {
    static RECORDED: OnceLock<(View, PhoneDetail)> = OnceLock::new();
    RECORDED.get_or_init(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let group = group(u8::try_from(std::process::id() % 100).unwrap() + 100);
        let limited = async { tokio::time::timeout(Duration::from_secs(20), record(group)).await };
        runtime.block_on(limited).unwrap()
    })
}

async fn record(group: SocketAddrV4) -> (View, PhoneDetail) {
    let folder = folder("recorded");
    let setup = answering(&folder.0, group);
    let (engine, mut events) = Engine::start(setup).unwrap();
    let report = ask(&phone(group)).unwrap().recv().await.unwrap();
    assert!(report.url.is_some());
    let acknowledged = async {
        while !matches!(events.next().await.unwrap().event, Event::Acknowledged { .. }) {}
    };
    tokio::time::timeout(Duration::from_secs(20), acknowledged).await.unwrap();
    let view = engine.view().await.unwrap();
    assert_eq!(view.phones[0].state, PhoneState::Acknowledged);
    let detail = engine.phone(&view.phones[0].phone.id).await.unwrap().unwrap();
    engine.stop().await;
    (view, detail)
}

/// A setup that answers everyone on loopback.
fn answering(folder: &std::path::Path, group: SocketAddrV4) -> Setup {
    std::fs::create_dir_all(folder).unwrap();
    let settings = "mode = \"answer\"\nurl = \"tftp://%{server}/%{mac}.cfg\"\n";
    std::fs::write(folder.join("settings.toml"), settings).unwrap();
    Settings::load(folder).unwrap();
    on_loopback(folder, group)
}

/// A setup on loopback with what `folder` holds.
pub(crate) fn on_loopback(folder: &std::path::Path, group: SocketAddrV4) -> Setup {
    let setup = Setup::from_folder(folder).unwrap();
    setup.on_interfaces(vec!["lo".into()]).with_group(*group.ip(), group.port())
}

/// A group of its own for each test, so that tests running side by side do not hear each other.
pub(crate) fn group(test: u8) -> SocketAddrV4 {
    SocketAddrV4::new(Ipv4Addr::new(239, 255, 79, test), 37_000 + u16::from(test))
}

/// A simulated phone.
pub(crate) fn phone(group: SocketAddrV4) -> AskPlan {
    let mut plan = AskPlan::default();
    plan.vendor = Some("yealink".into());
    plan.model = Some("T53W".into());
    plan.mac = Some(MAC.parse().unwrap());
    plan.interface = Some("127.0.0.1".into());
    plan.group = group;
    plan
}

/// A folder that is gone with the test.
pub(crate) struct Folder(pub(crate) PathBuf);

impl Drop for Folder {
    fn drop(&mut self) {
        // It may never have been made.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

pub(crate) fn folder(name: &str) -> Folder {
    let name = format!("fingerpost-console-{}-{name}", std::process::id());
    Folder(std::env::temp_dir().join(name))
}
