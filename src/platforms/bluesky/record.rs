//! A post as a record: made from the frozen post alone, so that every try sends the same bytes.
//!
//! lexicons/app/bsky/feed/post.json, lexicons/app/bsky/richtext/facet.json, lexicons/app/bsky/embed/

use serde_json::{Value as Json, json};

use crate::calendar::{DateTime, Utc, instant};
use crate::delivery::{Frozen, FrozenPicture, LinkCard, Mark, MarkKind};

/// The journal's word for the uploaded picture.
pub(super) const PICTURE: &str = "picture";

/// The journal's word for the uploaded thumbnail of the card.
pub(super) const THUMBNAIL: &str = "thumbnail";

/// The whole record; `first_tried` stands in for a `createdAt` that was not fixed.
pub(super) fn post(frozen: &Frozen, first_tried: DateTime<Utc>, embed: Option<Json>) -> Json {
    let fixed = frozen.fixed.get("createdAt").and_then(Json::as_str);
    let mut record = json!({
        "$type": "app.bsky.feed.post",
        "text": frozen.post.text,
        "createdAt": fixed.map_or_else(|| instant::rfc3339(first_tried), str::to_owned),
        "langs": [frozen.post.language],
    });
    let facets: Vec<Json> = frozen.post.marks.iter().filter_map(|mark| facet(&frozen.post.text, mark)).collect();
    if !facets.is_empty() {
        record["facets"] = Json::Array(facets);
    }
    if let Some(embed) = embed {
        record["embed"] = embed;
    }
    record
}

/// A marked part, by bytes of UTF-8, end exclusive; none when it does not lie in the text.
fn facet(text: &str, mark: &Mark) -> Option<Json> {
    text.get(mark.range.clone()).filter(|part| !part.is_empty())?;
    let feature = match &mark.kind {
        MarkKind::Link(url) => json!({ "$type": "app.bsky.richtext.facet#link", "uri": url }),
        MarkKind::Tag(tag) => json!({ "$type": "app.bsky.richtext.facet#tag", "tag": tag }),
    };
    Some(json!({ "index": { "byteStart": mark.range.start, "byteEnd": mark.range.end }, "features": [feature] }))
}

/// A picture with its alt text and shape.
pub(super) fn images(picture: &FrozenPicture, blob: &Json) -> Json {
    json!({
        "$type": "app.bsky.embed.images",
        "images": [{
            "image": blob,
            "alt": picture.alt,
            "aspectRatio": { "width": picture.width.max(1), "height": picture.height.max(1) },
        }],
    })
}

/// A link's card.
pub(super) fn card(card: &LinkCard, thumbnail: Option<&Json>) -> Json {
    let mut external = json!({ "uri": card.url, "title": card.title, "description": card.description });
    if let Some(thumbnail) = thumbnail {
        external["thumb"] = thumbnail.clone();
    }
    json!({ "$type": "app.bsky.embed.external", "external": external })
}

/// The words of a record.
pub(super) fn text(record: &Json) -> &str {
    record.get("text").and_then(Json::as_str).unwrap_or_default()
}

/// When a record says it was made.
pub(super) fn created_at(record: &Json) -> Option<DateTime<Utc>> {
    instant::parse_rfc3339(record.get("createdAt")?.as_str()?)
}

/// The addresses that a record links to, its card's last.
pub(super) fn links(record: &Json) -> Vec<String> {
    let facets = record.get("facets").and_then(Json::as_array).into_iter().flatten();
    let features = facets.filter_map(|facet| facet.get("features")?.as_array()).flatten();
    let uris = features.filter_map(|feature| feature.get("uri"));
    let card = record.pointer("/embed/external/uri");
    uris.chain(card).filter_map(Json::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::calendar::instant::parse_rfc3339;
    use crate::delivery::Post;

    fn frozen(text: &str, marks: Vec<Mark>) -> Frozen {
        let post = Post { text: text.into(), marks, language: "en".into(), link: None, card: None, picture: None };
        Frozen { post, picture: None, thumbnail: None, fixed: json!({ "createdAt": "2026-12-01T14:30:00.000Z" }) }
    }

    #[test]
    fn links_and_tags_are_marked_by_bytes_whatever_stands_before_them() {
        let text = "Café ☕ library.example.org #StoryTime";
        let at = |part: &str| text.find(part).map(|start| start..start + part.len()).unwrap();
        let link = Mark { range: at("library.example.org"), kind: MarkKind::Link("https://library.example.org/".into()) };
        let tag = Mark { range: at("#StoryTime"), kind: MarkKind::Tag("StoryTime".into()) };
        let astray = Mark { range: 4..400, kind: MarkKind::Tag("x".into()) };
        let inside_a_letter = Mark { range: 4..6, kind: MarkKind::Tag("x".into()) };
        let record = post(&frozen(text, vec![link, tag, astray, inside_a_letter]), parse_rfc3339("2026-12-01T15:00:00Z").unwrap(), None);
        insta::assert_snapshot!(record, @r##"{"$type":"app.bsky.feed.post","createdAt":"2026-12-01T14:30:00.000Z","facets":[{"features":[{"$type":"app.bsky.richtext.facet#link","uri":"https://library.example.org/"}],"index":{"byteEnd":29,"byteStart":10}},{"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"StoryTime"}],"index":{"byteEnd":40,"byteStart":30}}],"langs":["en"],"text":"Café ☕ library.example.org #StoryTime"}"##);
        assert_eq!(links(&record), ["https://library.example.org/"]);
    }

    #[test]
    fn a_record_does_not_depend_on_when_it_is_made_again() {
        let frozen = frozen("Story time", Vec::new());
        let at = |text| parse_rfc3339(text).unwrap();
        assert_eq!(post(&frozen, at("2026-12-01T14:30:00Z"), None), post(&frozen, at("2026-12-02T09:00:00Z"), None));
    }

    #[test]
    fn a_picture_goes_with_its_alt_text_and_shape() {
        let bytes: Arc<[u8]> = Arc::from([1_u8, 2].as_slice());
        let picture = FrozenPicture { hash: "h".into(), mime: "image/jpeg".into(), width: 1200, height: 630, alt: "A rug".into(), bytes };
        let embed = images(&picture, &json!({ "$type": "blob" }));
        assert_eq!(embed.pointer("/images/0/alt"), Some(&json!("A rug")));
        assert_eq!(embed.pointer("/images/0/aspectRatio"), Some(&json!({ "width": 1200, "height": 630 })));
    }
}
