//! Pixels → a file, without metadata but the colour profile.

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{DynamicImage, ImageEncoder, RgbImage};
use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use crate::pictures::decode::Picture;

/// How a picture is coded.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Encoding {
    /// With loss; what can be seen through stands on white.
    Jpeg {
        /// 1 to 100.
        quality: u8,
    },
    /// Without loss.
    Png,
}

impl Encoding {
    /// As `Content-Type` says it.
    pub(super) fn mime(self) -> &'static str {
        match self {
            Encoding::Jpeg { .. } => "image/jpeg",
            Encoding::Png => "image/png",
        }
    }
}

/// The file's bytes; the same pixels give the same bytes.
pub(super) fn encode(picture: &Picture, encoding: Encoding) -> Result<Vec<u8>, String> {
    match encoding {
        Encoding::Jpeg { quality } => jpeg(picture, quality),
        Encoding::Png => png(picture),
    }
}

fn jpeg(picture: &Picture, quality: u8) -> Result<Vec<u8>, String> {
    let why = |e: jpeg_encoder::EncodingError| format!("it cannot be written as JPEG ({e})");
    let flat = on_white(&picture.image);
    let side = |length: u32| u16::try_from(length).map_err(|_| "it is too long for JPEG".to_owned());
    let (width, height) = (side(flat.width())?, side(flat.height())?);
    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, quality);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    // Progressive, so that a slow line shows something early; and baseline scans with optimised tables are one a colour, which the
    // decoder that we use ourselves reads wrongly at this sampling.
    encoder.set_progressive(true);
    encoder.set_optimized_huffman_tables(true);
    if let Some(profile) = &picture.profile {
        encoder.add_icc_profile(profile).map_err(why)?;
    }
    encoder.encode(&flat, width, height, ColorType::Rgb).map_err(why)?;
    Ok(bytes)
}

fn png(picture: &Picture) -> Result<Vec<u8>, String> {
    let why = |e: image::ImageError| format!("it cannot be written as PNG ({e})");
    let mut bytes = Vec::new();
    let mut encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, FilterType::Adaptive);
    if let Some(profile) = &picture.profile {
        encoder.set_icc_profile(profile.clone()).map_err(|_| "its colour profile cannot be kept".to_owned())?;
    }
    let image = &picture.image;
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into()).map_err(why)?;
    Ok(bytes)
}

/// As it looks on white paper.
fn on_white(image: &DynamicImage) -> RgbImage {
    let DynamicImage::ImageRgba8(pixels) = image else { return image.to_rgb8() };
    let mix = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u32::from(colour), u32::from(alpha));
        u8::try_from((colour * alpha + 255 * (255 - alpha) + 127) / 255).unwrap_or(u8::MAX)
    };
    RgbImage::from_fn(pixels.width(), pixels.height(), |x, y| {
        let [red, green, blue, alpha] = pixels.get_pixel(x, y).0;
        image::Rgb([mix(red, alpha), mix(green, alpha), mix(blue, alpha)])
    })
}
