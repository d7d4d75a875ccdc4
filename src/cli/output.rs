//! What is said: lines for people, one JSON document for machines. stdout is data, stderr is what is wrong.

use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

use anstyle::{AnsiColor, Style};
use serde_json::{Map, Value, json};

use crate::cli::Exit;
use crate::diagnostic::terminal::Colour;
use crate::diagnostic::{Diagnostics, Sources, json as machine, terminal};

/// How much is said.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Talk {
    /// Only what is wrong.
    Quiet,
    /// What happened.
    Plain,
    /// Every file.
    Verbose,
}

/// Who reads.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reader {
    /// A person.
    Person,
    /// A program: one JSON document at the end.
    Machine,
}

/// The four kinds of word on the terminal. Colour comes second: the words do without it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Tone {
    /// It went well.
    Ok,
    /// Look at this.
    Warning,
    /// It failed.
    Error,
    /// By the way.
    Quiet,
}

/// Where lines go.
pub struct Output<'a> {
    out: &'a mut dyn Write,
    err: &'a mut dyn Write,
    /// Is stdout drawn in colour?
    pub colour: Colour,
    /// Is stderr drawn in colour?
    pub err_colour: Colour,
    /// Columns: 80 where nobody looks, else as wide as the terminal is, between 60 and 120.
    pub width: usize,
    /// How much is said.
    pub talk: Talk,
    /// Who reads.
    pub reader: Reader,
    document: Map<String, Value>,
    lost: Option<io::Error>,
}

impl<'a> Output<'a> {
    /// Lines to these two writers, without colour, for a terminal of 80 columns.
    pub fn new(out: &'a mut dyn Write, err: &'a mut dyn Write) -> Self {
        Output {
            out,
            err,
            colour: Colour::No,
            err_colour: Colour::No,
            width: 80,
            talk: Talk::Plain,
            reader: Reader::Person,
            document: Map::new(),
            lost: None,
        }
    }

    /// A line for a person; nothing when a program reads, or when told to be quiet.
    pub fn line(&mut self, text: impl Display) {
        if self.reader == Reader::Person && self.talk > Talk::Quiet {
            self.write_out(&format!("{text}\n"));
        }
    }

    /// A line that is the command's own result, said also when told to be quiet.
    pub fn result(&mut self, text: impl Display) {
        if self.reader == Reader::Person {
            self.write_out(&format!("{text}\n"));
        }
    }

    /// A line for those who want to know more.
    pub fn detail(&mut self, text: impl Display) {
        if self.talk == Talk::Verbose {
            self.line(text);
        }
    }

    /// What is wrong with the call itself: on stderr, and in the document among the `diagnostics`, without a code or a place.
    pub fn problem(&mut self, text: impl Display) {
        let message = text.to_string();
        for line in wrapped(&message, self.width, 2) {
            self.write_err(&format!("{line}\n"));
        }
        let entry = json!({
            "code": null, "severity": "error", "message": message, "file": null, "line": null, "column": null, "help": null,
        });
        self.listed(vec![entry]);
    }

    /// A line on stderr that only sums up what was said there.
    pub fn aside(&mut self, text: impl Display) {
        self.write_err(&format!("{text}\n"));
    }

    /// Words in a tone, for stdout.
    pub fn tone(&self, tone: Tone, text: impl Display) -> String {
        let style = match tone {
            Tone::Ok => AnsiColor::Green.on_default(),
            Tone::Warning => AnsiColor::Yellow.on_default(),
            Tone::Error => AnsiColor::Red.on_default().bold(),
            Tone::Quiet => Style::new().dimmed(),
        };
        match self.colour {
            Colour::Yes => format!("{style}{text}{style:#}"),
            Colour::No => text.to_string(),
        }
    }

    /// Everything that is wrong, drawn on stderr; and in the document under `diagnostics`.
    pub fn diagnostics(&mut self, diagnostics: &Diagnostics, sources: &dyn Sources) {
        self.diagnostics_with(diagnostics, sources, |_| {});
    }

    /// The same, each entry of the document completed by `complete`.
    pub fn diagnostics_with(&mut self, diagnostics: &Diagnostics, sources: &dyn Sources, complete: impl Fn(&mut Value)) {
        if diagnostics.is_empty() {
            return;
        }
        let mut listed = machine::list(diagnostics, sources);
        listed.as_array_mut().into_iter().flatten().for_each(complete);
        if let Value::Array(listed) = listed {
            self.listed(listed);
        }
        self.write_err(&terminal::draw(diagnostics, sources, self.width, self.err_colour));
    }

    /// The field `diagnostics` of a command that always has one: an empty list when nothing is wrong.
    pub fn always_diagnostics(&mut self) {
        self.listed(Vec::new());
    }

    fn listed(&mut self, more: Vec<Value>) {
        match self.document.get_mut("diagnostics").and_then(Value::as_array_mut) {
            Some(before) => before.extend(more),
            None => drop(self.document.insert("diagnostics".to_owned(), Value::Array(more))),
        }
    }

    /// A field of the document.
    pub fn field(&mut self, name: &str, value: impl Into<Value>) {
        self.document.insert(name.to_owned(), value.into());
    }

    /// All fields of an object into the document.
    pub fn fields(&mut self, object: Value) {
        if let Value::Object(fields) = object {
            self.document.extend(fields);
        }
    }

    /// Prints the document, when a program reads. How the command ends: what could not be told, on a full disk say, was not done.
    pub fn finish(&mut self, exit: Exit) -> Exit {
        if self.reader == Reader::Machine {
            let mut document = json!({ "handbill": 1 });
            if let Value::Object(all) = &mut document {
                all.append(&mut self.document);
            }
            self.write_out(&format!("{document}\n"));
        }
        let flushed = [self.out.flush(), self.err.flush()];
        for result in flushed {
            self.keep(result);
        }
        match self.lost.take() {
            None => exit,
            Some(error) => {
                // stderr may be what is full; then the exit status has to say it alone
                let _ = writeln!(self.err, "what there is to say could not be written: {error}").and_then(|()| self.err.flush());
                exit.max(Exit::Failed)
            }
        }
    }

    fn write_out(&mut self, text: &str) {
        let written = self.out.write_all(text.as_bytes());
        self.keep(written);
    }

    fn write_err(&mut self, text: &str) {
        let written = self.err.write_all(text.as_bytes());
        self.keep(written);
    }

    /// Remembers the first failure. A reader that has gone away (`| head`) is none.
    fn keep(&mut self, written: io::Result<()>) {
        if let Err(error) = written
            && error.kind() != ErrorKind::BrokenPipe
        {
            self.lost.get_or_insert(error);
        }
    }
}

/// The text in lines of at most so many columns, broken at words; what goes on is indented by `hang` more than where it began. A word that is
/// longer than a line (an address) is never broken.
pub fn wrapped(text: &str, width: usize, hang: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let indent = paragraph.chars().take_while(|letter| *letter == ' ').count();
        let (mut line, mut columns) = (" ".repeat(indent), indent);
        let mut begun = false;
        for word in paragraph.trim_start_matches(' ').split(' ') {
            let length = word.chars().count();
            if begun && columns + 1 + length > width {
                lines.push(std::mem::replace(&mut line, " ".repeat(indent + hang)));
                (columns, begun) = (indent + hang, false);
            }
            if begun {
                line.push(' ');
                columns += 1;
            }
            line.push_str(word);
            (columns, begun) = (columns + length, true);
        }
        lines.push(line.trim_end().to_owned());
    }
    lines
}

/// "1 page", "2 pages".
pub fn counted(number: usize, noun: &str) -> String {
    let number_in_groups = grouped(number);
    if number == 1 { format!("1 {noun}") } else { format!("{number_in_groups} {noun}s") }
}

/// So many days from now, today among them: "today", "in 7 days".
pub fn within(days: u32) -> String {
    if days == 0 { "today".to_owned() } else { format!("in {}", counted(days as usize, "day")) }
}

/// A number with its thousands apart: 10,000.
pub fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::io::{self, ErrorKind, Write};

    use super::{Exit, Output, counted, wrapped};

    /// A device that takes nothing.
    struct Gone(ErrorKind);

    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn what_could_not_be_told_was_not_done_unless_the_reader_has_gone_away() {
        for (kind, exit) in [(ErrorKind::StorageFull, Exit::Failed), (ErrorKind::BrokenPipe, Exit::Done)] {
            let (mut gone, mut err) = (Gone(kind), Vec::new());
            let mut out = Output::new(&mut gone, &mut err);
            out.line("Built");
            assert_eq!(out.finish(Exit::Done), exit);
            assert_eq!(err.is_empty(), exit == Exit::Done);
        }
        let (mut fine, mut gone) = (Vec::new(), Gone(ErrorKind::StorageFull));
        let mut out = Output::new(&mut fine, &mut gone);
        assert_eq!(out.finish(Exit::Done), Exit::Done, "nothing was to be told there");
        out.problem("wrong");
        assert_eq!(out.finish(Exit::Usage), Exit::Usage);
        out.aside("wrong");
        assert_eq!(out.finish(Exit::Done), Exit::Failed);
    }

    #[test]
    fn a_long_line_is_broken_at_words_and_an_address_never_is() {
        let address = "https://library.example.org/events/toddler-story-time/";
        assert_eq!(wrapped("  Songs and rhymes.\n\nCome", 12, 2), ["  Songs and", "    rhymes.", "", "Come"]);
        assert_eq!(wrapped(&format!("See {address} now"), 20, 0), ["See", address, "now"]);
    }

    #[test]
    fn numbers_come_with_their_nouns() {
        assert_eq!(counted(1, "page"), "1 page");
        assert_eq!(counted(0, "page"), "0 pages");
        assert_eq!(counted(12_345, "page"), "12,345 pages");
    }
}
