//! Owns where things are kept when nobody says where.

use std::env;
use std::path::PathBuf;

const OURS: &str = "fingerpost";

/// Our folder in the one where applications keep their data: what the windows use unless another one is named.
#[must_use]
pub fn usual_folder() -> Option<PathBuf> {
    within(|name| env::var_os(name).map(PathBuf::from))
}

/// The same, with a way to look up variables. Relative paths are ignored, as the XDG specification wants it.
fn within(variable: impl Fn(&str) -> Option<PathBuf>) -> Option<PathBuf> {
    let absolute = |name| variable(name).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        absolute("APPDATA")
    } else if cfg!(target_os = "macos") {
        absolute("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        absolute("XDG_DATA_HOME").or_else(|| absolute("HOME").map(|home| home.join(".local/share")))
    };
    base.map(|base| base.join(OURS))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use super::*;

    fn with(variables: &[(&str, &str)]) -> Option<PathBuf> {
        within(|wanted| {
            variables.iter().find(|(name, _)| *name == wanted).map(|(_, path)| path.into())
        })
    }

    #[test]
    fn the_data_folder_of_the_person_is_used() {
        assert_eq!(with(&[("HOME", "/h"), ("XDG_DATA_HOME", "/x")]), Some("/x/fingerpost".into()));
        assert_eq!(
            with(&[("HOME", "/h"), ("XDG_DATA_HOME", "x")]),
            Some("/h/.local/share/fingerpost".into())
        );
        assert_eq!(with(&[]), None);
    }
}
