//! Whatever is heard: no panic, and every place that is named exists.

use crate::support::{accepted, acknowledged, notify, request, response, subscribe};
use fingerpost_ladder::{Heard, Ladder, Listener, mermaid, svg, text};
use proptest::prelude::*;

fn any_message() -> impl Strategy<Value = Vec<u8>> {
    let call = "[a-c]";
    prop_oneof![
        Just(subscribe()),
        Just(accepted()),
        Just(notify()),
        Just(acknowledged()),
        (prop::sample::select(vec!["INVITE", "ACK", "BYE", "OPTIONS"]), call, call, 0..3u32)
            .prop_map(|(method, call, branch, n)| request(
                method,
                "sip:10.0.0.1",
                &call,
                &branch,
                n
            )),
        (prop::sample::select(vec!["100 T", "200 OK", "401 U", "x"]), call, call, 0..3u32)
            .prop_map(|(status, call, branch, n)| response(status, "INVITE", &call, &branch, n)),
        prop::collection::vec(any::<u8>(), 0..80),
    ]
}

proptest! {
    #[test]
    fn every_place_that_a_ladder_names_exists(messages in prop::collection::vec(any_message(), 0..30)) {
        let heard: Vec<Heard<'_>> = messages.iter().map(|bytes| Heard::text(bytes)).collect();
        let ladder = Ladder::of(&heard);
        prop_assert_eq!(ladder.rows.len(), messages.len());
        for (index, row) in ladder.rows.iter().enumerate() {
            prop_assert!(row.from < ladder.lanes.len() && row.to < ladder.lanes.len());
            prop_assert!(row.repeats.is_none_or(|first| first < index));
            prop_assert!(row.answers.is_none_or(|asked| asked < index));
            prop_assert!(row.call < ladder.calls);
        }
        prop_assert!(ladder.missing.iter().all(|missing| missing.after < messages.len()));
        prop_assert!(ladder.missing.is_sorted_by_key(|missing| missing.after));
        let _ = (text::draw(&ladder), mermaid::write(&ladder), svg::draw(&ladder));
    }

    #[test]
    fn a_row_that_is_made_where_one_looks_is_that_of_the_whole_ladder(messages in prop::collection::vec(any_message(), 0..30)) {
        let heard: Vec<Heard<'_>> =
            messages.iter().zip(7..).map(|(bytes, time)| Heard::text(bytes).at(time)).collect();
        let ladder = Ladder::of(&heard);
        let mut listener = Listener::expecting(heard.len());
        for heard in &heard {
            listener.hear(heard);
        }
        let scroll = listener.scroll();
        prop_assert_eq!((&scroll.lanes, &scroll.missing), (&ladder.lanes, &ladder.missing));
        prop_assert_eq!((scroll.calls, scroll.first_failure), (ladder.calls, ladder.first_failure));
        // From the last one on: no row needs another one to be made before.
        for index in (0..heard.len()).rev() {
            prop_assert_eq!(scroll.rows.get(index), ladder.rows.get(index).cloned());
            prop_assert_eq!(scroll.rows.call(index), Some(ladder.rows[index].call));
        }
        prop_assert_eq!((scroll.rows.get(heard.len()), scroll.rows.call(heard.len())), (None, None));
    }
}
