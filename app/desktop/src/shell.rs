//! Owns what is done with the window as a whole, whoever asks for it: the page, the tray, a later start, the window's own
//! close button. Leaving while phones are answered is asked about first.

use crate::host::Running;
use crate::kept::Kept;
use crate::log;
use crate::tray::Tray;
use fingerpost_engine::{Command, Mode};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use tauri::{AppHandle, WebviewWindow};
use tauri_plugin_dialog::{
    DialogExt, MessageDialogButtons, MessageDialogKind, MessageDialogResult,
};
use tokio::sync::oneshot;

const QUESTION: &str =
    "Fingerpost is answering phones. If you leave, phones that ask get no answer from it.";
const LEAVE: &str = "Leave";
const HIDE: &str = "Keep running in the tray";
const STAY: &str = "Stay";

/// The window, and what stands behind it.
#[derive(Debug)]
pub(crate) struct Shell {
    pub(crate) app: AppHandle,
    pub(crate) window: WebviewWindow,
    pub(crate) engine: Running,
    pub(crate) kept: Arc<Kept>,
    pub(crate) tray: Tray,
    is_asking: AtomicBool,
    is_leaving: AtomicBool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Leave,
    Hide,
    Stay,
}

impl Shell {
    pub(crate) fn new(
        app: AppHandle,
        window: WebviewWindow,
        engine: Running,
        kept: Arc<Kept>,
    ) -> Self {
        let (is_asking, is_leaving) = (AtomicBool::new(false), AtomicBool::new(false));
        Self { app, window, engine, kept, tray: Tray::default(), is_asking, is_leaving }
    }

    /// Brings the window to the front, wherever it is.
    pub(crate) fn raise(&self) {
        let window = &self.window;
        let raised =
            window.show().and_then(|()| window.unminimize()).and_then(|()| window.set_focus());
        if let Err(error) = raised {
            log::say(&format!("the window cannot be brought to the front: {error}"));
        }
    }

    /// Shows the window where it is hidden.
    pub(crate) fn show_hidden(&self) {
        if !self.window.is_visible().unwrap_or(true) {
            self.raise();
        }
    }

    /// Whether the program is about to end.
    pub(crate) fn is_leaving(&self) -> bool {
        self.is_leaving.load(Ordering::Relaxed)
    }

    pub(crate) fn notify(&self, notifies: bool) {
        self.kept.change(|known| known.notifies = notifies);
        self.kept.write();
    }

    /// Answers phones from now on, or only looks. What stands against it is said in front of the window.
    pub(crate) fn answer(self: &Arc<Self>, answer: bool) {
        let shell = Arc::clone(self);
        tauri::async_runtime::spawn(async move {
            let mode = if answer { Mode::Answer } else { Mode::Observe };
            if let Err(error) = shell.engine.command(Command::SetMode { mode }).await {
                shell.raise();
                let dialog =
                    shell.app.dialog().message(format!("The switch was not turned: {error}"));
                dialog.title("Fingerpost").parent(&shell.window).show(|_| {});
            }
        });
    }

    /// Ends the program; asks first while phones are answered.
    pub(crate) fn leave(self: &Arc<Self>) {
        if self.is_asking.swap(true, Ordering::Relaxed) {
            return;
        }
        let shell = Arc::clone(self);
        tauri::async_runtime::spawn(async move {
            let answer = shell.ask().await;
            shell.is_asking.store(false, Ordering::Relaxed);
            match answer {
                Answer::Leave => shell.end(),
                Answer::Hide => shell.hide(),
                Answer::Stay => {}
            }
        });
    }

    fn end(&self) {
        self.is_leaving.store(true, Ordering::Relaxed);
        self.app.exit(0);
    }

    fn hide(&self) {
        self.kept.write();
        if let Err(error) = self.window.hide() {
            log::say(&format!("the window cannot be hidden: {error}"));
        }
    }

    async fn ask(&self) -> Answer {
        // An engine that has ended answers nobody.
        let is_answering = self.engine.view().await.is_ok_and(|view| view.mode == Mode::Answer);
        if !is_answering {
            return Answer::Leave;
        }
        self.show_hidden();
        let (tell, told) = oneshot::channel();
        let dialog = self.app.dialog().message(QUESTION).title("Leave Fingerpost?");
        let dialog = dialog.kind(MessageDialogKind::Warning).parent(&self.window);
        dialog.buttons(buttons(self.tray.is_shown())).show_with_result(move |result| {
            // A program that ends meanwhile wants no answer.
            let _ = tell.send(result);
        });
        told.await.map_or(Answer::Stay, |result| understood(&result))
    }
}

fn buttons(has_tray: bool) -> MessageDialogButtons {
    if has_tray {
        MessageDialogButtons::YesNoCancelCustom(LEAVE.into(), HIDE.into(), STAY.into())
    } else {
        MessageDialogButtons::OkCancelCustom(LEAVE.into(), STAY.into())
    }
}

/// A dialog that was closed is no yes.
fn understood(result: &MessageDialogResult) -> Answer {
    match result {
        MessageDialogResult::Custom(words) if words == LEAVE => Answer::Leave,
        MessageDialogResult::Custom(words) if words == HIDE => Answer::Hide,
        MessageDialogResult::Ok | MessageDialogResult::Yes => Answer::Leave,
        MessageDialogResult::No => Answer::Hide,
        _ => Answer::Stay,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_clear_word_ends_the_program() {
        let custom = |words: &str| understood(&MessageDialogResult::Custom(words.into()));
        assert_eq!(custom(LEAVE), Answer::Leave);
        assert_eq!(custom(HIDE), Answer::Hide);
        assert_eq!(custom(STAY), Answer::Stay);
        assert_eq!(understood(&MessageDialogResult::Cancel), Answer::Stay);
    }

    #[test]
    fn nobody_is_sent_to_a_tray_that_is_not_there() {
        assert!(matches!(buttons(false), MessageDialogButtons::OkCancelCustom(..)));
    }
}
