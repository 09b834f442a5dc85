//! The pages that `fingerpost serve --http` shows in a browser, with phones of another host that send raw bytes.

#![cfg(target_os = "linux")]

use anyhow::{Context, Result};
use fingerpost_e2e::driver::{Driver, on};
use fingerpost_e2e::person::Person;
use fingerpost_e2e::phones::{
    a_message_is_sent, a_phone_checks_again, a_phone_is_answered, a_phone_is_simulated,
    messages_are_shown, phones_are_seen,
};
use fingerpost_e2e::window::chromium;
use fingerpost_system_tests::office::Office;
use fingerpost_system_tests::serve::SOON;

#[test]
#[ignore = "needs root, network namespaces and a browser; cargo xtask test runs it"]
fn the_served_page_sees_phones_and_answers_them() -> Result<()> {
    let office = Office::open()?;
    office.desk.set_hardware_address("eth0", "00:04:13:a1:b2:c3")?;
    let data = office.lab.folder().join("data");
    let data = data.to_str().context("the folder's name is no text")?;
    let mut serve = office.serve(&["--http", "127.0.0.1:8075", "--data", data])?;
    let address = serve.wait_until_said("Open ", SOON)?;
    let mut command = office.server.command("chromedriver");
    let driver = Driver::start(command.env("HOME", office.lab.folder()))?;
    on(&office.server, || async {
        let profile = office.lab.folder().join("browser");
        let person = Person::at(driver.session(chromium(&profile)).await?);
        person.open(address.trim_start_matches("Open ")).await?;
        phones_are_seen(&person, &office).await?;
        a_phone_is_answered(&person, &office, 1).await?;
        person.picture("served-phone").await?;
        a_phone_checks_again(&person, &office).await?;
        person.picture("served-check-sync").await?;
        messages_are_shown(&person).await?;
        a_message_is_sent(&person, &office).await?;
        person.picture("served-sent").await?;
        person.leave().await
    })?;
    serve.stop()?;
    Ok(())
}

#[test]
#[ignore = "needs root, network namespaces and a browser; cargo xtask test runs it"]
fn a_phone_that_the_served_page_simulates_is_heard_on_this_machine_only() -> Result<()> {
    let office = Office::open()?;
    let url = ["--url", "tftp://%{server}/%{mac}.cfg"];
    let mut serve = office.serve(&[&["--http", "127.0.0.1:8075"], &url[..]].concat())?;
    let address = serve.wait_until_said("Open ", SOON)?;
    let mut command = office.server.command("chromedriver");
    let driver = Driver::start(command.env("HOME", office.lab.folder()))?;
    on(&office.server, || async {
        let profile = office.lab.folder().join("browser");
        let person = Person::at(driver.session(chromium(&profile)).await?);
        person.open(address.trim_start_matches("Open ")).await?;
        a_phone_is_simulated(&person, &office).await?;
        person.leave().await
    })?;
    serve.stop()?;
    Ok(())
}
