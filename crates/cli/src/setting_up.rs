//! Owns how the options of `serve` and what its data folder kept become one engine's setup. Which of them wins is said in
//! [`KEPT`], for people. Starts nothing.

use crate::policy_file::{Mistakes, PolicyFile};
use crate::serve::Arguments;
use fingerpost_engine::{Settings, SettingsError, Setup};
use fingerpost_rules::{Mode, Policy};
use std::path::Path;

/// Part of `serve --help`.
pub(crate) const KEPT: &str = "\
With --data, each change in the page (observe or answer, the URL, the settings) is kept in DIR and found again
at the next start, and so are the phones that asked, what was said, and what people say of phones
(`fingerpost phones`). One Fingerpost at a time runs with a folder. A first start only observes. What the command line says wins, for this run
only:
  --config, --url   answer as they say, without the kept mode and URL
  --observe         answer nobody; the kept URL stays, to be switched on in the page
  --interface       these cards; else those in the --config file; else the kept ones
  --group, --port   phones ask there, whatever is kept

Without --config and --url, DIR/policy.toml is the policy file, where there is one; the page Rules begins it.

The policy file is followed: a change takes effect within a second, SIGHUP reads it at once.
A file with mistakes is refused, each with its line and column; the old policy stays in force.
What the command line says holds whatever the file says.";

/// What to answer, where, and where changes are kept.
pub(crate) fn setup(arguments: &Arguments) -> anyhow::Result<Setup> {
    let kept = match &arguments.data {
        Some(folder) => kept(folder)?,
        None => Setup::new(Policy::default().with_mode(Mode::Observe)),
    };
    let mut setup = overruled(kept, arguments)?;
    let kept = setup.retention;
    setup.retention.exchanges_per_phone =
        arguments.keep_exchanges.unwrap_or(kept.exchanges_per_phone);
    setup.retention.bytes = arguments.keep_mib.map_or(kept.bytes, |mib| mib << 20);
    Ok(setup.asked_at(arguments.group, arguments.port))
}

/// What `folder` holds. Keeping it again shows at once, and not at the first change, whether the folder can be written.
fn kept(folder: &Path) -> Result<Setup, SettingsError> {
    Settings::load(folder)?.save(folder)?;
    let mut setup = Setup::from_folder(folder)?;
    // No window stays open to show that nothing is heard: who starts `serve` is told by its end.
    setup.keeps_going = false;
    Ok(setup)
}

fn overruled(mut setup: Setup, arguments: &Arguments) -> anyhow::Result<Setup> {
    if arguments.config.is_some() || arguments.url.is_some() {
        setup.policy = Policy::default();
        (setup.policy_file, setup.policy_mistakes, setup.only_observes) = (None, None, false);
        setup.url.clone_from(&arguments.url);
    }
    if let Some(path) = &arguments.config {
        let file = PolicyFile::read(path)?;
        setup.policy = file.policy()?;
        // What came through a pipe cannot be read again.
        setup.policy_file = path.is_file().then(|| (path.clone(), file.text));
    }
    if let (Some(errors), Some((path, _))) = (setup.policy_mistakes.take(), &setup.policy_file) {
        // No window stays open to mend it in.
        return Err(Mistakes::new(path.display().to_string(), errors).into());
    }
    setup.interfaces.clone_from(&arguments.interface);
    if arguments.observe {
        setup.only_observes = true;
        setup.policy = setup.policy.with_mode(Mode::Observe);
    }
    Ok(setup)
}

/// Where phones are remembered, in one sentence.
pub(crate) fn memory(setup: &Setup) -> String {
    match &setup.data {
        Some(folder) => format!("Phones and what they say are kept in {}.", folder.display()),
        None => "Nothing is kept: give --data DIR to remember phones.".into(),
    }
}

/// The state of things in one sentence.
pub(crate) fn state(setup: &Setup, arguments: &Arguments) -> String {
    let rules = match setup.policy.rules().len() {
        1 => "1 rule".to_owned(),
        count => format!("{count} rules"),
    };
    let is_unsaid = arguments.config.is_none()
        && arguments.url.is_none()
        && setup.url.is_none()
        && setup.policy_file.is_none();
    match (setup.policy.mode(), &setup.url) {
        (Mode::Answer, Some(url)) if arguments.config.is_none() && setup.policy_file.is_none() => {
            format!("Answering every phone with {url}.")
        }
        (Mode::Answer, Some(url)) => format!("Answering by {rules}, else with {url}."),
        (Mode::Answer, None) if is_unsaid => "There is no URL to answer with.".into(),
        (Mode::Answer, None) => format!("Answering by {rules}."),
        (Mode::Observe, _) if is_unsaid && arguments.http.is_some() => {
            "Observing: nothing is answered. Give --url or --config, or set a URL in the page."
                .into()
        }
        (Mode::Observe, _) if is_unsaid => {
            "Observing: nothing is answered. Give --url or --config to answer phones.".into()
        }
        (Mode::Observe, _) => "Observing: nothing is answered.".into(),
    }
}
