//! Owns which keys do what. Those that change what phones are told need two modifiers: a stray letter must not switch a
//! network to being answered.

use crate::region;
use crate::wish::Wish;
use egui::{Context, Event, FocusDirection, Key, KeyboardShortcut, Modifiers};
use fingerpost_engine::Adoption;

const CTRL_SHIFT: Modifiers = Modifiers::COMMAND.plus(Modifiers::SHIFT);
/// Answer phones.
pub(crate) const ANSWER: KeyboardShortcut = KeyboardShortcut::new(CTRL_SHIFT, Key::A);
/// Only observe.
pub(crate) const OBSERVE: KeyboardShortcut = KeyboardShortcut::new(CTRL_SHIFT, Key::O);
/// The chosen phone is ours.
pub(crate) const ADOPT: KeyboardShortcut = KeyboardShortcut::new(CTRL_SHIFT, Key::D);
/// Nothing is said to the chosen phone.
pub(crate) const IGNORE: KeyboardShortcut = KeyboardShortcut::new(CTRL_SHIFT, Key::I);
/// Takes back what was said of phones.
pub(crate) const UNDO: KeyboardShortcut = KeyboardShortcut::new(CTRL_SHIFT, Key::U);
const NAME: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F2);
const URL: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::L);
const FILTER: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::F);
const LISTEN: KeyboardShortcut = KeyboardShortcut::new(Modifiers::NONE, Key::F5);

/// A page of the list, for the Page keys.
const PAGE: isize = 10;

/// The line that names them.
pub(crate) const HELP: &str = "Up and Down choose a phone · Enter looks at it · Tab goes on · / filters · Ctrl+L URL · \
     Ctrl+Shift+O observe · Ctrl+Shift+A answer · Ctrl+Shift+D adopt · Ctrl+Shift+I ignore · F2 name · \
     Ctrl+Shift+U undo · F5 listen again · Esc back";

/// What the keys pressed just now ask for.
pub(crate) fn wishes(ctx: &Context) -> Vec<Wish> {
    let mut wishes = everywhere(ctx);
    if !ctx.text_edit_focused() {
        wishes.extend(take_slash(ctx).then_some(Wish::GoToFilter));
    }
    if is_at_the_list(ctx) {
        wishes.extend(in_the_list(ctx));
    }
    wishes
}

fn everywhere(ctx: &Context) -> Vec<Wish> {
    let shortcuts = [
        (ANSWER, Wish::Answer(true)),
        (OBSERVE, Wish::Answer(false)),
        (ADOPT, Wish::Mark(Adoption::Adopted)),
        (IGNORE, Wish::Mark(Adoption::Ignored)),
        (UNDO, Wish::Undo),
        (NAME, Wish::GoToName),
        (URL, Wish::GoToUrl),
        (FILTER, Wish::GoToFilter),
        (LISTEN, Wish::ListenAgain),
        (KeyboardShortcut::new(Modifiers::NONE, Key::Escape), Wish::Back),
    ];
    let pressed = |(shortcut, wish): (KeyboardShortcut, Wish)| {
        ctx.input_mut(|input| input.consume_shortcut(&shortcut)).then_some(wish)
    };
    shortcuts.into_iter().filter_map(pressed).collect()
}

/// A slash as text, for on many keyboards it is not a key of its own.
fn take_slash(ctx: &Context) -> bool {
    ctx.input_mut(|input| {
        let before = input.events.len();
        input.events.retain(|event| !matches!(event, Event::Text(text) if text == "/"));
        input.events.len() < before
    })
}

/// The list has the keyboard, or nobody has.
fn is_at_the_list(ctx: &Context) -> bool {
    ctx.memory(|memory| memory.focused().is_none_or(|id| id == region::phones()))
}

fn in_the_list(ctx: &Context) -> Vec<Wish> {
    let keys = [
        (Key::ArrowDown, Wish::Step(1)),
        (Key::ArrowUp, Wish::Step(-1)),
        (Key::PageDown, Wish::Step(PAGE)),
        (Key::PageUp, Wish::Step(-PAGE)),
        (Key::Home, Wish::Step(isize::MIN)),
        (Key::End, Wish::Step(isize::MAX)),
        (Key::Enter, Wish::GoToDetail),
    ];
    let pressed = |(key, wish)| {
        ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key)).then_some(wish)
    };
    let wishes: Vec<Wish> = keys.into_iter().filter_map(pressed).collect();
    if !wishes.is_empty() {
        // The arrow was for the list: it does not lead to the next widget as well.
        ctx.memory_mut(|memory| memory.move_focus(FocusDirection::None));
    }
    wishes
}
