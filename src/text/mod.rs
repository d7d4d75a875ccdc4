//! Words, not dates: slugs, counting as platforms count, links and tags in a text, shortening, escaping.

pub mod capital;
pub mod count;
pub mod escape;
pub mod shorten;
pub mod slug;
pub mod spots;

pub use capital::{capital, lower_first};
pub use count::{code_points, graphemes};
pub use escape::escape;
pub use shorten::shorten;
pub use slug::{Slug, is_windows_device, slugify};
pub use spots::{Spot, SpotKind, camel_case, spots};
