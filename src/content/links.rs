//! Where a link in Markdown leads: to a file of the site, an address of it, or somewhere else.

use crate::calendar::{NaiveDate, plus_months};
use crate::content::addresses::{self, Addresses, CONTENT, Resolved};
use crate::content::entry::World;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Diagnostic, Diagnostics, FileId, Span, codes};

/// What becomes of a link.
#[derive(PartialEq, Eq, Debug)]
pub(super) enum Leads {
    /// This stands in `href`.
    To(String),
    /// To something that is held back, or nowhere: its words stay, as words.
    Nowhere,
}

/// An anchor that a link wants to find in a page, checked when all pages are read.
#[derive(Debug)]
pub(super) struct WantedAnchor {
    pub(super) page: FileId,
    pub(super) anchor: String,
    pub(super) from: FileId,
    pub(super) span: Span,
}

/// What the links of one file are looked up in, and what they leave behind.
pub(super) struct LinkReader<'a> {
    pub(super) file: &'a FileId,
    pub(super) world: World<'a>,
    pub(super) addresses: &'a Addresses,
    pub(super) anchors: Vec<WantedAnchor>,
    pub(super) wrong: Diagnostics,
}

impl LinkReader<'_> {
    /// Follows a link that stands at `span`.
    pub(super) fn follow(&mut self, written: &str, span: &Span) -> Leads {
        let written = written.trim();
        if let Some(anchor) = written.strip_prefix('#') {
            self.want(self.file.clone(), anchor, span);
            return Leads::To(format!("#{}", addresses::encode(&addresses::decode(anchor))));
        }
        if written.starts_with("//") {
            return self.refuse(
                codes::LINK,
                span,
                format!("\"{written}\" does not say how it is reached"),
                format!("write `https:{written}`"),
            );
        }
        if let Some(scheme) = scheme(written) {
            return self.elsewhere(written, scheme, span);
        }
        let cut = written.find(['?', '#']).unwrap_or(written.len());
        let (path, tail) = written.split_at(cut);
        if path.is_empty() {
            return self.refuse(
                codes::LINK,
                span,
                "the link leads nowhere".to_owned(),
                "write a file, such as `(visit.md)`, or an address between the brackets",
            );
        }
        if path.starts_with('/') && !has_ending(path) {
            return self.address(path, tail, span);
        }
        let found = match addresses::resolve(self.file, path) {
            Resolved::Outside => {
                return self.refuse(
                    codes::LINK_OUTSIDE,
                    span,
                    format!("\"{path}\" leads out of `content/`"),
                    "only what lies in `content/` is on the site; put a copy of the file there",
                );
            }
            Resolved::File(found) => found,
        };
        if let Some(target) = self.addresses.of_file(&found) {
            if let Some(why) = &target.held {
                self.wrong.push(
                    Diagnostic::warning(
                        codes::LINK_HELD,
                        format!("`{}` is held back ({why}), so these words are no link for now", found.path()),
                    )
                    .at(self.file, span.clone())
                    .help("nothing to do if it will be shown later; else take the link out"),
                );
                return Leads::Nowhere;
            }
            let href = self.world.settings.site.href(addresses::encode(target.path.as_str()));
            if let Some(anchor) = tail.strip_prefix('#') {
                self.want(found, anchor, span);
            }
            return Leads::To(format!("{href}{}", encode_tail(tail)));
        }
        if self.world.files.get(&found).is_some() {
            if addresses::is_picture(&found) {
                let path = found.path().strip_prefix(CONTENT).unwrap_or(found.path());
                return Leads::To(self.world.settings.site.href(format!("/{}", addresses::encode(path))));
            }
            let ending = addresses::extension(found.path());
            return self.refuse(
                codes::LINK,
                span,
                format!("`{}` is not on the site: files ending in .{ending} are left out", found.path()),
                "save it as PDF, or link to a page that says the same",
            );
        }
        if path.starts_with('/') && self.addresses.answers(path, |_| false) {
            return Leads::To(format!("{}{}", self.world.settings.site.href(addresses::encode(path)), encode_tail(tail)));
        }
        self.missing(path, &found, span)
    }

    fn missing(&mut self, path: &str, found: &FileId, span: &Span) -> Leads {
        let folder = format!("{}/", found.path());
        if self.world.files.under(&folder).next().is_some() {
            return self.refuse(
                codes::LINK,
                span,
                format!("`{}` is a folder", found.path()),
                format!("name a file in it, such as `{path}/index.md`, or an address such as `/visit/`").replace("//", "/"),
            );
        }
        let error = Diagnostic::error(codes::LINK, format!("there is no file `{}`", found.path()));
        let meant = addresses::nearest_file(found, self.world.files, |_| true);
        let first = path.split('/').next().unwrap_or("").to_ascii_lowercase();
        let ending = first.rsplit('.').next().unwrap_or("");
        let bare_host = first.starts_with("www.") || first.contains('.') && matches!(ending, "org" | "com" | "gov" | "net" | "edu" | "us");
        self.wrong.push(match meant {
            _ if crate::settings::is_email(path) => {
                error.at(self.file, span.clone()).help(format!("a link to an e-mail address begins with `mailto:`: `mailto:{path}`"))
            }
            _ if bare_host => {
                error.at(self.file, span.clone()).help(format!("an address elsewhere begins with its scheme: `https://{path}`"))
            }
            Some(meant) => {
                let meant = addresses::relative(self.file, &meant);
                error
                    .at_noted(self.file, span.clone(), format!("did you mean \"{meant}\"?"))
                    .help("a link names a file by its path from this one")
            }
            None => error.at(self.file, span.clone()).help("a link names a file by its path from this one: `[hours](../branches/main.md)`"),
        });
        Leads::Nowhere
    }

    /// An address of the site: `/events/`.
    fn address(&mut self, path: &str, tail: &str, span: &Span) -> Leads {
        let plain = addresses::decode(path);
        if plain.split('/').any(|part| part == "..") {
            return self.refuse(codes::LINK_OUTSIDE, span, format!("\"{path}\" climbs out of its place"), "write the address without `..`");
        }
        let known = plain == "/" || self.addresses.answers(&plain, |month| self.shows(month));
        if !known && self.addresses.is_empty_list(&plain) {
            return self.refuse(
                codes::LINK,
                span,
                format!("nothing on the site carries the word of {path}, so that page is not made"),
                "take the link out until something does; or give something that is shown this word",
            );
        }
        if !known {
            let whole = format!("{}/", plain.trim_end_matches('/').to_lowercase());
            let error = Diagnostic::error(codes::LINK, format!("the site has no address \"{path}\""));
            self.wrong.push(match nearest(&whole, self.addresses.paths()) {
                Some(meant) => error
                    .at_noted(self.file, span.clone(), format!("did you mean \"{meant}\"?"))
                    .help("better name the file itself: `[hours](branches/main.md)`"),
                None => error.at(self.file, span.clone()).help("name a file by its path from this one: `[hours](branches/main.md)`"),
            });
            return Leads::Nowhere;
        }
        if let Some(why) = self.addresses.held_at(&plain) {
            self.wrong.push(
                Diagnostic::warning(codes::LINK_HELD, format!("\"{path}\" is held back ({why}), so these words are no link for now"))
                    .at(self.file, span.clone())
                    .help("nothing to do if it will be shown later; else take the link out"),
            );
            return Leads::Nowhere;
        }
        let slash = if plain.ends_with('/') || plain.rsplit('/').next().is_some_and(|last| last.contains('.')) { "" } else { "/" };
        Leads::To(format!("{}{slash}{}", self.world.settings.site.href(addresses::encode(&plain)), encode_tail(tail)))
    }

    /// Is this month, written `2026-12`, one that has pages?
    fn shows(&self, month: &str) -> bool {
        let months = &self.world.settings.calendar;
        let count = |months: u32| i32::try_from(months).unwrap_or(i32::MAX);
        let today = self.world.now.today();
        let shown = plus_months(today, -count(months.behind))..=plus_months(today, count(months.ahead));
        format!("{month}-01").parse::<NaiveDate>().is_ok_and(|first| shown.contains(&first))
    }

    /// An address of somebody else: http, https, mailto or tel.
    fn elsewhere(&mut self, written: &str, scheme: &str, span: &Span) -> Leads {
        let rest = &written[scheme.len() + 1..];
        match scheme.to_ascii_lowercase().as_str() {
            "http" | "https" => match url::Url::parse(written) {
                Ok(url) if url.host_str().is_some() && url.username().is_empty() && url.password().is_none() => Leads::To(url.to_string()),
                _ => self.refuse(
                    codes::LINK,
                    span,
                    format!("\"{written}\" is not a whole address"),
                    "write it as the browser shows it: `https://example.org/page`",
                ),
            },
            "mailto" if rest.split('?').next().is_some_and(|address| crate::settings::is_email(&addresses::decode(address))) => {
                Leads::To(written.to_owned())
            }
            "mailto" => self.refuse(
                codes::LINK,
                span,
                format!("\"{rest}\" is no e-mail address"),
                "write, for instance, `mailto:ask@library.example.org`",
            ),
            "tel"
                if !rest.is_empty()
                    && rest.chars().all(|c| c.is_ascii_digit() || "+-.()*#;,= ".contains(c) || c.is_ascii_alphabetic())
                    && rest.chars().any(|c| c.is_ascii_digit()) =>
            {
                Leads::To(format!("tel:{}", rest.replace(' ', "")))
            }
            "tel" => {
                self.refuse(codes::LINK, span, format!("\"{rest}\" is no telephone number"), "write, for instance, `tel:+1-518-555-0100`")
            }
            _ => self.refuse(
                codes::LINK_SCHEME,
                span,
                format!("links that begin with `{scheme}:` are not allowed"),
                "a link leads to a page (https, http), an e-mail address (mailto) or a telephone (tel)",
            ),
        }
    }

    fn want(&mut self, page: FileId, anchor: &str, span: &Span) {
        if !anchor.is_empty() {
            self.anchors.push(WantedAnchor { page, anchor: addresses::decode(anchor), from: self.file.clone(), span: span.clone() });
        }
    }

    fn refuse(&mut self, code: crate::diagnostic::Code, span: &Span, said: String, help: impl Into<String>) -> Leads {
        self.wrong.push(Diagnostic::error(code, said).at(self.file, span.clone()).help(help));
        Leads::Nowhere
    }
}

/// The scheme that an address begins with, if it does; control characters inside it do not hide it.
fn scheme(written: &str) -> Option<&str> {
    let (scheme, _) = written.split_once(':')?;
    let name = !scheme.is_empty() && !scheme.contains(['/', '?', '#', '.']) && !scheme.contains(' ');
    name.then_some(scheme)
}

/// Does the path end in the name of a file?
fn has_ending(path: &str) -> bool {
    path.rsplit('/').next().is_some_and(|last| last.contains('.') && !last.starts_with('.'))
}

/// What stands behind a path: `?from=here#hours`.
fn encode_tail(tail: &str) -> String {
    let mut encoded = String::with_capacity(tail.len());
    for byte in addresses::encode(tail).bytes() {
        encoded.push(char::from(byte));
    }
    encoded.replace("%23", "#").replace("%3F", "?").replace("%25", "%").replace("%26", "&")
}
