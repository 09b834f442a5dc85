//! Owns the cards as a page shows them: one row a name, in the system's order. Bounded: of those that are gone only the
//! last ones are shown. Opens nothing.

use crate::event::CardState;
use crate::view::CardView;

/// Rows of cards that are gone.
const MOST_GONE: usize = 8;

#[derive(Debug, Default)]
pub(crate) struct CardRows(Vec<(u32, CardView)>);

impl CardRows {
    /// Shows the card like this from now on. `index` is the system's number, 0 where there is no such card (yet).
    pub(crate) fn put(&mut self, index: u32, row: CardView) {
        self.remove(&row.name);
        let at = self.0.partition_point(|(other, _)| *other <= index);
        self.0.insert(at, (index, row));
        self.forget_the_long_gone();
    }

    /// Whether this is news.
    pub(crate) fn change(&mut self, name: &str, state: CardState, reason: Option<&str>) -> bool {
        let Some((_, row)) = self.0.iter_mut().find(|(_, row)| row.name == name) else {
            return false;
        };
        let is_news = row.state != state || row.reason.as_deref() != reason;
        row.state = state;
        row.reason = reason.map(String::from);
        is_news
    }

    pub(crate) fn remove(&mut self, name: &str) {
        self.0.retain(|(_, row)| row.name != name);
    }

    /// Without the names that stood for cards that were waited for and are not any more.
    pub(crate) fn keep_waiting_for(&mut self, names: &[&String]) {
        self.0.retain(|(index, row)| *index != 0 || names.contains(&&row.name));
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(_, row)| row.name == name)
    }

    pub(crate) fn views(&self) -> impl Iterator<Item = &CardView> + Clone {
        self.0.iter().map(|(_, row)| row)
    }

    fn forget_the_long_gone(&mut self) {
        let is_gone = |(index, row): &(u32, CardView)| *index != 0 && row.state == CardState::Gone;
        let gone = self.0.iter().filter(|row| is_gone(row)).count();
        // Numbers grow with time: the lowest was gone first.
        if gone > MOST_GONE
            && let Some(at) = self.0.iter().position(is_gone)
        {
            self.0.remove(at);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cards: &[(u32, &str)]) -> CardRows {
        let mut rows = CardRows::default();
        for (index, name) in cards {
            let (name, state) = ((*name).into(), CardState::Listening);
            rows.put(*index, CardView { name, addresses: Vec::new(), state, reason: None });
        }
        rows
    }

    fn names(rows: &CardRows) -> Vec<&str> {
        rows.views().map(|row| row.name.as_str()).collect()
    }

    #[test]
    fn a_card_that_comes_again_has_one_row_and_its_new_place() {
        let rows = rows(&[(2, "eth0"), (4, "eth2"), (3, "eth1"), (9, "eth0")]);
        assert_eq!(names(&rows), ["eth1", "eth2", "eth0"]);
    }

    #[test]
    fn only_news_is_news() {
        let mut rows = rows(&[(2, "eth0")]);
        assert!(!rows.change("eth0", CardState::Listening, None));
        assert!(rows.change("eth0", CardState::Down, Some("off")));
        assert!(!rows.change("eth0", CardState::Down, Some("off")));
        assert!(!rows.change("eth1", CardState::Down, Some("off")));
    }

    #[test]
    fn cards_that_come_and_go_for_ever_leave_few_rows() {
        let mut rows = rows(&[(1, "eth0")]);
        for index in 2..100 {
            let name = format!("br-{index}");
            let view = CardView {
                name: name.clone(),
                addresses: Vec::new(),
                state: CardState::Listening,
                reason: None,
            };
            rows.put(index, view);
            rows.change(&name, CardState::Gone, Some("it is gone"));
        }
        assert_eq!(rows.views().count(), 2 + MOST_GONE);
        assert!(rows.has("eth0") && rows.has("br-99") && !rows.has("br-2"));
    }
}
