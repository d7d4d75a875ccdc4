//! Pictures: bytes in, bytes out.
//!
//! Staff put photographs as they come from a camera beside their pages: large, turned by a note in their metadata, and holding the place where
//! they were taken. What goes out is always a picture made anew: turned upright, sized down, and without any metadata but its colour profile.
//!
//! - [`measure`] what a file is and how large, without decoding it
//! - [`for_web`] a picture as pages show it; [`fit`] one within a platform's limits
//! - [`svg`] drawings, which are texts: measured and cleaned
//!
//! Errors are sentences about the picture, for whoever knows which file it was. A picture of more than [`MOST_PIXELS`] is refused before any
//! memory is asked for.

mod decode;
mod encode;
mod fit;
mod resize;
pub mod svg;

pub use decode::{MOST_PIXELS, Measures, measure};
pub use fit::{Fitted, fit};

use crate::pictures::encode::Encoding;

/// A picture as pages show it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct WebPicture {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub mime: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

/// The picture for a page: upright, its longer side at most `most_side` pixels, without metadata; PNG when the source is one or can be seen
/// through, else JPEG.
pub fn for_web(bytes: &[u8], most_side: u32) -> Result<WebPicture, String> {
    let picture = decode::decode(bytes)?;
    let picture = resize::to_side(picture, most_side.max(1))?;
    let encoding = if picture.drawn || picture.transparent() { Encoding::Png } else { Encoding::Jpeg { quality: 82 } };
    let (width, height) = (picture.image.width(), picture.image.height());
    Ok(WebPicture { bytes: encode::encode(&picture, encoding)?, mime: encoding.mime(), width, height })
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
    use std::io::Cursor;

    use super::{for_web, measure};
    use crate::source::PictureFormat;

    pub(super) fn photo(width: u32, height: u32) -> DynamicImage {
        let shade = |at: u32, of: u32| u8::try_from(at * 255 / of.max(1)).unwrap();
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |x, y| Rgb([shade(x, width), shade(y, height), 90])))
    }

    pub(super) fn coded(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Vec::new();
        image.write_to(&mut Cursor::new(&mut bytes), format).unwrap();
        bytes
    }

    /// A JPEG with EXIF that turns it a quarter and names a place (a GPS latitude of 40° 26′ 46″).
    pub(super) fn turned_and_placed(image: &DynamicImage) -> Vec<u8> {
        let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
        tiff.extend(*b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0"); // orientation: 6
        tiff.extend(*b"\x25\x88\x04\0\x01\0\0\0\x26\0\0\0\0\0\0\0"); // where the places stand
        tiff.extend(*b"\x02\0\x01\0\x02\0\x02\0\0\0N\0\0\0\x02\0\x05\0\x03\0\0\0\x44\0\0\0\0\0\0\0");
        for part in [40_u32, 1, 26, 1, 46, 1] {
            tiff.extend(part.to_le_bytes());
        }
        let mut segment = b"Exif\0\0".to_vec();
        segment.extend(tiff);
        let jpeg = coded(image, ImageFormat::Jpeg);
        let mut bytes = jpeg[..2].to_vec();
        bytes.extend([0xff, 0xe1]);
        bytes.extend(u16::try_from(segment.len() + 2).unwrap().to_be_bytes());
        bytes.extend(segment);
        bytes.extend(&jpeg[2..]);
        bytes
    }

    fn holds(bytes: &[u8], part: &[u8]) -> bool {
        bytes.windows(part.len()).any(|window| window == part)
    }

    #[test]
    fn a_photograph_is_turned_upright_and_tells_no_place() {
        let source = turned_and_placed(&photo(60, 40));
        assert!(holds(&source, b"Exif"), "the source has something to lose");
        let measures = measure("jpg", &source).unwrap();
        assert_eq!((measures.format, measures.width, measures.height), (PictureFormat::Jpeg, 40, 60));

        let made = for_web(&source, 1600).unwrap();
        assert_eq!((made.mime, made.width, made.height), ("image/jpeg", 40, 60));
        assert!(!holds(&made.bytes, b"Exif") && !holds(&made.bytes, &[40, 0, 0, 0, 1, 0, 0, 0]));
        // Red grew to the right and green downwards; a quarter turn to the right makes red grow downwards.
        let upright = image::load_from_memory(&made.bytes).unwrap().to_rgb8();
        assert!(upright.get_pixel(20, 55)[0] > 200 && upright.get_pixel(20, 5)[0] < 50);
    }

    #[test]
    fn a_large_picture_is_sized_down_and_keeps_its_shape() {
        let made = for_web(&coded(&photo(900, 600), ImageFormat::Jpeg), 300).unwrap();
        assert_eq!((made.width, made.height), (300, 200));
        let small = for_web(&coded(&photo(90, 60), ImageFormat::Jpeg), 300).unwrap();
        assert_eq!((small.width, small.height), (90, 60), "and a small one is not blown up");
    }

    #[test]
    fn what_can_be_seen_through_stays_so() {
        let glass = DynamicImage::ImageRgba8(RgbaImage::from_fn(400, 20, |x, _| Rgba([200, 10, 10, if x < 200 { 0 } else { 255 }])));
        let made = for_web(&coded(&glass, ImageFormat::WebP), 100).unwrap();
        assert_eq!(made.mime, "image/png");
        let read = image::load_from_memory(&made.bytes).unwrap().to_rgba8();
        assert_eq!((read.get_pixel(5, 2)[3], read.get_pixel(95, 2)[3]), (0, 255));
        // What cannot be seen must not bleed into what can: the edge keeps its red.
        assert!(read.get_pixel(52, 2)[0] > 180);
    }

    #[test]
    fn the_same_picture_gives_the_same_bytes() {
        let source = coded(&photo(300, 200), ImageFormat::Png);
        assert_eq!(for_web(&source, 128), for_web(&source, 128));
    }

    #[test]
    fn a_picture_that_is_none_and_a_picture_bomb_are_refused() {
        assert!(for_web(b"MZ not a picture", 100).unwrap_err().contains("no picture"));
        let mut bomb = coded(&photo(2, 2), ImageFormat::Png);
        bomb[16..20].copy_from_slice(&60_000_u32.to_be_bytes());
        bomb[20..24].copy_from_slice(&60_000_u32.to_be_bytes());
        let sum = crc(&bomb[12..29]);
        bomb[29..33].copy_from_slice(&sum.to_be_bytes());
        assert!(for_web(&bomb, 100).unwrap_err().contains("megapixels"), "{:?}", for_web(&bomb, 100));
        assert!(measure("png", &bomb).unwrap_err().contains("megapixels"));
    }

    /// The check sum of a PNG chunk.
    fn crc(bytes: &[u8]) -> u32 {
        !bytes.iter().fold(!0_u32, |sum, byte| {
            (0..8).fold(sum ^ u32::from(*byte), |sum, _| if sum & 1 == 1 { sum >> 1 ^ 0xedb8_8320 } else { sum >> 1 })
        })
    }
}
