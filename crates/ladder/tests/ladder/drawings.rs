//! The ladder as text, as Mermaid and as SVG.

use crate::support::{accepted, acknowledged, message, notify, pasted, request, subscribe};
use fingerpost_ladder::{Heard, Ladder, mermaid, svg, text};

#[test]
fn a_terminal_shows_lanes_arrows_and_what_is_missing() {
    let messages = [subscribe(), accepted(), notify()];
    let times = [0, 4_000, 5_000];
    let heard: Vec<Heard<'_>> =
        messages.iter().zip(times).map(|(bytes, time)| Heard::text(bytes).at(time)).collect();
    let expected = "                  10.0.0.7               224.0.1.75               10.0.0.1
               snom snomD785          multicast group       provisioning server
    0.000             |------ SUBSCRIBE ----->|                       |             ua-profile
    0.004             |<------------------ 200 OK --------------------|             to SUBSCRIBE, after 0.004 s
    0.005             |<------------------ NOTIFY --------------------|             http://10.0.0.1/c
                      |............ a response to NOTIFY ............>|             missing: a response to NOTIFY. \
The NOTIFY was not acknowledged: it did not arrive, the phone did not take it, or its answer went to the address in \
Via. (RFC 6665 §4.1.3)
";
    assert_eq!(text::draw(&Ladder::of(&heard)), expected);
}

#[test]
fn many_lanes_become_a_list() {
    let asked: Vec<Vec<u8>> = (1..9)
        .map(|host| {
            request(
                "OPTIONS",
                &format!("sip:10.0.1.{host}"),
                &host.to_string(),
                &host.to_string(),
                1,
            )
        })
        .collect();
    let drawn = text::draw(&pasted(&asked));
    assert!(drawn.contains("1. 10.0.0.7 -> 10.0.1.1: OPTIONS"), "{drawn}");
}

#[test]
fn mermaid_has_a_line_a_message_and_one_for_what_is_missing() {
    let diagram = mermaid::write(&pasted(&[subscribe(), accepted(), notify(), notify()]));
    let expected = "sequenceDiagram
    actor L0 as 10.0.0.7<br/>snom snomD785
    participant L1 as 224.0.1.75<br/>multicast group
    participant L2 as 10.0.0.1<br/>provisioning server
    L0->>L1: SUBSCRIBE ua-profile
    L2-->>L0: 200 OK to SUBSCRIBE
    L2->>L0: NOTIFY http://10.0.0.1/c
    L2->>L0: NOTIFY http://10.0.0.1/c (repeats 3)
    L0--xL2: missing: a response to NOTIFY
";
    assert_eq!(diagram, expected);
}

#[test]
fn nothing_of_a_message_leaves_its_place_in_a_drawing() {
    let evil =
        message(&["A;end<b>#x SIP-\"&{} SIP/2.0", "Via: SIP/2.0/UDP <script>;branch=z9hG4bK1"]);
    let ladder = pasted(&[evil]);
    let diagram = mermaid::write(&ladder);
    let said = diagram.lines().find(|line| line.contains("->>")).unwrap();
    assert!(said.contains("A#59;end#60;b#62;#35;x"), "{said}");
    let drawn = svg::draw(&ladder);
    assert!(!drawn.contains("<b>") && !drawn.contains("<script>"), "{drawn}");
}

#[test]
fn the_svg_holds_its_words_as_text() {
    let drawn = svg::draw(&pasted(&[subscribe(), accepted(), notify(), acknowledged()]));
    for words in
        ["SUBSCRIBE ua-profile", "NOTIFY http://10.0.0.1/c", "snom snomD785", "<desc", "<title"]
    {
        assert!(drawn.contains(words), "{words}: {drawn}");
    }
    assert_eq!(drawn.matches("<path").count(), 4);
}

#[test]
fn an_empty_ladder_is_drawn_as_nothing() {
    let empty = Ladder::of(&[]);
    assert_eq!(text::list(&empty), "");
    assert!(svg::draw(&empty).contains("0 messages"));
}
