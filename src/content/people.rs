//! Who gives an event, who pays for it, whom to ask.

use crate::content::fields::Fields;
use crate::content::front_matter::Value;
use crate::diagnostic::{Diagnostic, codes};
use crate::library::Contact;
use crate::settings::key::{Known, Takes, key};
use crate::settings::{Written, is_email};

/// The keys of a contact.
pub(super) const CONTACT: &[Known] = &[
    key("name", "a person or a desk").example("Children's desk"),
    key("email", "an e-mail address").takes(Takes::Email).example("children@library.example.org"),
    key("phone", "a telephone").example("518-555-0112"),
];

/// Names: one, or a list of them, each once.
pub(super) fn names(fields: &mut Fields<'_>, key: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for name in fields.texts(key) {
        if !names.contains(&name.value) {
            names.push(name.value);
        }
    }
    names
}

/// Whom to ask: everything in words, or with keys of its own.
pub(super) fn contact(fields: &mut Fields<'_>) -> Option<Contact> {
    let (key_span, node) = fields.take("contact")?;
    let Value::Map(entries) = node.value else {
        let words = fields.text_of("contact", node)?.value;
        return Some(if is_email(&words) {
            Contact { email: Some(words), ..Contact::default() }
        } else {
            Contact { name: Some(words), ..Contact::default() }
        });
    };
    if entries.is_empty() {
        fields.report(
            Diagnostic::error(codes::EMPTY_VALUE, "the contact names nobody")
                .at(fields.file, key_span)
                .help("write, for instance, `contact: { name: Children's desk, phone: 518-555-0112 }`"),
        );
        return None;
    }
    let mut inner = Fields::of_map(fields.file, "a contact", CONTACT, entries, key_span, fields.wrong);
    let name = inner.text("name").map(|name| name.value);
    let email = inner.text("email").and_then(|email| mail(&mut inner, email));
    let phone = inner.text("phone").map(|phone| phone.value);
    inner.refuse_the_rest();
    (name.is_some() || email.is_some() || phone.is_some()).then_some(Contact { name, email, phone })
}

fn mail(fields: &mut Fields<'_>, email: Written<String>) -> Option<String> {
    let address = email.value.strip_prefix("mailto:").unwrap_or(&email.value);
    if is_email(address) {
        return Some(address.to_owned());
    }
    fields.report(
        Diagnostic::error(codes::EMAIL, format!("\"{}\" is no e-mail address", email.value))
            .at(fields.file, email.span)
            .help("write, for instance, `email: ask@library.example.org`"),
    );
    None
}
