//! The corpora, replayed: every promise holds for every message that is kept.

use fingerpost_promises::{PROMISES, any_bytes, corpus};

#[test]
fn every_input_that_is_kept_for_a_fuzzer_keeps_its_promise() {
    for (target, promise) in PROMISES {
        let samples = corpus::fuzzed(target).unwrap();
        assert!(samples.len() >= 4, "{target} has lost its corpus");
        for (name, bytes) in samples {
            println!("{name}");
            promise(&bytes);
        }
    }
}

#[test]
fn every_message_of_the_corpus_can_be_read_in_every_way_also_cut_short() {
    let messages = corpus::messages().unwrap();
    assert!(messages.len() >= 80);
    for (name, bytes) in messages {
        println!("{name}");
        any_bytes(&bytes);
        (0..bytes.len()).step_by(7).for_each(|end| any_bytes(&bytes[..end]));
    }
}
