//! A channel's own keys in site.toml, taken one by one; what is left over means nothing and is an error.

use url::Url;

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, FileId, Span, codes};
use crate::platforms::http::is_loopback;
use crate::settings::key::Known;
use crate::settings::{ChannelSettings, Node, SecretRef, Table, Value};

/// The keys of one channel, and everything that is wrong with them.
pub(super) struct Keys<'a> {
    channel: &'a ChannelSettings,
    known: &'static [Known],
    file: FileId,
    wrong: Diagnostics,
}

impl<'a> Keys<'a> {
    /// The keys of this channel, of which its platform knows these. Others are wrong already.
    pub(super) fn new(channel: &'a ChannelSettings, known: &'static [Known]) -> Self {
        let mut keys = Keys { channel, known, file: FileId::new("site.toml"), wrong: Diagnostics::new() };
        for (name, span, _) in &channel.rest.0 {
            if !known.iter().any(|key| key.name == name) {
                let message = format!("`{name}` is not a key of a {} channel", channel.platform);
                let help = match nearest(name, known.iter().map(|key| key.name)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None => format!("there are {}", said(["name", "platform"].into_iter().chain(known.iter().map(|key| key.name)))),
                };
                keys.say(codes::UNKNOWN_KEY, span.clone(), message, help);
            }
        }
        keys
    }

    /// A text, if the key is there.
    pub(super) fn text(&mut self, name: &'static str) -> Option<&'a str> {
        self.spanned_text(name).map(|(text, _)| text)
    }

    /// A text that must be there.
    pub(super) fn required_text(&mut self, name: &'static str) -> Option<&'a str> {
        self.must_be_there(name);
        self.text(name)
    }

    /// One of these words, if the key is there.
    pub(super) fn word(&mut self, name: &'static str, allowed: &[&'static str]) -> Option<&'static str> {
        let (text, span) = self.spanned_text(name)?;
        let found = allowed.iter().find(|word| **word == text).copied();
        if found.is_none() {
            let help = match nearest(text, allowed.iter().copied()) {
                Some(near) => format!("did you mean \"{near}\"?"),
                None => format!("write one of {}", said(allowed.iter().copied())),
            };
            self.say(codes::CHANNEL_VALUE, span, format!("\"{text}\" is nothing that `{name}` can be"), help);
        }
        found
    }

    /// The server's address; `or` where the key may be left out. It is https, except on this machine.
    pub(super) fn server(&mut self, name: &'static str, or: Option<&str>) -> Option<Url> {
        if or.is_none() {
            self.must_be_there(name);
        }
        let Some((text, span)) = self.spanned_text(name) else {
            return or.filter(|_| self.node(name).is_none()).and_then(|text| Url::parse(text).ok());
        };
        let full = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&full).ok().filter(|url| url.host().is_some());
        let fault = match &url {
            None => Some(("is no address of a server", format!("write it as \"https://{}\"", "example.social"))),
            Some(url) if !url.username().is_empty() || url.password().is_some() => {
                return self.refuse_password(name, span);
            }
            Some(url) if url.scheme() == "http" && !is_loopback(url) => {
                let help =
                    format!("write \"https://{}\": a token must not travel where anyone can read it", url.host_str().unwrap_or_default());
                Some(("is not encrypted", help))
            }
            Some(url) if url.scheme() != "https" && url.scheme() != "http" => {
                Some(("is no address of the web", "it begins with `https://`".into()))
            }
            Some(url) if url.path() != "/" || url.query().is_some() || url.fragment().is_some() => {
                let origin = url.origin().ascii_serialization();
                Some(("holds more than the server's name", format!("write \"{origin}\"")))
            }
            Some(_) => None,
        };
        if let Some((what, help)) = fault {
            self.say(codes::SERVER_ADDRESS, span, format!("\"{text}\" {what}"), help);
            return None;
        }
        url
    }

    /// Where a secret is to be found, which must be there. A secret written out is an error that does not print it.
    pub(super) fn secret(&mut self, name: &'static str) -> Option<SecretRef> {
        self.must_be_there(name);
        let node = self.node(name)?;
        let help = format!("write {}", self.example(name));
        let Value::Table(table) = &node.value else {
            let help = format!("take it back where it was made, make a new one, and {help}");
            let message = format!("`{name}` is a secret and must not stand in site.toml");
            self.say(codes::SECRET_WRITTEN_OUT, node.span.clone(), message, help);
            return None;
        };
        let found = secret_ref(table);
        if let Err((message, span)) = &found {
            let span = span.clone().unwrap_or_else(|| node.span.clone());
            self.say(codes::CHANNEL_VALUE, span, format!("`{name}` {message}"), help);
        }
        found.ok()
    }

    /// Everything that was wrong.
    pub(super) fn wrong(self) -> Diagnostics {
        self.wrong
    }

    fn refuse_password(&mut self, name: &str, span: Span) -> Option<Url> {
        let help = "leave name and password out of the address".to_owned();
        self.say(codes::SECRET_WRITTEN_OUT, span, format!("`{name}` holds a password, which must not stand in site.toml"), help);
        None
    }

    fn spanned_text(&mut self, name: &'static str) -> Option<(&'a str, Span)> {
        let node = self.node(name)?;
        if let Value::String(text) = &node.value {
            return Some((text, node.span.clone()));
        }
        let help = format!("write {}", self.example(name));
        self.say(codes::CHANNEL_VALUE, node.span.clone(), format!("`{name}` is a text and stands in quotes"), help);
        None
    }

    fn must_be_there(&mut self, name: &'static str) {
        if self.node(name).is_none() {
            let message = format!("the channel \"{}\" has no `{name}`", self.channel.name);
            let help = format!("write {}", self.example(name));
            self.say(codes::CHANNEL_KEY_MISSING, self.channel.span.clone(), message, help);
        }
    }

    fn node(&self, name: &str) -> Option<&'a Node> {
        self.channel.rest.0.iter().find(|(key, ..)| key == name).map(|(.., node)| node)
    }

    fn example(&self, name: &str) -> String {
        let example = self.known.iter().find(|key| key.name == name).map_or("", |key| key.example);
        format!("`{name} = {}`", example.replace("CHANNEL", &self.channel.name.as_str().replace('-', "_").to_uppercase()))
    }

    fn say(&mut self, code: Code, span: Span, message: String, help: String) {
        self.wrong.push(Diagnostic::error(code, message).at(&self.file, span).help(help));
    }
}

type Misfit = (String, Option<Span>);

fn secret_ref(table: &Table) -> Result<SecretRef, Misfit> {
    const PLACES: [&str; 3] = ["env", "file", "command"];
    let [(name, span, node)] = table.0.as_slice() else {
        return Err(("is to be found in exactly one place: `env`, `file` or `command`".to_owned(), None));
    };
    let Value::String(text) = &node.value else {
        return Err((format!("wants a text for `{name}`"), Some(node.span.clone())));
    };
    match name.as_str() {
        _ if text.trim().is_empty() => Err((format!("has an empty `{name}`"), Some(node.span.clone()))),
        "env" if text.contains(['=', '\0', ' ']) => Err(("names no variable of the environment".to_owned(), Some(node.span.clone()))),
        "env" => Ok(SecretRef::Env(text.clone())),
        "file" => Ok(SecretRef::File(text.clone())),
        "command" => Ok(SecretRef::Command(text.clone())),
        other => {
            let near = nearest(other, PLACES).map_or(String::new(), |near| format!(", did you mean `{near}`?"));
            Err((format!("cannot be found by `{other}`{near}"), Some(span.clone())))
        }
    }
}

fn said<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let all: Vec<String> = words.map(|word| format!("`{word}`")).collect();
    match all.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => all.concat(),
    }
}
