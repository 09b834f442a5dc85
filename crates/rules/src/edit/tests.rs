use super::*;
use proptest::prelude::*;

const FILE: &str = r#"# Who gets what, and why.
version = 1
mode = "observe"   # until Monday
interfaces = ["eth0"]

# Reception first.
[[rule]]
name = "lobby"
match = { tag = "lobby" }   # set by hand
answer = { url = "http://pbx/lobby/" }

# Cheap ones.
[[rule]]
[rule.match]
vendor = "fanvil"    # all of them
[rule.answer]
url = "http://pbx/f/"

[[rule]]
name = "rest"
ignore = true
# the end
"#;

const SNOM: &str =
    "name = \"snom\"\nmatch = { vendor = \"snom\" }\nanswer = { url = \"http://pbx/s/\" }\n";

fn done(edits: &[Edit]) -> String {
    edit(FILE, edits).unwrap_or_else(|error| panic!("{error}"))
}

fn names(text: &str) -> Vec<String> {
    Policy::parse(text).unwrap().rules().iter().map(|rule| rule.name().to_owned()).collect()
}

fn lines_lost(new: &str) -> Vec<&str> {
    FILE.lines().filter(|line| !new.lines().any(|other| other == *line)).collect()
}

fn add(at: Place) -> Edit {
    Edit::AddRule { rule: SNOM.into(), at }
}

fn named(rule: &str) -> String {
    rule.to_owned()
}

#[test]
fn nothing_to_do_changes_no_byte() {
    assert_eq!(done(&[]), FILE);
}

#[test]
fn a_rule_is_put_where_it_is_wanted_and_no_line_is_lost() {
    let table = [
        (Place::First, ["snom", "lobby", "rule 3", "rest"]),
        (Place::Before(named("2")), ["lobby", "snom", "rule 3", "rest"]),
        (Place::After(named("lobby")), ["lobby", "snom", "rule 3", "rest"]),
        (Place::After(named("rule 2")), ["lobby", "rule 2", "snom", "rest"]),
        (Place::Last, ["lobby", "rule 2", "rest", "snom"]),
    ];
    for (at, order) in table {
        let text = done(&[add(at.clone())]);
        assert_eq!(names(&text), order, "{at:?}\n{text}");
        assert_eq!(lines_lost(&text), [""; 0], "{text}");
    }
}

#[test]
fn a_rule_moves_with_its_comment_and_its_tables() {
    let to = Place::First;
    let text = done(&[Edit::MoveRule { rule: named("2"), to }]);
    assert_eq!(names(&text), ["rule 1", "lobby", "rest"]);
    assert!(text.contains("\n# Cheap ones.\n[[rule]]\n[rule.match]\nvendor = \"fanvil\"    # all of them\n[rule.answer]\n"), "{text}");
    assert!(text.find("# Cheap").unwrap() < text.find("# Reception").unwrap(), "{text}");
    assert_eq!(lines_lost(&text), [""; 0], "{text}");
    let back =
        edit(&text, &[Edit::MoveRule { rule: named("1"), to: Place::After(named("lobby")) }]);
    assert_eq!(names(&back.unwrap()), ["lobby", "rule 2", "rest"]);
}

#[test]
fn a_rule_is_replaced_under_its_comment_and_removed_with_it() {
    let text = done(&[Edit::ReplaceRule { rule: named("lobby"), by: SNOM.into() }]);
    assert!(text.contains("# Reception first.\n[[rule]]\nname = \"snom\"\n"), "{text}");
    assert_eq!(names(&text), ["snom", "rule 2", "rest"]);
    let text = done(&[Edit::RemoveRule { rule: named("lobby") }]);
    assert!(!text.contains("Reception") && text.contains("# Cheap ones."), "{text}");
    let all = ["lobby", "1", "rest"].map(|rule| Edit::RemoveRule { rule: named(rule) });
    assert_eq!(names(&done(&all)), [""; 0]);
}

#[test]
fn mode_cards_and_sources_change_and_their_comments_stay() {
    let text = done(&[
        Edit::SetMode { mode: Mode::Answer },
        Edit::SetInterfaces { interfaces: vec!["eth1".into(), "vlan20".into()] },
        Edit::SetAllowSources { sources: vec!["10.2.0.0/16".into()] },
    ]);
    assert!(
        text.contains("mode = \"answer\"   # until Monday\ninterfaces = [\"eth1\", \"vlan20\"]\n"),
        "{text}"
    );
    let policy = Policy::parse(&text).unwrap();
    assert_eq!(policy.allow_sources()[0].to_string(), "10.2.0.0/16");
    let none = done(&[Edit::SetInterfaces { interfaces: Vec::new() }]);
    assert_eq!(Policy::parse(&none).unwrap().interfaces(), [""; 0]);
}

#[test]
fn an_empty_policy_takes_its_first_rule() {
    let text = edit("version = 1\n", &[add(Place::Last)]).unwrap();
    assert_eq!(text, format!("version = 1\n\n[[rule]]\n{SNOM}"));
    let with_header = Edit::AddRule { rule: format!("[[rule]]\n{SNOM}"), at: Place::Last };
    assert_eq!(edit("version = 1\n", &[with_header]).unwrap(), text);
}

#[test]
fn what_would_be_wrong_is_refused_with_its_place_in_the_outcome() {
    let rule = "name = \"x\"\nanswr = { url = \"y\" }".to_owned();
    let Err(EditError::Outcome { errors, text }) =
        edit("version = 1\n", &[Edit::AddRule { rule, at: Place::Last }])
    else {
        panic!("it was taken")
    };
    let said: Vec<_> = errors.as_slice().iter().map(ToString::to_string).collect();
    assert!(
        said.iter().any(|line| line == "5:1: unknown key `answr`; did you mean `answer`?"),
        "{said:?}"
    );
    assert!(text.contains("answr"));
    let sources = vec!["10.1/16".into()];
    let wrong = edit(FILE, &[Edit::SetAllowSources { sources }]).unwrap_err().to_string();
    assert!(wrong.contains("is not an address or a range"), "{wrong}");
}

#[test]
fn what_cannot_be_done_is_said() {
    let wrong = |text: &str, edit_: Edit| edit(text, &[edit_]).unwrap_err().to_string();
    let remove = |rule: &str| Edit::RemoveRule { rule: named(rule) };
    assert_eq!(wrong(FILE, remove("loby")), "there is no rule \"loby\"; did you mean \"lobby\"?");
    assert_eq!(wrong(FILE, remove("4")), "there is no rule \"4\"; there are 2 of them");
    assert_eq!(wrong("version = 1", remove("1")), "there is no rule \"1\"; there are none");
    assert_eq!(
        wrong("version = 1\nmode = answer", remove("1")),
        "the file as it stands: 2:8: string values must be quoted, expected literal string"
    );
    let list = "version = 1\nrule = [{ ignore = true }]";
    assert!(wrong(list, remove("1")).contains("each under its own [[rule]]"));
    let two = Edit::AddRule {
        rule: "[[rule]]\nignore = true\n[[rule]]\nignore = true".into(),
        at: Place::Last,
    };
    assert_eq!(wrong(FILE, two), "the rule: one rule is wanted, and nothing beside it");
    let broken = Edit::AddRule { rule: "ignore = yes please".into(), at: Place::Last };
    assert!(wrong(FILE, broken).starts_with("the rule: "));
}

#[test]
fn edits_are_json_with_no_unknown_word() {
    let json = r#"{"edit":"add_rule","rule":"ignore = true","at":{"before":"lobby"}}"#;
    let read: Edit = serde_json::from_str(json).unwrap();
    let at = Place::Before(named("lobby"));
    assert_eq!(read, Edit::AddRule { rule: "ignore = true".into(), at });
    assert!(serde_json::from_str::<Edit>(r#"{"edit":"set_mode","mode":"observe","x":1}"#).is_err());
    let last: Edit =
        serde_json::from_str(r#"{"edit":"move_rule","rule":"1","to":"last"}"#).unwrap();
    assert_eq!(last, Edit::MoveRule { rule: "1".into(), to: Place::Last });
}

fn some_edit() -> impl Strategy<Value = Edit> {
    let rule = || prop::sample::select(vec!["1", "2", "3", "lobby", "rest", "snom", "nobody"]);
    let place = prop_oneof![
        Just(Place::First),
        Just(Place::Last),
        rule().prop_map(|rule| Place::Before(named(rule))),
        rule().prop_map(|rule| Place::After(named(rule))),
    ];
    prop_oneof![
        place.clone().prop_map(add),
        rule().prop_map(|rule| Edit::RemoveRule { rule: named(rule) }),
        rule().prop_map(|rule| Edit::ReplaceRule { rule: named(rule), by: SNOM.into() }),
        (rule(), place).prop_map(|(rule, to)| Edit::MoveRule { rule: named(rule), to }),
    ]
}

proptest! {
    /// Whatever is done, what comes out is a policy, and the rest of the file is still there.
    #[test]
    fn any_edits_leave_a_policy(edits in prop::collection::vec(some_edit(), 0..12)) {
        let mut text = FILE.to_owned();
        for one in &edits {
            if let Ok(changed) = edit(&text, std::slice::from_ref(one)) {
                text = changed;
            }
        }
        prop_assert!(Policy::parse(&text).is_ok(), "{text}");
        prop_assert!(text.starts_with("# Who gets what, and why.\nversion = 1\nmode = \"observe\"   # until Monday\n"));
    }
}

fn form(json: &str) -> RuleForm {
    serde_json::from_str(json).unwrap()
}

#[test]
fn a_form_changes_what_it_says_and_leaves_comments_and_variations() {
    let text = "version = 1\n# the lobby\n[[rule]]\nname = \"a\" # mine\nmatch = { vendor = 'snom', tag = \"x\" }\nanswer = { url = \"http://a/\", status = 202 }\n[[rule]]\nname = \"#1\"\nignore = true\n";
    let filled = form(
        r#"{"name":"a","conditions":[{"key":"vendor","wanted":["snom"]},{"key":"model","wanted":["D7*","D1*"]}],"action":{"does":"answer","url":"http://b/"}}"#,
    );
    let changed =
        edit(text, &[Edit::FillRule { rule: "#1".into(), form: filled.clone() }]).unwrap();
    let expected = "version = 1\n# the lobby\n[[rule]]\nname = \"a\" # mine\nmatch = { vendor = 'snom', model = [\"D7*\", \"D1*\"] }\nanswer = { url = \"http://b/\", status = 202 }\n[[rule]]\nname = \"#1\"\nignore = true\n";
    assert_eq!(changed, expected);
    let policy = Policy::parse(&changed).unwrap();
    let mut whole = filled;
    if let FormAction::Answer { variation, .. } = &mut whole.action {
        *variation = Some(FormVariation { status: 202, ..FormVariation::default() });
    }
    assert_eq!(RuleForm::of(&policy.rules()[0], 0), whole);
}

#[test]
fn a_form_sets_and_takes_back_each_variation_and_leaves_the_comments() {
    let text = "version = 1\n[[rule]]\n[rule.answer]\nurl = \"http://a/\" # ours\nresponse = true # said aloud\n# the end\n";
    let fill = |text: &str, variation: &str| {
        let form = form(&format!(
            r#"{{"action":{{"does":"answer","url":"http://a/","variation":{variation}}}}}"#
        ));
        edit(text, &[Edit::FillRule { rule: "#1".into(), form }])
    };
    let all = r#"{"status":202,"response":false,"subscription_state":false,"effective_by":0,"slash":true}"#;
    let varied = fill(text, all).unwrap();
    for line in [
        "url = \"http://a/\" # ours",
        "response = false # said aloud",
        "status = 202",
        "subscription_state = false",
        "effective_by = 0",
        "slash = true",
        "# the end",
    ] {
        assert!(varied.lines().any(|other| other == line), "{line} is not in\n{varied}");
    }
    let read = Policy::parse(&varied).unwrap();
    let FormAction::Answer { variation, .. } = RuleForm::of(&read.rules()[0], 0).action else {
        panic!("no answer: {varied}")
    };
    assert_eq!(variation, Some(serde_json::from_str(all).unwrap()));
    let usual = fill(text, "{}").unwrap();
    assert_eq!(usual, text, "what was said aloud stays");
    let back = fill(&varied, "{}").unwrap();
    assert_eq!(back, text.replace("response = true # said aloud\n", ""));
    let wrong = fill(text, r#"{"effective_by":-1}"#).unwrap_err();
    assert!(wrong.to_string().contains("-1 is no number of seconds"), "{wrong}");
}

#[test]
fn a_form_makes_a_rule_of_an_empty_one_and_another_of_it() {
    let fill = |json: &str| Edit::FillRule { rule: "#1".into(), form: form(json) };
    let add = Edit::AddRule { rule: String::new(), at: Place::First };
    let denied = fill(
        r#"{"conditions":[{"key":"mac","wanted":["000413"]}],"action":{"does":"deny","status":404}}"#,
    );
    let text = edit("version = 1\n", &[add, denied]).unwrap();
    assert_eq!(
        text,
        "version = 1\n\n[[rule]]\nmatch = { mac = \"000413\" }\ndeny = { status = 404 }\n"
    );
    let text = edit(&text, &[fill(r#"{"action":{"does":"ignore"}}"#)]).unwrap();
    assert_eq!(text, "version = 1\n\n[[rule]]\nignore = true\n");
    let wrong = edit(&text, &[fill(r#"{"action":{"does":"deny","status":200}}"#)]).unwrap_err();
    assert!(matches!(wrong, EditError::Outcome { .. }), "{wrong}");
}
