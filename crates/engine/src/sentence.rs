//! Owns the sentence that says how things stand. Every shell shows the same one, and it never says "answering" where
//! nothing is answered.

use crate::event::CardState;
use crate::view::CardView;
use fingerpost_rules::Mode;

/// `Answering on 2 cards with tftp://%{server}.`
pub(crate) fn state<'a>(
    mode: Mode,
    url: Option<&str>,
    rules: usize,
    mut cards: impl Iterator<Item = &'a CardView> + Clone,
) -> String {
    let open = cards.clone().filter(|card| is_heard(card.state)).count();
    if open == 0 {
        let reason = cards.find_map(|card| card.reason.as_deref());
        return format!("Not listening: {}.", reason.unwrap_or("there is no card to listen on"));
    }
    match (mode, url, rules) {
        (Mode::Observe, ..) => {
            format!("Observing on {}: nothing is answered.", counted(open, "card"))
        }
        (Mode::Answer, None, 0) => {
            format!(
                "Listening on {}, but there is no URL to answer with: set one.",
                counted(open, "card")
            )
        }
        (Mode::Answer, Some(url), 0) => {
            format!("Answering on {} with {url}.", counted(open, "card"))
        }
        (Mode::Answer, None, rules) => {
            format!("Answering on {} by {}.", counted(open, "card"), counted(rules, "rule"))
        }
        (Mode::Answer, Some(url), rules) => {
            format!(
                "Answering on {} by {}, else with {url}.",
                counted(open, "card"),
                counted(rules, "rule")
            )
        }
    }
}

fn is_heard(state: CardState) -> bool {
    matches!(state, CardState::Listening | CardState::OtherPort)
}

fn counted(count: usize, what: &str) -> String {
    if count == 1 { format!("1 {what}") } else { format!("{count} {what}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn say(mode: Mode, url: Option<&str>, rules: usize, states: &[CardState]) -> String {
        let card = |state: &CardState| CardView {
            name: "eth0".into(),
            addresses: Vec::new(),
            state: *state,
            reason: (*state == CardState::Failed).then(|| "port 5060 is held by baresip".into()),
        };
        let cards: Vec<CardView> = states.iter().map(card).collect();
        state(mode, url, rules, cards.iter())
    }

    #[test]
    fn it_says_answering_only_where_something_is_answered() {
        use CardState::{Down, Failed, Listening, OtherPort};
        let url = Some("tftp://%{server}");
        assert_eq!(
            say(Mode::Answer, url, 0, &[Listening, OtherPort]),
            "Answering on 2 cards with tftp://%{server}."
        );
        assert_eq!(
            say(Mode::Answer, None, 2, &[Listening, Down]),
            "Answering on 1 card by 2 rules."
        );
        assert_eq!(
            say(Mode::Observe, url, 0, &[Listening]),
            "Observing on 1 card: nothing is answered."
        );
        assert_eq!(
            say(Mode::Answer, url, 0, &[Failed]),
            "Not listening: port 5060 is held by baresip."
        );
        assert!(say(Mode::Answer, None, 0, &[Listening]).contains("no URL"));
        assert!(say(Mode::Answer, url, 0, &[]).starts_with("Not listening"));
    }
}
