//! The stage for looking at what people see: a display without a screen, a program that clicks and reads (WebDriver), and
//! the pages in the words of a person. Hosts, cards and phones are the system tests'.

#![cfg(target_os = "linux")]

pub mod display;
pub mod driver;
pub mod inspector;
pub mod person;
pub mod phones;
pub mod session;
pub mod window;
