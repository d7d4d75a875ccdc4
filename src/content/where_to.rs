//! Values that lead somewhere: an address on the web, a place to sign up, a name in an address.

use crate::content::fields::Fields;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, codes};
use crate::settings::{Written, is_email};
use crate::text::{Slug, slugify};

impl Fields<'_> {
    /// Where people sign up: an address on the web, an e-mail address or a telephone.
    pub(super) fn sign_up(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        self.sign_up_of(key, text)
    }

    /// The same for a text that was taken already.
    pub(super) fn sign_up_of(&mut self, key: &str, text: Written<String>) -> Option<String> {
        let (scheme, rest) = text.value.split_once(':').unwrap_or(("", &text.value));
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        let telephone = digits >= 3 && rest.chars().all(|c| c.is_ascii_digit() || "+-.() ".contains(c));
        let help = match scheme.to_ascii_lowercase().as_str() {
            "mailto" if is_email(rest.split('?').next().unwrap_or(rest).trim()) => return Some(text.value),
            "tel" if telephone => return Some(format!("tel:{}", rest.replace(' ', ""))),
            "" if is_email(rest) => format!("write `{key}: mailto:{rest}`"),
            "" if telephone => format!("write `{key}: \"tel:{rest}\"`"),
            "mailto" => format!("write, for instance, `{key}: mailto:ask@library.example.org`"),
            "tel" => format!("write, for instance, `{key}: tel:+1-518-555-0100`"),
            _ => return self.web_of(key, text, "write `https://…`, `mailto:…` or `tel:…`"),
        };
        self.wrong.push(
            Diagnostic::error(codes::WEB_ADDRESS, format!("\"{}\" is nowhere that people can sign up", text.value))
                .at(self.file, text.span)
                .help(help),
        );
        None
    }

    /// A web address, http or https.
    pub(super) fn web(&mut self, key: &str) -> Option<String> {
        let text = self.text(key)?;
        self.web_of(key, text, "write the whole address, beginning with `https://`")
    }

    fn web_of(&mut self, key: &str, text: Written<String>, otherwise: &str) -> Option<String> {
        let url = url::Url::parse(&text.value).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.host_str().is_some());
        if let Some(space) = text.value.find(char::is_whitespace).filter(|_| url.is_some()) {
            self.wrong.push(
                Diagnostic::error(codes::WEB_ADDRESS, format!("`{key}` holds a space, which no address does"))
                    .at(self.file, text.span)
                    .help(format!(
                        "copy the address anew from the line at the top of the browser; `{}` may be all of it",
                        &text.value[..space]
                    )),
            );
            return None;
        }
        if url.as_ref().is_some_and(|url| !url.username().is_empty() || url.password().is_some()) {
            // The message does not repeat the address: what stands before the `@` may be a password.
            self.wrong.push(
                Diagnostic::error(codes::WEB_ADDRESS, format!("`{key}` holds a name or a password before the `@`, which everybody could read"))
                    .at(self.file, text.span)
                    .help("write the address that patrons open, without what stands between `//` and `@`; change the password, it may have been seen"),
            );
            return None;
        }
        if url.is_none() {
            let bare = !text.value.contains("://") && text.value.contains('.') && !text.value.contains([' ', '@', ':']);
            let rest = text.value.split_once(':').filter(|(scheme, _)| nearest(scheme, ["https", "http"]).is_some());
            let rest = rest.map(|(_, rest)| rest.trim_start_matches(['/', '\\', ' '])).filter(|rest| rest.contains('.'));
            let help = match rest {
                _ if bare => format!("write `{key}: https://{}`", text.value.trim_start_matches('/')),
                Some(rest) => format!("write `{key}: https://{rest}`"),
                None => otherwise.to_owned(),
            };
            self.wrong.push(
                Diagnostic::error(codes::WEB_ADDRESS, format!("`{key}` must be an address on the web, not \"{}\"", text.value))
                    .at(self.file, text.span)
                    .help(help),
            );
        }
        url.map(|_| text.value)
    }

    /// A name in an address.
    pub(super) fn slug(&mut self, key: &'static str) -> Option<Written<Slug>> {
        let text = self.text(key)?;
        if let Some(value) = Slug::new(&text.value) {
            Some(Written { value, span: text.span })
        } else {
            let help = slugify(&text.value)
                .map_or_else(|| format!("write, for instance, `{key}: story-time`"), |slug| format!("write `{key}: {slug}`"));
            self.wrong.push(
                Diagnostic::error(
                    codes::NAME,
                    format!("`{key}` holds small letters, digits and single hyphens only, not \"{}\"", text.value),
                )
                .at(self.file, text.span)
                .help(help),
            );
            None
        }
    }
}
