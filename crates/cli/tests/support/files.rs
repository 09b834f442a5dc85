//! Servers of files on the loopback, as small as can be: enough to be asked by a phone.

#![allow(clippy::panic, reason = "test code outside #[test] functions")]

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, UdpSocket};
use std::thread;

/// Answers each GET of a name in `files` with the bytes there, everything else with 404; runs as long as the test.
pub fn http(files: &[(&str, &str)]) -> SocketAddr {
    let files = owned(files);
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let mut stream = BufReader::new(stream);
            let mut first = String::new();
            let _ = stream.read_line(&mut first);
            let mut line = String::new();
            while stream.read_line(&mut line).is_ok_and(|length| length > 2) {
                line.clear();
            }
            let path = first.split(' ').nth(1).unwrap_or_default().trim_start_matches('/');
            let (status, body) = match files.get(path) {
                Some(body) => ("200 OK", body.as_slice()),
                None => ("404 Not Found", &b"nothing here"[..]),
            };
            let head = format!(
                "HTTP/1.1 {status}\r\nContent-Type: text/xml\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
                body.len()
            );
            let _ = stream.get_mut().write_all(&[head.as_bytes(), body].concat());
        }
    });
    address
}

/// A TFTP server without options, in blocks of 512; one transfer after the other.
pub fn tftp(files: &[(&str, &str)]) -> SocketAddr {
    let files = owned(files);
    let door = UdpSocket::bind("127.0.0.1:0").unwrap();
    let address = door.local_addr().unwrap();
    thread::spawn(move || {
        let mut buffer = [0; 2048];
        while let Ok((length, phone)) = door.recv_from(&mut buffer) {
            let name = buffer[2..length].split(|byte| *byte == 0).next().unwrap();
            let transfer = UdpSocket::bind("127.0.0.1:0").unwrap();
            transfer.connect(phone).unwrap();
            match files.get(std::str::from_utf8(name).unwrap()) {
                Some(content) => serve(&transfer, content),
                None => drop(transfer.send(b"\0\x05\0\x01no such file\0")),
            }
        }
    });
    address
}

fn serve(transfer: &UdpSocket, content: &[u8]) {
    let blocks = content.chunks(512).chain(content.len().is_multiple_of(512).then_some(&b""[..]));
    for (number, block) in (1_u16..).zip(blocks) {
        let _ = transfer.send(&[&[0, 3], &number.to_be_bytes()[..], block].concat());
        let mut acknowledgement = [0; 64];
        let length = transfer.recv(&mut acknowledgement).unwrap_or(0);
        if acknowledgement[..length] != [[0, 4], number.to_be_bytes()].concat() {
            return;
        }
    }
}

fn owned(files: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let owned = |(name, content): &(&str, &str)| ((*name).into(), content.as_bytes().to_vec());
    files.iter().map(owned).collect()
}
