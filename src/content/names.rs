//! Names that come from words of people: rooms, and cells that addresses are made of.
//!
//! They hold nothing that a folder, a drive or a device of some computer would be meant by, so that no later use of one can be led astray.

use crate::content::fields::Fields;
use crate::diagnostic::{Diagnostic, codes};
use crate::settings::Written;
use crate::text::is_windows_device;

/// What in a name is no part of a name, and the name without it.
pub(super) struct Slip {
    /// "a `/`", to be put behind "holds".
    pub(super) holds: String,
    pub(super) instead: Option<String>,
}

/// Looks at a name.
pub(super) fn slip(name: &str) -> Option<Slip> {
    let drive = name.as_bytes().first().is_some_and(u8::is_ascii_alphabetic) && name.as_bytes().get(1) == Some(&b':');
    let holds = if let Some(separator) = name.chars().find(|c| matches!(c, '/' | '\\')) {
        format!("a `{separator}`, which stands between folders")
    } else if name.contains("..") {
        "two dots in a row, which mean the folder above".to_owned()
    } else if name.chars().any(char::is_control) {
        "a character that no page shows".to_owned()
    } else if drive {
        format!("`{}`, which is how a drive is written", &name[..2])
    } else if name.ends_with('.') {
        "a dot at its end".to_owned()
    } else if is_windows_device(name) {
        "a word that Windows keeps for a device".to_owned()
    } else {
        return None;
    };
    let mut plain: String = name.chars().map(|c| if matches!(c, '/' | '\\') || c.is_control() { '-' } else { c }).collect();
    while plain.contains("..") {
        plain = plain.replace("..", ".");
    }
    if drive {
        plain = plain.replacen(':', "", 1);
    }
    let plain = plain.trim_matches(['.', '-', ' ']).to_owned();
    let instead = (!plain.is_empty() && !plain.contains("-.-") && !is_windows_device(&plain)).then_some(plain);
    Some(Slip { holds, instead })
}

/// A room as staff name it: "Children's Room", "Room 2-3".
pub(super) fn check_room(fields: &mut Fields<'_>, room: &Written<String>) {
    let Some(Slip { holds, instead }) = slip(&room.value) else { return };
    let shown: String = room.value.chars().filter(|c| !c.is_control()).collect();
    fields.report(
        Diagnostic::error(codes::ROOM_NAME, format!("the room \"{shown}\" holds {holds}")).at(fields.file, room.span.clone()).help(
            match instead {
                Some(instead) => format!("write \"{instead}\", here and wherever the room is named"),
                None => "give the room a name of words, as on its door: \"Garden\"".to_owned(),
            },
        ),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ordinary_names_are_names() {
        for name in
            ["Children's Room", "Room 2-3", "Room 2 & 3", "St. Mary's Hall", "Room C: the east end", "Sala de niños", "2.5", "Console"]
        {
            assert!(slip(name).is_none(), "{name}");
        }
    }

    #[test]
    fn no_name_holds_what_means_a_place_on_a_computer() {
        for (name, instead) in [
            ("Room 2/3", Some("Room 2-3")),
            ("East\\West", Some("East-West")),
            ("G..H", Some("G.H")),
            ("..", None),
            ("C:", Some("C")),
            ("A\u{7}B", Some("A-B")),
            ("end.", Some("end")),
            ("nul", None),
            ("COM1", None),
            ("G/../x", None),
        ] {
            assert_eq!(slip(name).map(|slip| slip.instead), Some(instead.map(str::to_owned)), "{name}");
        }
    }
}
