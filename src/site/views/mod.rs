//! What each template sees.
//!
//! A template is handed one of these values by the names of its fields: `event.html` sees [`event::EventPage`], and so on. Besides, every
//! template sees `site`, the [`Frame`](super::frame::Frame) that all pages share, and `page`, the [`Page`] it is.
//! Words, dates and times are finished; a field that may be missing is there and empty (`null`). Links already bear the base path. HTML
//! that Handbill made of Markdown stands in fields named `body`: print them with `| safe`, and nothing else. The template of a shortcode sees
//! the fields of its own view in [`shortcodes`], and `site`.

pub mod agenda;
pub mod branch;
pub mod calendar;
pub mod event;
pub mod home;
pub mod news;
pub mod not_found;
pub mod page;
pub mod parts;
pub mod program;
pub mod redirect;
pub mod shortcodes;

use serde::Serialize;

pub use parts::Page;

macro_rules! views {
    ($($name:ident($view:ty) = $template:literal;)*) => {
        /// A page before it is cooked: one view, and the template that belongs to it.
        #[derive(Serialize, Debug)]
        #[serde(untagged)]
        pub enum View {
            $(#[doc = concat!("`", $template, "`")] $name(Box<$view>),)*
        }

        impl View {
            /// The template it is cooked with.
            pub fn template(&self) -> &'static str {
                match self { $(View::$name(_) => $template,)* }
            }

            /// What every page has.
            pub fn page(&self) -> &Page {
                match self { $(View::$name(view) => &view.page,)* }
            }
        }

        $(impl From<$view> for View {
            fn from(view: $view) -> View {
                View::$name(Box::new(view))
            }
        })*
    };
}

views! {
    Agenda(agenda::Agenda) = "agenda.html";
    Audience(agenda::AudiencePage) = "audience.html";
    Branch(branch::BranchPage) = "branch.html";
    Branches(branch::Branches) = "branches.html";
    Calendar(calendar::MonthTable) = "calendar.html";
    Event(event::EventPage) = "event.html";
    Home(home::Home) = "home.html";
    Month(agenda::Month) = "month.html";
    News(news::NewsPage) = "news.html";
    NewsList(news::NewsList) = "news-list.html";
    NotFound(not_found::NotFound) = "404.html";
    Page(page::PlainPage) = "page.html";
    Program(program::ProgramPage) = "program.html";
    Programs(program::Programs) = "programs.html";
    Redirect(redirect::Redirect) = "redirect.html";
}
