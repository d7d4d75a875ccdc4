//! TOML as a tree with byte spans.

use crate::diagnostic::Span;

/// A value and where it stands in site.toml.
#[derive(Clone, PartialEq, Debug)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Where, quotes and brackets included.
    pub span: Span,
}

/// A value of TOML.
#[derive(Clone, PartialEq, Debug)]
pub enum Value {
    /// Text.
    String(String),
    /// A whole number.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
    /// True or false.
    Boolean(bool),
    /// A date or time, as written.
    Date(String),
    /// A list.
    Array(Vec<Node>),
    /// A table.
    Table(Table),
}

/// A table: its keys in the order written, each with the place of the key.
#[derive(Clone, PartialEq, Default, Debug)]
pub struct Table(pub Vec<(String, Span, Node)>);
