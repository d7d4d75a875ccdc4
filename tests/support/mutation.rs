//! Texts changed by chance, as a careless hand, a broken tool or an ill will might.

#![allow(unreachable_pub, reason = "a part of a test")]

use std::ops::Range;

/// No input is longer: what takes its time for longer ones is a large file, not a trap.
const LONGEST: usize = 96 << 10;

/// Chance that is the same again from the same seed (SplitMix64).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number below this one; 0 below 0.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    fn of<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len())]
    }

    /// Mostly small, seldom large.
    fn count(&mut self) -> usize {
        match self.below(20) {
            0 => self.below(5000),
            1..=3 => self.below(200),
            _ => self.below(8),
        }
    }
}

/// What one of the parsers listens to.
const WORDS: &[&str] = &[
    "---\n",
    "\n---\n",
    "\n\n",
    "\r\n",
    "\r",
    "\t",
    ": ",
    ":\n",
    "- ",
    "? ",
    "| ",
    "|\n  x\n",
    ">-\n x\n",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "\"",
    "'",
    "#",
    " # ",
    "&a ",
    "*a",
    "<<: *a",
    "!tag ",
    "!!str ",
    "%YAML 1.2\n",
    "~",
    "null",
    "true",
    "\u{feff}",
    "\u{a0}",
    "\u{0}",
    "\u{7f}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{200d}",
    "é",
    "e\u{301}",
    "🙂",
    "👩\u{200d}👩\u{200d}👧",
    "\u{f0000}",
    "ß",
    "İ",
    "ŉ",
    "\u{fdfa}",
    "&#0;",
    "&#x10FFFF;",
    "&amp;amp;",
    "starts: 9999-12-31 23:59\n",
    "starts: 0001-01-01\n",
    "ends: 00:00\n",
    "lasts: 99999999999999 days\n",
    "repeats: every day\n",
    "repeats: FREQ=DAILY\n",
    "repeats: FREQ=YEARLY;COUNT=4294967295;BYMONTHDAY=31;BYMONTH=2\n",
    "skips: [",
    "adds: [",
    "changes:\n  ",
    "title: ",
    "slug: ",
    "aliases: [/",
    "visible_from: ",
    "every other ",
    "2nd and 4th ",
    "last weekday of ",
    "until ",
    " for 3 times",
    "FREQ=",
    "INTERVAL=4294967295",
    "BYDAY=-53MO,53SU",
    "BYSETPOS=-366",
    "BYWEEKNO=53",
    "BYYEARDAY=-366",
    "UNTIL=99991231T235959Z",
    "WKST=",
    "cada jueves",
    "el primer lunes de cada mes",
    "noon",
    "12:60",
    "24:00",
    "2027-02-29",
    "2026-03-08 02:30",
    "February 30",
    "# ",
    "###### ",
    "> ",
    "* ",
    "1. ",
    "999999999. ",
    "```\n",
    "~~~\n",
    "    ",
    "| a | b |\n|---|---|\n",
    "[^1]",
    "[^1]: ",
    "![](",
    "![x](x.jpg)",
    "[x](",
    "](",
    "[x]: <",
    "<a href=\"javascript:1\">",
    "<details open>",
    "<table><tr><td>",
    "<svg><script>",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "{{ ",
    " }}",
    "{{ figure(",
    "{{ include(file=\"data/staff.csv\") }}",
    "{{ hours(branch=\"main\") }}",
    "{{ events(",
    "{% ",
    " %}",
    "{{/",
    "{{% ",
    "**",
    "__",
    "~~",
    "`",
    "\\",
    "&",
    "<",
    ">",
    "..",
    "../../../../etc/passwd",
    "C:\\",
    "con.md",
    "//x.example/",
    "https://",
    "mailto:",
    "tel:+",
    "[site]\n",
    "[[channels]]\n",
    "[outreach]\n",
    "[outreach.plans.x]\n",
    "waves = [",
    "= ",
    "\"\"\"",
    "'''",
    "1e999",
    "-0",
    "0x",
    "1979-05-27",
    "inf",
    "nan",
    "1_000",
    "\\uD800",
    "\\U0010FFFF",
    ",,,,\n",
    "\"a\"\"b\",",
    ";",
    "\t\t",
];

const NESTED: &[&str] = &[
    "[", "{", "(", "> ", "- ", "* ", "**", "_", "[[", "{{ ", "<div>", "<a>", "<b><i>", "![", "[x](", "  ", "\t", "{a: ", "- - ", "a.", "`",
    "~", "#", "|", "&a [*a,", "\"", "1. ", "[^1]: ", "every ", "not ", "<", "a: {", "\n  ",
];

const NUMBERS: &[&str] = &[
    "0",
    "-1",
    "1",
    "53",
    "366",
    "255",
    "256",
    "65535",
    "65536",
    "2147483647",
    "2147483648",
    "4294967295",
    "4294967296",
    "9223372036854775807",
    "18446744073709551615",
    "18446744073709551616",
    "340282366920938463463374607431768211456",
    "0.1",
    "00007",
    "1e400",
];

/// The text after a few changes; parts of `other` may be put into it.
pub fn mutated(text: &str, other: &str, chance: &mut Chance) -> String {
    let mut text = text.to_owned();
    for _ in 0..=chance.below(6) {
        change(&mut text, other, chance);
        if text.len() > LONGEST {
            text.truncate(text.floor_char_boundary(LONGEST));
        }
    }
    text
}

fn change(text: &mut String, other: &str, chance: &mut Chance) {
    let part = part(text, chance);
    match chance.below(12) {
        0 => text.truncate(part.start),
        1 => text.replace_range(part, ""),
        2 => {
            let again = text[part.clone()].repeat(chance.count() + 2);
            text.replace_range(part, &again[..again.floor_char_boundary(LONGEST)]);
        }
        3 => {
            let from = self::part(other, chance);
            text.replace_range(part, &other[from]);
        }
        4 => {
            let piece = text[part.clone()].to_owned();
            text.replace_range(part, "");
            let at = place(text, chance);
            text.insert_str(at, &piece);
        }
        5 => {
            let nested = chance.of(NESTED).repeat(chance.count() + 1);
            text.insert_str(part.start, &nested[..nested.floor_char_boundary(LONGEST)]);
        }
        6 => match number(text, part.start) {
            Some(number) => text.replace_range(number, chance.of(NUMBERS)),
            None => text.insert_str(part.start, chance.of(NUMBERS)),
        },
        7 => {
            let indented = text[part.clone()].replace('\n', ["\n  ", "\n\t", "\r\n", "\n\n", " "][chance.below(5)]);
            text.replace_range(part, &indented);
        }
        8 => {
            let mut bytes = text[part.clone()].as_bytes().to_vec();
            if let Some(byte) = (!bytes.is_empty()).then(|| chance.below(bytes.len())).and_then(|at| bytes.get_mut(at)) {
                *byte ^= 1 << chance.below(7);
            }
            text.replace_range(part, &String::from_utf8_lossy(&bytes));
        }
        _ => {
            let range = if chance.below(2) == 0 { part.start..part.start } else { part };
            text.replace_range(range, chance.of(WORDS));
        }
    }
}

fn place(text: &str, chance: &mut Chance) -> usize {
    text.floor_char_boundary(chance.below(text.len() + 1))
}

/// A part of the text: a few letters, a word, a line, some lines.
fn part(text: &str, chance: &mut Chance) -> Range<usize> {
    let at = place(text, chance);
    let line = text[..at].rfind('\n').map_or(0, |before| before + 1);
    let ends = |from: usize| text[from..].find('\n').map_or(text.len(), |length| from + length + 1);
    match chance.below(4) {
        0 => at..text.floor_char_boundary((at + chance.below(24)).min(text.len())).max(at),
        1 => {
            let word = text[..at].rfind(|c: char| !c.is_alphanumeric()).map_or(0, |before| text.ceil_char_boundary(before + 1));
            let end = text[at..].find(|c: char| !c.is_alphanumeric()).map_or(text.len(), |length| at + length);
            word.min(at)..end
        }
        2 => line..ends(at),
        _ => line..(0..chance.below(6)).fold(ends(at), |end, _| ends(end)),
    }
}

/// The digits around or after a place.
fn number(text: &str, from: usize) -> Option<Range<usize>> {
    let start = from + text[from..].find(|c: char| c.is_ascii_digit())?;
    let end = text[start..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |length| start + length);
    Some(start..end)
}
