//! Where a secret is to be found. The value is read at the edge and never printed; a secret written out in site.toml is an error.

/// `{ env = "…" }`, `{ file = "…" }` or `{ command = "…" }`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum SecretRef {
    /// An environment variable.
    Env(String),
    /// A file, from the site's root unless absolute; its first line.
    File(String),
    /// A command whose first line of output it is; run only by `run`, `outreach run` and `channels`.
    Command(String),
}
