//! Owns what the pages hand out of phones as files, and the way to a phone's own web page. The window itself never goes
//! there: the system's browser does, and only to the address of a phone that is known.

use crate::host::Running;
use fingerpost_engine::{Refusal, phones_csv as phones_csv_of};
use std::net::IpAddr;
use tauri::State;
use tauri::ipc::Response;

#[tauri::command]
pub(crate) async fn phones_csv(engine: State<'_, Running>) -> Result<Response, Refusal> {
    let view = engine.view().await.map_err(|error| Refusal::from(&error))?;
    Ok(Response::new(phones_csv_of(&view.phones).into_bytes()))
}

#[tauri::command]
pub(crate) async fn exchange(
    id: String,
    number: u32,
    format: String,
    engine: State<'_, Running>,
) -> Result<Response, Refusal> {
    let recording = engine.recording(&id, number).await.map_err(|error| Refusal::from(&error))?;
    let recording = recording.ok_or_else(|| Refusal::said("no such exchange is kept".into()))?;
    let bytes = match format.as_str() {
        "pcapng" => recording.to_pcapng().map_err(|error| error.to_string()),
        "sip" => Ok(recording.to_text()),
        "json" => serde_json::to_vec(&recording).map_err(|error| error.to_string()),
        other => Err(format!("{other}: no such format")),
    };
    bytes.map(Response::new).map_err(Refusal::said)
}

/// Opens `http://ADDRESS/` of the phone with this id.
#[tauri::command]
pub(crate) async fn open_phone(id: String, engine: State<'_, Running>) -> Result<(), Refusal> {
    let detail = engine.phone(&id).await.map_err(|error| Refusal::from(&error))?;
    let detail = detail.ok_or_else(|| Refusal::said("no such phone is known".into()))?;
    let page = page_of(detail.row.source.ip());
    open::that_detached(&page)
        .map_err(|error| Refusal::said(format!("no browser opens {page}: {error}")))
}

fn page_of(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => format!("http://{address}/"),
        IpAddr::V6(address) => format!("http://[{address}]/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phones_page_is_at_its_address_and_nowhere_else() {
        assert_eq!(page_of("192.0.2.7".parse().unwrap()), "http://192.0.2.7/");
        assert_eq!(page_of("2001:db8::7".parse().unwrap()), "http://[2001:db8::7]/");
    }
}
