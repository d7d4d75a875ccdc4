//! Tables whose heads say what they are heads of: a reader who hears a cell hears its column and row with it.

use pulldown_cmark::{Alignment, CowStr, Event, Tag};

/// Where in a table the walk is.
#[derive(Default)]
pub(super) struct Cells {
    alignments: Vec<Alignment>,
    in_head: bool,
    column: usize,
    /// Does each row begin with its own head? So it does where the first cell of the head is empty.
    rows_have_heads: bool,
    close: &'static str,
}

impl Cells {
    /// The beginning of a table, a row or a cell; `empty` is a cell without words.
    pub(super) fn start<'a>(&mut self, tag: Tag<'a>, empty: bool) -> Event<'a> {
        match &tag {
            Tag::Table(alignments) => {
                *self = Cells { alignments: alignments.clone(), ..Cells::default() };
                Event::Start(tag)
            }
            Tag::TableHead => {
                (self.in_head, self.column) = (true, 0);
                Event::Start(tag)
            }
            Tag::TableRow => {
                (self.in_head, self.column) = (false, 0);
                Event::Start(tag)
            }
            _ => Event::InlineHtml(CowStr::from(self.cell(empty))),
        }
    }

    fn cell(&mut self, empty: bool) -> String {
        let first = self.column == 0;
        if first && self.in_head {
            self.rows_have_heads = empty;
        }
        let align = match self.alignments.get(self.column) {
            Some(Alignment::Left) => " style=\"text-align: left\"",
            Some(Alignment::Center) => " style=\"text-align: center\"",
            Some(Alignment::Right) => " style=\"text-align: right\"",
            _ => "",
        };
        self.column += 1;
        let scope = match (self.in_head, first && self.rows_have_heads) {
            (true, false) if !empty => "col",
            (false, true) if !empty => "row",
            _ => {
                self.close = "</td>";
                return format!("<td{align}>");
            }
        };
        self.close = "</th>";
        format!("<th scope=\"{scope}\"{align}>")
    }

    /// The end of a cell.
    pub(super) fn end<'a>(&self) -> Event<'a> {
        Event::InlineHtml(CowStr::Borrowed(self.close))
    }
}
