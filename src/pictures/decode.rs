//! What a picture is, and its pixels.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use crate::pictures::svg;
use crate::source::PictureFormat;

/// The most pixels a picture may have: 100 megapixels, more than any camera that a library owns.
pub const MOST_PIXELS: u64 = 100_000_000;
const MOST_SIDE: u32 = 60_000;
const MOST_MEMORY: u64 = 512 << 20;

/// What a picture is and how large.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Measures {
    /// How it is coded, whatever its name ends with.
    pub format: PictureFormat,
    /// Pixels, upright.
    pub width: u32,
    /// Pixels, upright.
    pub height: u32,
}

/// Pixels, upright, and what of the source still matters.
pub(super) struct Picture {
    pub(super) image: DynamicImage,
    /// The source was coded without loss (PNG, GIF): a drawing, which JPEG would smear.
    pub(super) drawn: bool,
    /// A colour profile for RGB, without which wide colours look dull.
    pub(super) profile: Option<Vec<u8>>,
}

impl Picture {
    /// Can one see through it anywhere?
    pub(super) fn transparent(&self) -> bool {
        match &self.image {
            DynamicImage::ImageRgba8(pixels) => pixels.pixels().any(|pixel| pixel[3] < 255),
            _ => false,
        }
    }
}

/// Finds out what a picture is without decoding it; `ending` is that of its name, in lower case, without the dot.
///
/// A picture whose name says another raster format than its bytes is taken by its bytes.
pub fn measure(ending: &str, bytes: &[u8]) -> Result<Measures, String> {
    if ending == "svg" {
        let text = std::str::from_utf8(bytes).map_err(|e| format!("it is not UTF-8 text at byte {}", e.valid_up_to()))?;
        let (width, height) = svg::size(text)?;
        return Ok(Measures { format: PictureFormat::Svg, width, height });
    }
    let (format, mut decoder) = open(bytes)?;
    let (width, height) = decoder.dimensions();
    let sideways = matches!(
        decoder.orientation().unwrap_or(Orientation::NoTransforms),
        Orientation::Rotate90 | Orientation::Rotate270 | Orientation::Rotate90FlipH | Orientation::Rotate270FlipH
    );
    let (width, height) = if sideways { (height, width) } else { (width, height) };
    Ok(Measures { format, width, height })
}

/// The pixels as 8-bit RGB or RGBA, turned upright.
pub(super) fn decode(bytes: &[u8]) -> Result<Picture, String> {
    let (format, mut decoder) = open(bytes)?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().ok().flatten().filter(|profile| for_rgb(profile));
    let image = DynamicImage::from_decoder(decoder).map_err(|e| format!("it breaks off or is damaged ({e})"))?;
    let mut image =
        if image.color().has_alpha() { DynamicImage::ImageRgba8(image.into_rgba8()) } else { DynamicImage::ImageRgb8(image.into_rgb8()) };
    image.apply_orientation(orientation);
    Ok(Picture { image, drawn: matches!(format, PictureFormat::Png | PictureFormat::Gif), profile })
}

/// Opens a raster picture and refuses one that is too large, before its pixels get memory.
fn open(bytes: &[u8]) -> Result<(PictureFormat, impl ImageDecoder + '_), String> {
    let none = || "it is no picture that can be read (JPEG, PNG, WebP or GIF)".to_owned();
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| none())?;
    let format = match reader.format().ok_or_else(none)? {
        ImageFormat::Jpeg => PictureFormat::Jpeg,
        ImageFormat::Png => PictureFormat::Png,
        ImageFormat::WebP => PictureFormat::WebP,
        ImageFormat::Gif => PictureFormat::Gif,
        _ => return Err(none()),
    };
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    // Sides are looked at below, in our own words.
    (limits.max_image_width, limits.max_image_height) = (None, None);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|e| format!("it is damaged ({e})"))?;
    let (width, height) = decoder.dimensions();
    let pixels = u64::from(width) * u64::from(height);
    if pixels > MOST_PIXELS || width > MOST_SIDE || height > MOST_SIDE {
        return Err(format!("it has {width} × {height} pixels, and at most {} megapixels are read", MOST_PIXELS / 1_000_000));
    }
    if pixels == 0 {
        return Err("it has no pixels".to_owned());
    }
    Ok((format, decoder))
}

/// Is this a colour profile of RGB, and small enough to be one? (ICC.1:2022 §7.2.6: bytes 16 to 19 name the colours.)
fn for_rgb(profile: &[u8]) -> bool {
    profile.get(16..20) == Some(b"RGB ") && profile.len() <= 16 << 10
}
