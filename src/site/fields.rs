//! Do templates ask only for fields that their views have? Tera itself is silent about those in conditions.

use std::collections::BTreeMap;

use serde_json::Value;

use super::frame::Frame;
use super::recipe::{Make, Recipe};
use crate::diagnostic::{Diagnostic, Diagnostics, codes, suggest};
use crate::theme::Theme;

/// So many views of a kind tell what fields it has.
const VIEWS: usize = 8;

/// What is known of a value's fields.
enum Shape {
    /// A value with these fields.
    Fields(BTreeMap<String, Shape>),
    /// A value without fields.
    Plain,
    /// Empty in every view that was looked at, or a list: nothing can be said.
    Unknown,
}

/// Looks up every path that templates ask for in the views that they are given.
pub(super) fn check(recipes: &[Recipe], theme: &Theme, frame: &Frame, wrong: &mut Diagnostics) {
    let mut shapes: BTreeMap<&str, (usize, Shape)> = BTreeMap::new();
    for recipe in recipes {
        let Make::Page(view, shown) = &recipe.make else { continue };
        for one in shown.iter() {
            one.for_each(&mut |view| see(&mut shapes, view.template(), || serde_json::to_value(view).unwrap_or_default()));
        }
        see(&mut shapes, view.template(), || serde_json::to_value(view.as_ref()).unwrap_or_default());
    }
    let shared = Shape::of(&serde_json::json!({ "site": frame, "head": "", "foot": "" }));
    let page = shapes.values().find_map(|(_, shape)| shape.field("page"));
    for template in theme.template_names() {
        for path in theme.asked_for(template) {
            let own = shapes.get(template).map(|(_, shape)| shape);
            let place = match (path.names[0].as_str(), own) {
                ("site" | "head" | "foot", _) => lookup(&shared, &path.names),
                // Parts that several templates include see whatever those see; `page` all of them have.
                ("page", None) => page.map_or(Ok(()), |page| lookup(page, &path.names[1..])),
                (_, Some(shape)) => lookup(shape, &path.names),
                (_, None) => Ok(()),
            };
            let Err((name, known)) = place else { continue };
            let at = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
            let help = match suggest::nearest(name, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known.is_empty() => "it is a plain value without fields".to_owned(),
                None => format!("the fields here are {}", known.join(", ")),
            };
            wrong.push(
                Diagnostic::error(codes::TEMPLATE_FIELD, format!("there is no field `{name}` in `{}`", path.names.join(".")))
                    .at(&theme.file(template), at(path.at.start)..at(path.at.end))
                    .help(help),
            );
        }
    }
}

/// Learns from one view what those of its template have.
fn see(shapes: &mut BTreeMap<&'static str, (usize, Shape)>, template: &'static str, value: impl FnOnce() -> Value) {
    let (seen, shape) = shapes.entry(template).or_insert((0, Shape::Unknown));
    if *seen < VIEWS {
        *seen += 1;
        *shape = std::mem::replace(shape, Shape::Unknown).with(Shape::of(&value()));
    }
}

/// The first name that is not there, and what is.
fn lookup<'a>(shape: &'a Shape, names: &'a [String]) -> Result<(), (&'a str, Vec<&'a str>)> {
    let Some((name, rest)) = names.split_first() else { return Ok(()) };
    match shape {
        Shape::Unknown => Ok(()),
        Shape::Plain => Err((name, Vec::new())),
        Shape::Fields(fields) => match fields.get(name) {
            Some(field) => lookup(field, rest),
            None => Err((name, fields.keys().map(String::as_str).collect())),
        },
    }
}

impl Shape {
    fn of(value: &Value) -> Shape {
        match value {
            Value::Object(fields) => Shape::Fields(fields.iter().map(|(name, value)| (name.clone(), Shape::of(value))).collect()),
            Value::Null | Value::Array(_) => Shape::Unknown,
            _ => Shape::Plain,
        }
    }

    /// What both tell together.
    fn with(self, other: Shape) -> Shape {
        match (self, other) {
            (Shape::Fields(mut fields), Shape::Fields(others)) => {
                for (name, shape) in others {
                    let merged = fields.remove(&name).unwrap_or(Shape::Unknown).with(shape);
                    fields.insert(name, merged);
                }
                Shape::Fields(fields)
            }
            (Shape::Unknown, known) | (known, _) => known,
        }
    }

    fn field(&self, name: &str) -> Option<&Shape> {
        match self {
            Shape::Fields(fields) => fields.get(name),
            _ => None,
        }
    }
}
