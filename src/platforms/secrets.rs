//! Where a secret's value comes from: read at the last moment, kept in a [`SecretString`], never printed.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use secrecy::SecretString;

use crate::settings::SecretRef;

/// Gives a secret's value; an error says in plain words which one is missing, and nothing of any value.
pub trait Secrets: Send + Sync {
    /// The value.
    fn reveal(&self, secret: &SecretRef) -> Result<SecretString, String>;
}

/// May commands that site.toml names be run? Only `run`, `publish`, `outreach run` and `channels` may: a cloned site must be safe to look at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Commands {
    /// Yes.
    Run,
    /// No.
    Refuse,
}

/// The secrets of this machine: its environment, its files, its commands.
#[derive(Clone, Debug)]
pub struct MachineSecrets {
    root: PathBuf,
    commands: Commands,
}

impl MachineSecrets {
    /// For the site that lies at `root`.
    pub fn new(root: impl Into<PathBuf>, commands: Commands) -> Self {
        MachineSecrets { root: root.into(), commands }
    }
}

impl Secrets for MachineSecrets {
    fn reveal(&self, secret: &SecretRef) -> Result<SecretString, String> {
        let (text, place) = match secret {
            SecretRef::Env(name) => {
                let value = std::env::var(name).map_err(|_| format!("the environment variable `{name}` is not set"))?;
                (value, format!("the environment variable `{name}`"))
            }
            SecretRef::File(path) => {
                let value = std::fs::read_to_string(self.root.join(path)).map_err(|error| format!("\"{path}\" cannot be read: {error}"))?;
                (value, format!("the first line of \"{path}\""))
            }
            SecretRef::Command(command) => (self.output(command)?, format!("the first line that `{command}` wrote")),
        };
        match text.lines().next().map(str::trim) {
            Some(line) if !line.is_empty() => Ok(SecretString::from(line.to_owned())),
            _ => Err(format!("{place} is empty")),
        }
    }
}

impl MachineSecrets {
    fn output(&self, command: &str) -> Result<String, String> {
        if self.commands == Commands::Refuse {
            return Err(format!("`{command}` is not run here: only `run`, `outreach run` and `channels` run commands from site.toml"));
        }
        let (shell, option) = if cfg!(windows) { ("cmd", "/C") } else { ("sh", "-c") };
        // Its own complaints go to the terminal, as if it had been typed; what it prints for us goes nowhere else.
        let output = Command::new(shell)
            .args([option, command])
            .current_dir(&self.root)
            .stdin(Stdio::null())
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("`{command}` cannot be run: {error}"))?;
        if !output.status.success() {
            return Err(format!("`{command}` failed ({})", output.status));
        }
        String::from_utf8(output.stdout).map_err(|_| format!("what `{command}` wrote is no text"))
    }
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    #[test]
    fn a_secret_is_the_first_line_of_its_file_or_command() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("token"), "s3cret\nand a note\n").unwrap();
        let here = MachineSecrets::new(root.path(), Commands::Run);
        let file = here.reveal(&SecretRef::File("token".into())).unwrap();
        let command = here.reveal(&SecretRef::Command("cat token".into())).unwrap();
        assert_eq!((file.expose_secret(), command.expose_secret()), ("s3cret", "s3cret"));
    }

    #[test]
    fn a_command_is_not_run_where_a_site_is_only_looked_at() {
        let root = tempfile::tempdir().unwrap();
        let here = MachineSecrets::new(root.path(), Commands::Refuse);
        let refused = here.reveal(&SecretRef::Command("echo ran > proof; echo s3cret".into()));
        assert!(refused.unwrap_err().contains("is not run here"));
        assert!(!root.path().join("proof").exists());
    }

    #[test]
    fn a_missing_secret_is_named_and_its_value_never_printed() {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("empty"), "\ns3cret\n").unwrap();
        let here = MachineSecrets::new(root.path(), Commands::Run);
        let said = [
            SecretRef::Env("HANDBILL_NO_SUCH_VARIABLE".into()),
            SecretRef::File("nowhere".into()),
            SecretRef::File("empty".into()),
            SecretRef::Command("echo s3cret; exit 3".into()),
        ]
        .map(|secret| here.reveal(&secret).unwrap_err());
        assert!(said[0].contains("`HANDBILL_NO_SUCH_VARIABLE` is not set"), "{said:?}");
        assert!(said[1].contains("\"nowhere\" cannot be read"), "{said:?}");
        assert!(said.iter().all(|words| !words.replace("echo s3cret", "").contains("s3cret")), "{said:?}");
    }
}
