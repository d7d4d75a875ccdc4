//! What an SVG may hold: names of elements and attributes of SVG 1.1 and 2 that only draw.

/// Elements that draw, group, fill and clip. Not among them: `script`, `foreignObject`, `image` (it would carry another picture's metadata),
/// `a`, and all that animates (an animation can set a link).
const ELEMENTS: &[&str] = &[
    "circle", "clipPath", "defs", "desc", "ellipse", "feBlend", "feColorMatrix", "feComponentTransfer", "feComposite", "feDropShadow",
    "feFlood", "feFuncA", "feFuncB", "feFuncG", "feFuncR", "feGaussianBlur", "feMerge", "feMergeNode", "feMorphology", "feOffset", "feTile",
    "feTurbulence", "filter", "g", "line", "linearGradient", "marker", "mask", "path", "pattern", "polygon", "polyline", "radialGradient",
    "rect", "stop", "style", "svg", "switch", "symbol", "text", "textPath", "title", "tspan", "use",
];

/// Attributes that say where, how large and in what colour.
const ATTRIBUTES: &[&str] = &[
    "alignment-baseline", "aria-describedby", "aria-hidden", "aria-label", "aria-labelledby", "baseFrequency", "baseline-shift", "class",
    "clip-path", "clip-rule", "clipPathUnits", "color", "color-interpolation", "color-interpolation-filters", "cx", "cy", "d", "direction",
    "display", "dominant-baseline", "dx", "dy", "edgeMode", "fill", "fill-opacity", "fill-rule", "filter", "filterUnits", "flood-color",
    "flood-opacity", "font-family", "font-size", "font-style", "font-variant", "font-weight", "fr", "fx", "fy", "gradientTransform",
    "gradientUnits", "height", "id", "in", "in2", "intercept", "k1", "k2", "k3", "k4", "lang", "lengthAdjust", "letter-spacing",
    "marker-end", "marker-mid", "marker-start", "markerHeight", "markerUnits", "markerWidth", "mask", "maskContentUnits", "maskUnits",
    "mode", "numOctaves", "offset", "opacity", "operator", "orient", "overflow", "paint-order", "patternContentUnits", "patternTransform",
    "patternUnits", "points", "preserveAspectRatio", "primitiveUnits", "r", "radius", "refX", "refY", "result", "role", "rotate", "rx",
    "ry", "seed", "shape-rendering", "slope", "spreadMethod", "startOffset", "stdDeviation", "stitchTiles", "stop-color", "stop-opacity",
    "stroke", "stroke-dasharray", "stroke-dashoffset", "stroke-linecap", "stroke-linejoin", "stroke-miterlimit", "stroke-opacity",
    "stroke-width", "style", "tableValues", "text-anchor", "text-decoration", "text-rendering", "textLength", "transform",
    "transform-origin", "type", "unicode-bidi", "values", "vector-effect", "version", "viewBox", "visibility", "width", "word-spacing",
    "writing-mode", "x", "x1", "x2", "xml:lang", "xml:space", "y", "y1", "y2",
];

/// May an element of this name stay?
pub(super) fn element(name: &str) -> bool {
    ELEMENTS.contains(&name)
}

/// May this attribute stay, with this value (its entities resolved)?
pub(super) fn attribute(name: &str, value: &str) -> bool {
    match name {
        "href" | "xlink:href" => value.trim().strip_prefix('#').is_some_and(|rest| !rest.is_empty()),
        _ => ATTRIBUTES.contains(&name) && style(value),
    }
}

/// May this text stand in a style, or in an attribute that is read as one? It asks nothing of another file.
///
/// A backslash could spell a word that is looked for here, so none may stand there (CSS Syntax 3 §4.3.7).
pub(super) fn style(text: &str) -> bool {
    let mut small = text.to_ascii_lowercase();
    small.retain(|c| !c.is_whitespace() && c != '"' && c != '\'');
    let near = small.split("url(").skip(1).all(|rest| rest.starts_with('#'));
    let far = ["@import", "javascript:", "expression(", "image(", "image-set(", "src(", "-moz-binding", "behavior:", "/*", "\\", "<"];
    near && !far.iter().any(|word| small.contains(word))
}
