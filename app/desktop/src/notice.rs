//! Owns how a notice gets onto the desktop (the freedesktop notifications, over D-Bus). A desktop without them is told
//! of in the log: the list of phones has them all.

use crate::arrivals::Notice;
use crate::log;

#[cfg(target_os = "linux")]
pub(crate) async fn show(notice: Notice) {
    if let Err(error) = send(&notice).await {
        log::say(&format!("{} could not be announced: {error}", notice.title));
    }
}

#[cfg(not(target_os = "linux"))]
pub(crate) async fn show(notice: Notice) {
    log::say(&format!("{}: {}", notice.title, notice.body.replace('\n', "; ")));
}

#[cfg(target_os = "linux")]
async fn send(notice: &Notice) -> zbus::Result<()> {
    use crate::tray::ICON;
    use std::collections::HashMap;
    use zbus::zvariant::Value;

    const PLACE: &str = "org.freedesktop.Notifications";
    let session = zbus::Connection::session().await?;
    let hints = HashMap::from([("desktop-entry", Value::from(ICON))]);
    // As long as the desktop thinks right.
    let (replaces, actions, expires) = (0_u32, Vec::<&str>::new(), -1_i32);
    let body = escaped(&notice.body);
    let words =
        ("Fingerpost", replaces, ICON, notice.title.as_str(), body, actions, hints, expires);
    let path = "/org/freedesktop/Notifications";
    session.call_method(Some(PLACE), path, Some(PLACE), "Notify", &words).await?;
    Ok(())
}

/// The body may hold markup, and a phone chose a part of it.
#[cfg(target_os = "linux")]
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    #[test]
    fn what_a_phone_says_of_itself_is_no_markup() {
        assert_eq!(escaped("<b>D735</b> & co"), "&lt;b&gt;D735&lt;/b&gt; &amp; co");
    }
}
