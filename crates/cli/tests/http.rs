//! `fingerpost serve --http`: the pages and the API as a browser, and as somebody who should not be there, finds them.
//! Each test has a group and port of its own on the loopback card.
#![cfg(target_os = "linux")]

mod support;

use serde_json::{Value, json};
use std::net::{TcpListener, UdpSocket};
use std::path::Path;
use support::served::{End, Served, network, refusal};
use support::{Scratch, run};

const URL: &[&str] = &["--url", "tftp://%{server}/%{mac}.cfg"];

#[test]
fn the_api_needs_the_token_and_the_pages_none() {
    let served = Served::start(1, &[]);
    let host = ("Host", &*served.authority);
    let wrong = format!("Bearer {}", "0".repeat(64));
    for path in [
        "GET /api/view",
        "GET /api/phones/x",
        "GET /api/phones.csv",
        "GET /api/phones.json",
        "GET /api/phones/x/exchange.pcapng",
        "GET /api/events",
        "POST /api/command",
        "POST /api/dry_run",
        "GET /api/traffic",
        "GET /api/health",
        "POST /api/health",
        "POST /api/search",
        "POST /api/capture",
        "GET /api/settings",
        "GET /api/backup",
        "POST /api/backup",
        "GET /api/x",
    ] {
        for headers in [vec![host], vec![host, ("Authorization", &wrong)]] {
            let answer = served.ask(path, &headers, "");
            assert_eq!(answer.status, 401, "{path}: {answer:?}");
            assert!(answer.json()["error"].as_str().unwrap().contains("token"), "{answer:?}");
        }
    }
    let in_url = served.ask(&format!("GET /api/view?token={}", served.token), &[host], "");
    assert_eq!(in_url.status, 401, "a token in a URL would be written down on the way");
    assert_eq!(served.get("/api/view").status, 200);
    assert_eq!(served.get("/api/x").status, 404);
    assert_eq!(served.ask("GET /", &[host], "").status, 200);
}

#[test]
fn another_name_or_page_is_refused_whatever_it_knows() {
    let served = Served::start(2, &[]);
    let token = format!("Bearer {}", served.token);
    let ask = |path: &str, host: &str, origin: Option<&str>| {
        let mut headers = vec![("Host", host), ("Authorization", &*token)];
        headers.extend(origin.map(|origin| ("Origin", origin)));
        let answer = served.ask(path, &headers, "");
        assert_eq!(answer.header("access-control-allow-origin"), None);
        assert!(answer.header("content-security-policy").is_some(), "{answer:?}");
        answer.status
    };
    let (own, port) = (&*served.authority, served.authority.rsplit(':').next().unwrap());
    let local = format!("localhost:{port}");
    for path in ["GET /", "GET /api/view"] {
        assert_eq!(ask(path, own, None), 200);
        assert_eq!(ask(path, &local, Some(&format!("http://{local}"))), 200);
        for rebound in ["evil.example", &format!("evil.example:{port}"), "127.0.0.1"] {
            assert_eq!(ask(path, rebound, None), 421, "{rebound}");
        }
        for foreign in
            ["http://evil.example", "null", "http://localhost:1", &format!("https://{own}")]
        {
            assert_eq!(ask(path, own, Some(foreign)), 403, "{foreign}");
        }
    }
    assert_eq!(ask("OPTIONS /api/command", own, None), 405, "no preflight is answered");
}

#[test]
fn commands_are_posted_as_json_and_nothing_else() {
    let served = Served::start(3, &[]);
    let token = format!("Bearer {}", served.token);
    let post = |kind: &str, body: &str| {
        let headers =
            [("Host", &*served.authority), ("Authorization", &token), ("Content-Type", kind)];
        served.ask("POST /api/command", &headers, body)
    };
    let command = r#"{"command":"set_mode","mode":"answer"}"#;
    let got = served.get("/api/command");
    assert_eq!((got.status, got.header("allow")), (405, Some("POST")));
    for kind in ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"] {
        assert_eq!(post(kind, command).status, 415, "{kind}");
    }
    assert_eq!(post("application/json", "{").status, 400);
    for unknown in [r#"{"command":"dance"}"#, r#"{"command":"set_mode","mode":"maybe"}"#] {
        let answer = post("application/json", unknown);
        assert_eq!(answer.status, 422);
        assert!(answer.json()["error"].is_string());
    }
    let large = json!({"command": "set_policy", "policy": " ".repeat(1 << 20)}).to_string();
    assert_eq!(post("application/json", &large).status, 413);
    assert_eq!(served.view()["mode"], "observe", "none of these did anything");
    assert_eq!(post("application/json", command).status, 204);
    assert_eq!(served.view()["mode"], "answer");
}

#[test]
fn the_pages_come_with_what_keeps_a_browser_to_them() {
    let served = Served::start(4, &[]);
    let host = [("Host", &*served.authority)];
    let page = served.ask("GET /", &host, "");
    assert_eq!(page.status, 200);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(page.body.to_ascii_lowercase().contains("<!doctype html>"), "{}", page.body);
    let missing = served.ask("GET /no-such-page", &host, "");
    assert_eq!(missing.status, 404);
    assert_eq!(served.ask("GET /../Cargo.toml", &host, "").status, 404);
    assert_eq!(served.ask("POST /", &host, "").status, 405);
    let view = served.get("/api/view");
    assert_eq!(view.header("cache-control"), Some("no-store"));
    assert_eq!(view.header("content-type"), Some("application/json"));
    for answer in [page, missing, view] {
        let policy = answer.header("content-security-policy").unwrap();
        for directive in [
            "default-src 'none'",
            "script-src 'self' 'wasm-unsafe-eval';",
            "connect-src 'self'",
            "frame-ancestors 'none'",
        ] {
            assert!(policy.contains(directive), "{directive}: {policy}");
        }
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(answer.header("referrer-policy"), Some("no-referrer"));
    }
}

#[test]
fn a_phone_that_asks_is_in_the_view_and_in_the_stream() {
    let served = Served::start(5, URL);
    let view = served.view();
    assert_eq!(view["cards"][0]["name"], "lo", "{view}");
    assert_eq!(view["cards"][0]["state"], "listening", "{view}");
    assert_eq!(view["phones"], json!([]));
    let mut stream = served.stream();
    let url = served.phone(&["--vendor", "snom", "--mac", "000413000001"]);
    assert_eq!(url, "tftp://127.0.0.1/000413000001.cfg");
    assert_eq!(stream.until("phone_asked")["phone"]["vendor"], "snom");
    assert_eq!(stream.until("notified")["url"], url);
    stream.until("acknowledged");
    let row = &served.view()["phones"][0];
    assert_eq!(row["phone"]["mac"], "000413000001", "{row}");
    assert_eq!(row["url"], url, "{row}");
    let id = row["phone"]["id"].as_str().unwrap();
    let detail = served.get(&format!("/api/phones/{id}")).json();
    assert_eq!(detail["row"]["phone"]["id"], id);
    assert!(detail["messages"].as_array().unwrap().len() >= 3, "{detail}");
    assert_eq!(served.get("/api/phones/nobody").status, 404);
    // A list need not say of each phone where each value was found: its own page does.
    let mut brief = served.get("/api/view?brief=true").json()["phones"][0].take();
    assert_eq!(brief["phone"]["evidence"].take(), json!([]));
    let mut whole = served.view()["phones"][0].take();
    assert_eq!(detail["row"]["phone"]["evidence"], whole["phone"]["evidence"].take());
    assert!(detail["row"]["phone"]["evidence"].as_array().unwrap().len() >= 4, "{detail}");
    assert_eq!(brief, whole);
    assert_eq!(served.get("/api/view?breif=true").status, 400);
}

#[test]
fn what_is_set_is_kept_and_the_command_line_wins_for_its_run() {
    let folder = Scratch::new("kept", b"");
    let data = format!("{}-data", folder.path());
    let url = "http://%{server}/%{mac}.xml";
    let served = Served::start(6, &["--data", &data]);
    assert_eq!(served.view()["mode"], "observe", "a first start only looks");
    assert_eq!(served.post(&json!({"command": "set_url", "url": url}).to_string()).status, 204);
    assert_eq!(served.post(r#"{"command":"set_mode","mode":"answer"}"#).status, 204);
    let state = |view: Value| (view["mode"].clone(), view["url"].clone());
    assert_eq!(state(served.view()), (json!("answer"), json!(url)));
    served.terminate();
    assert_eq!(served.ended().code, Some(0));
    let kept = std::fs::read_to_string(format!("{data}/settings.toml")).unwrap();
    assert!(kept.contains("interfaces = []"), "--interface is for its run only: {kept}");

    let again = Served::start(6, &["--data", &data]);
    assert!(
        again.greeting.contains(&format!("Answering every phone with {url}.")),
        "{}",
        again.greeting
    );
    assert_eq!(state(again.view()), (json!("answer"), json!(url)));
    assert_eq!(
        again.phone(&["--vendor", "snom", "--mac", "000413000001"]),
        "http://127.0.0.1/000413000001.xml"
    );
    drop(again);
    let quiet = Served::start(6, &["--data", &data, "--observe"]);
    assert_eq!(state(quiet.view()), (json!("observe"), json!(url)));
    drop(quiet);
    let other = Served::start(6, &["--data", &data, "--url", "tftp://pbx/"]);
    assert_eq!(state(other.view()), (json!("answer"), json!("tftp://pbx/")));
    drop(other);
    let ruled = Scratch::new("ruled.toml", b"version = 1\nmode = \"observe\"\n");
    let ruled = Served::start(6, &["--data", &data, "--config", ruled.path()]);
    assert_eq!(
        state(ruled.view()),
        (json!("observe"), Value::Null),
        "a file says all there is to say"
    );
    drop(ruled);
    let unchanged = Served::start(6, &["--data", &data]);
    assert_eq!(state(unchanged.view()), (json!("answer"), json!(url)));
}

#[test]
fn a_mistake_is_told_with_its_place_and_changes_nothing() {
    let served = Served::start(7, URL);
    let answer = served.post(r#"{"command":"set_url","url":"tftp://%{servr}"}"#);
    assert_eq!(answer.status, 422);
    let told = answer.json();
    assert_eq!(told["span"], json!([7, 15]), "{told}");
    assert!(told["error"].as_str().unwrap().contains("did you mean %{server}"), "{told}");
    let policy = "version = 1\n[[rule]]\nmatch = { vender = \"snom\" }\nignore = true\n";
    let answer = served.post(&json!({"command": "set_policy", "policy": policy}).to_string());
    let told = answer.json();
    assert_eq!(
        (answer.status, &told["line"], &told["column"]),
        (422, &json!(3), &json!(11)),
        "{told}"
    );
    let span = told["span"].as_array().unwrap();
    let [start, end] = [0, 1].map(|at| usize::try_from(span[at].as_u64().unwrap()).unwrap());
    assert_eq!(&policy[start..end], "vender");
    assert_eq!(served.view()["url"], URL[1]);
}

#[test]
fn a_dry_run_tells_what_a_policy_would_change_and_changes_nothing() {
    let served = Served::start(14, &["--url", "tftp://%{server}/"]);
    let snom = ["--vendor", "snom", "--mac", "000413000001"];
    assert_eq!(served.phone(&snom), "tftp://127.0.0.1/");
    assert_eq!(
        served.phone(&["--vendor", "yealink", "--mac", "001565000001"]),
        "tftp://127.0.0.1/"
    );
    let dry_run =
        |policy: &str| served.post_to("/api/dry_run", &json!({ "policy": policy }).to_string());
    let told = dry_run(
        "version = 1\n[[rule]]\nname = \"snom\"\nmatch = { vendor = \"snom\", interface = \"lo\" }\n\
         answer = { url = \"http://%{server}/%{mac}\", dialect = \"rfc\" }\n",
    )
    .json();
    assert_eq!(told["unchanged"], 1, "{told}");
    assert_eq!(told["changes"].as_array().unwrap().len(), 1, "{told}");
    let change = &told["changes"][0];
    assert_eq!(change["phone"]["mac"], "000413000001", "{told}");
    assert_eq!(
        (&change["before"]["rule"], &change["before"]["url"]),
        (&json!("--url"), &json!("tftp://127.0.0.1/"))
    );
    assert_eq!(
        change["after"],
        json!({"decision": "answer", "rule": "snom", "url": "http://127.0.0.1/000413000001",
               "dialect": "rfc", "variations": [], "status": null, "reason": null})
    );
    let quiet = dry_run("version = 1\nmode = \"observe\"\n").json();
    assert_eq!(
        (&quiet["unchanged"], &quiet["changes"][0]["after"]["decision"]),
        (&json!(0), &json!("observe"))
    );
    let answer = dry_run("version = 1\n[[rule]]\nmatch = { vender = \"snom\" }\nignore = true\n");
    assert_eq!((answer.status, &answer.json()["line"]), (422, &json!(3)), "{answer:?}");
    assert_eq!(served.post_to("/api/dry_run", r#"{"policy":"version = 1","x":1}"#).status, 422);
    assert_eq!(served.get("/api/dry_run").status, 405);
    assert_eq!(served.phone(&snom), "tftp://127.0.0.1/", "the policy in force stays");
}

#[test]
fn a_signal_ends_it_and_every_stream() {
    let served = Served::start(8, &["--json"]);
    let (token, authority) = (served.token.clone(), served.authority.clone());
    let mut stream = served.stream();
    // Somebody who asks for events and never reads one is not waited for.
    let deaf = served.send(&format!(
        "GET /api/events HTTP/1.1\r\nHost: {authority}\r\nAuthorization: Bearer {token}\r\n\r\n"
    ));
    served.terminate();
    stream.until("stopped");
    assert!(stream.is_over());
    let End { code, said, stdout } = served.ended();
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains(&token), "the token is told once: {said}");
    let events: Vec<Value> =
        stdout.iter().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(events.first().unwrap()["event"], "listening");
    assert_eq!(events.last().unwrap()["event"], "stopped");
    assert!(!stdout.join("").contains(&token), "standard output is for events");
    drop(deaf);
}

#[test]
fn a_page_may_end_it() {
    let served = Served::start(9, &[]);
    assert_eq!(served.post(r#"{"command":"stop"}"#).status, 204);
    assert_eq!(served.ended().code, Some(0));
}

#[test]
fn only_this_machine_is_served() {
    for open in ["0.0.0.0:8075", "192.0.2.1:8075", "[::]:8075"] {
        let end = refusal(&["--http", open]);
        assert_eq!(end.code, Some(2), "{open}: {}", end.said);
        let said = end.said.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(said.contains("this machine only"), "{said}");
        assert!(said.contains("ssh -L 8075:127.0.0.1:8075"), "{said}");
    }
}

/// How `serve` on the network of `number` refuses to start.
fn refusal_on(number: u8, options: &[&str]) -> (Option<i32>, String) {
    let network = network(number);
    let all = network.iter().map(String::as_str).chain(options.iter().copied());
    let end = refusal(&all.collect::<Vec<_>>());
    (end.code, end.said)
}

#[test]
fn an_address_in_use_is_named() {
    let held = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = held.local_addr().unwrap().to_string();
    let (code, said) = refusal_on(10, &["--http", &address]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains(&format!("{address} is in use")), "{said}");
}

#[test]
fn a_held_group_port_ends_it_even_where_a_page_could_show_it() {
    let held = UdpSocket::bind("0.0.0.0:0").unwrap();
    let port = held.local_addr().unwrap().port().to_string();
    let folder = Scratch::new("held", b"");
    let data = format!("{}-data", folder.path());
    let network = ["--interface", "lo", "--group", "239.255.78.11", "--port", &port];
    let end = refusal(&[&network[..], &["--http", "127.0.0.1:0", "--data", &data]].concat());
    assert_eq!(end.code, Some(4), "{}", end.said);
    assert!(end.said.contains(&port) && !end.said.contains("token"), "{}", end.said);
}

#[test]
fn a_data_folder_that_cannot_be_used_is_named_at_the_start() {
    let file = Scratch::new("no-folder", b"");
    let (code, said) = refusal_on(12, &["--data", file.path()]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains(file.path()), "{said}");
    // Whatever the rights of whoever runs this: nothing can be made there.
    let (code, said) = refusal_on(12, &["--data", "/proc/fingerpost"]);
    assert_eq!(code, Some(4), "{said}");
    assert!(said.contains("/proc/fingerpost"), "{said}");
    let broken = Scratch::new("settings.toml", b"mode = \"maybe\"");
    let folder = Path::new(broken.path()).parent().unwrap().to_str().unwrap();
    let (code, said) = refusal_on(12, &["--data", folder]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("settings.toml") && said.contains("maybe"), "{said}");
}

#[test]
fn a_phone_that_cannot_be_asked_to_fetch_anew_is_refused_with_the_reason() {
    let served = Served::start(77, URL);
    served.phone(&["--vendor", "snom", "--mac", "000413000017"]);
    let url = format!("http://{}/#token={}", served.authority, served.token);
    let ask = |phone: &str| run(&["check-sync", phone, "--serve", &url]);
    let stranger = ask("00:04:13:00:00:99");
    assert_eq!(stranger.code, Some(2));
    assert!(stranger.stderr.contains("no such phone has asked"), "{}", stranger.stderr);
    // On loopback there is no link layer that could tell who answers.
    let here = ask("00-04-13-00-00-17");
    assert_eq!(here.code, Some(2));
    assert!(here.stderr.contains("nobody answers at 127.0.0.1"), "{}", here.stderr);
    let command = r#"{"command":"check_sync","phone":"000413000017","reboot":true}"#;
    let refused = served.post(command);
    assert_eq!(refused.status, 422);
    assert_eq!(refused.json()["error"], "nobody answers at 127.0.0.1");
}

#[test]
fn a_phone_is_simulated_and_goes_the_whole_way() {
    let served = Served::start(78, URL);
    let mut stream = served.stream();
    assert_eq!(
        served.post(r#"{"command":"simulate","interface":"lo","vendor":"yealink"}"#).status,
        204
    );
    stream.until("acknowledged");
    let row = &served.view()["phones"][0];
    assert_eq!((&row["is_simulated"], &row["phone"]["vendor"]), (&json!(true), &json!("yealink")));
    let mac = row["phone"]["mac"].as_str().unwrap();
    assert!(mac.starts_with("00005e0053"), "{row}");
    assert_eq!(row["url"], format!("tftp://127.0.0.1/{mac}.cfg"));
    let table = served.get("/api/phones.csv").body;
    let (head, line) = table.trim_end().split_once("\r\n").unwrap();
    assert!(head.ends_with(",is_simulated,also_at") && line.ends_with(",true,"), "{table}");
    let refused = served.post(r#"{"command":"simulate","interface":"eth99"}"#);
    assert_eq!(
        (refused.status, &refused.json()["error"]),
        (422, &json!("eth99 is not listened on now"))
    );
}

#[test]
fn the_view_says_what_would_be_taken_back() {
    let served = Served::start(79, URL);
    served.phone(&["--vendor", "snom", "--mac", "000413000018"]);
    assert_eq!(served.view()["undo"], Value::Null);
    served.post(r#"{"command":"tag","phones":["000413000018"],"tag":"lobby"}"#);
    assert_eq!(served.view()["undo"], json!({"what": "tagged \"lobby\"", "phones": 1}));
    served.post(r#"{"command":"undo"}"#);
    assert_eq!(served.view()["undo"], Value::Null);
}

#[test]
fn without_the_servers_address_check_sync_says_what_it_needs() {
    let ended = run(&["check-sync", "000413000017"]);
    assert_eq!(ended.code, Some(2));
    assert!(ended.stderr.contains("--serve or FINGERPOST_SERVE"), "{}", ended.stderr);
    let nobody = run(&["check-sync", "000413000017", "--serve", "http://127.0.0.1:1/#token=x"]);
    assert!(nobody.stderr.contains("does `serve --http` run there?"), "{}", nobody.stderr);
}

#[test]
fn a_message_that_cannot_be_sent_to_a_phone_is_refused_with_the_reason() {
    let served = Served::start(94, URL);
    served.phone(&["--vendor", "snom", "--mac", "000413000019"]);
    let send = |phone: &str, bytes: Value| {
        let order = json!({"command": "send", "phone": phone, "bytes": bytes});
        let answer = served.post(&order.to_string());
        (answer.status, answer.json()["error"].as_str().unwrap().to_owned())
    };
    let stranger = send("000413000099", json!("NOTIFY sip:x SIP/2.0\r\n\r\n"));
    assert_eq!(stranger, (422, "no such phone has asked".into()));
    // On loopback there is no link layer that could tell who answers.
    let here = send("000413000019", json!({"hex": "4e4f5449ff"}));
    assert_eq!(here, (422, "nobody answers at 127.0.0.1".into()));
    let (status, long) = send("000413000019", json!("x".repeat(65_508)));
    assert_eq!((status, long.contains("65507 is the most")), (422, true), "{long}");
    let (status, no_hex) = send("000413000019", json!({"hex": "4g"}));
    assert_eq!((status, no_hex.contains("hex digits")), (422, true), "{no_hex}");
    let elsewhere = json!({"command": "send", "phone": "000413000019", "seen_at": "127.0.0.9:5060", "bytes": "x"});
    let refused = served.post(&elsewhere.to_string()).json();
    assert!(refused["error"].as_str().unwrap().contains("was seen at 127.0.0.9:5060"), "{refused}");
    let an_address =
        json!({"command": "send", "phone": "000413000019", "to": "127.0.0.9:5060", "bytes": "x"});
    assert_eq!(served.post(&an_address.to_string()).status, 422, "no page names an address");
    let traffic = served.get("/api/traffic").json();
    assert!(traffic["messages"].as_array().unwrap().iter().all(|one| one["text"] != "NOTI"));
}
