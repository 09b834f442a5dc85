//! Owns the entry in the desktop's tray: how things stand in words, the switch to answer, a way back to the window. It
//! speaks D-Bus itself (`StatusNotifierItem`); where there is no tray, the window does without and the log says so.

use crate::shell::Shell;
use fingerpost_engine::Mode;
use std::fmt;
use std::sync::Arc;
#[cfg(target_os = "linux")]
use std::sync::atomic::{AtomicBool, Ordering};

/// The icon's name in the theme, and the desktop entry's.
#[cfg(target_os = "linux")]
pub(crate) const ICON: &str = "fingerpost";

/// The tray's entry, where there is a tray.
#[derive(Default)]
pub(crate) struct Tray {
    #[cfg(target_os = "linux")]
    handle: tokio::sync::OnceCell<ksni::Handle<Entry>>,
    #[cfg(target_os = "linux")]
    is_shown: Arc<AtomicBool>,
}

impl fmt::Debug for Tray {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tray").field("is_shown", &self.is_shown()).finish_non_exhaustive()
    }
}

impl Tray {
    /// Whether people can come back to a hidden window.
    pub(crate) fn is_shown(&self) -> bool {
        #[cfg(target_os = "linux")]
        return self.is_shown.load(Ordering::Relaxed);
        #[cfg(not(target_os = "linux"))]
        false
    }
}

#[cfg(not(target_os = "linux"))]
impl Tray {
    pub(crate) async fn open(&self, _: &Arc<Shell>) {}
    pub(crate) async fn say(&self, _: Mode, _: &str, _: bool) {}
}

#[cfg(target_os = "linux")]
impl Tray {
    /// Puts the entry there. A tray that comes later, as at a login, gets it then.
    pub(crate) async fn open(&self, shell: &Arc<Shell>) {
        use ksni::TrayMethods;
        self.is_shown.store(true, Ordering::Relaxed);
        let entry = Entry {
            shell: Arc::clone(shell),
            is_shown: Arc::clone(&self.is_shown),
            is_answering: false,
            notifies: true,
            sentence: "Starting".into(),
        };
        match entry.assume_sni_available(true).spawn().await {
            // It is put there once.
            Ok(handle) => drop(self.handle.set(handle)),
            Err(error) => {
                self.is_shown.store(false, Ordering::Relaxed);
                crate::log::say(&format!("no entry in the tray: {error}"));
            }
        }
    }

    /// How things stand now.
    pub(crate) async fn say(&self, mode: Mode, sentence: &str, notifies: bool) {
        let Some(handle) = self.handle.get() else { return };
        let is_answering = mode == Mode::Answer;
        // One that has ended says nothing any more.
        let _ = handle
            .update(|entry| {
                entry.is_answering = is_answering;
                entry.notifies = notifies;
                sentence.clone_into(&mut entry.sentence);
            })
            .await;
    }
}

#[cfg(target_os = "linux")]
#[derive(Debug)]
struct Entry {
    shell: Arc<Shell>,
    is_shown: Arc<AtomicBool>,
    is_answering: bool,
    notifies: bool,
    sentence: String,
}

#[cfg(target_os = "linux")]
impl ksni::Tray for Entry {
    fn id(&self) -> String {
        "fingerpost".into()
    }

    fn title(&self) -> String {
        "Fingerpost".into()
    }

    fn icon_name(&self) -> String {
        ICON.into()
    }

    /// For a program that is not installed.
    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let picture = tauri::include_image!("icons/32x32.png");
        let data = picture.rgba().chunks_exact(4).flat_map(|p| [p[3], p[0], p[1], p[2]]).collect();
        vec![ksni::Icon { width: 32, height: 32, data }]
    }

    fn tool_tip(&self) -> ksni::ToolTip {
        let title = "Fingerpost".into();
        ksni::ToolTip { title, description: escaped(&self.sentence), ..ksni::ToolTip::default() }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.shell.raise();
    }

    fn menu(&self) -> Vec<ksni::MenuItem<Self>> {
        vec![
            said(&self.sentence),
            ksni::MenuItem::Separator,
            action("Open Fingerpost", |entry| entry.shell.raise()),
            check("Answer phones", self.is_answering, |entry| {
                entry.shell.answer(!entry.is_answering);
            }),
            check("Tell me of new phones", self.notifies, |entry| {
                entry.notifies = !entry.notifies;
                entry.shell.notify(entry.notifies);
            }),
            ksni::MenuItem::Separator,
            action("Quit", |entry| entry.shell.leave()),
        ]
    }

    fn watcher_online(&self) {
        self.is_shown.store(true, Ordering::Relaxed);
    }

    /// The window must not stay hidden behind a tray that has gone.
    fn watcher_offline(&self, reason: ksni::OfflineReason) -> bool {
        self.is_shown.store(false, Ordering::Relaxed);
        crate::log::say(&match reason {
            ksni::OfflineReason::Error(error) => format!("no entry in the tray yet: {error}"),
            _ => "the tray has gone".to_owned(),
        });
        self.shell.show_hidden();
        true
    }
}

#[cfg(target_os = "linux")]
fn said(sentence: &str) -> ksni::MenuItem<Entry> {
    let item = ksni::menu::StandardItem::default();
    ksni::menu::StandardItem { label: literal(sentence), enabled: false, ..item }.into()
}

#[cfg(target_os = "linux")]
fn action(label: &str, run: impl Fn(&mut Entry) + Send + Sync + 'static) -> ksni::MenuItem<Entry> {
    let item = ksni::menu::StandardItem::default();
    ksni::menu::StandardItem { label: label.into(), activate: Box::new(run), ..item }.into()
}

#[cfg(target_os = "linux")]
fn check(
    label: &str,
    checked: bool,
    run: impl Fn(&mut Entry) + Send + Sync + 'static,
) -> ksni::MenuItem<Entry> {
    let item = ksni::menu::CheckmarkItem::default();
    ksni::menu::CheckmarkItem { label: label.into(), checked, activate: Box::new(run), ..item }
        .into()
}

/// A single underscore would mark the next letter.
#[cfg(target_os = "linux")]
fn literal(text: &str) -> String {
    text.replace('_', "__")
}

/// The tool tip may hold markup.
#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
