//! Owns the window: eframe around the console.

use eframe::{CreationContext, NativeOptions};
use egui::ViewportBuilder;
use fingerpost_console::{Console, Live, dress};
use fingerpost_engine::Setup;
use fingerpost_launch::{Options, Theme};

struct Window(Console);

impl eframe::App for Window {
    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        self.0.ui(ui);
    }
}

/// Opens it and stays until it is closed.
pub(crate) fn open(options: &Options, setup: Setup) -> eframe::Result {
    let viewport = ViewportBuilder::default()
        .with_title("Fingerpost console")
        .with_app_id("fingerpost-console")
        .with_inner_size([1240.0, 760.0])
        .with_min_inner_size([320.0, 320.0]);
    let native = NativeOptions { viewport, ..NativeOptions::default() };
    let create = |creation: &CreationContext<'_>| -> Result<Box<dyn eframe::App>, _> {
        let ctx = &creation.egui_ctx;
        dress(ctx);
        ctx.set_theme(preference(options.theme()));
        let waker = ctx.clone();
        let live = Live::start(setup, move || waker.request_repaint())?;
        let console = Console::new(Box::new(live)).suggesting(options.simulation());
        Ok(Box::new(Window(console)))
    };
    eframe::run_native("fingerpost-console", native, Box::new(create))
}

fn preference(theme: Theme) -> egui::ThemePreference {
    match theme {
        Theme::System => egui::ThemePreference::System,
        Theme::Light => egui::ThemePreference::Light,
        Theme::Dark => egui::ThemePreference::Dark,
    }
}
