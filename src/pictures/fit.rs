//! A picture within a platform's limits.

use crate::pictures::decode::{self, Picture};
use crate::pictures::encode::{Encoding, encode};
use crate::pictures::resize;
use crate::profile::PictureLimit;

/// A picture that a platform takes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Fitted {
    /// The file.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub mime: &'static str,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
}

const QUALITIES: [u8; 4] = [86, 78, 70, 60];
const SMALLEST_SIDE: u32 = 64;

/// The picture within a platform's limits of bytes, pixels and side: first coded with more loss, then made smaller, as little as will do.
///
/// A drawing that can be seen through stays PNG where that fits; else it stands on white. Upright and without metadata, as on pages.
pub fn fit(bytes: &[u8], limits: &PictureLimit) -> Result<Fitted, String> {
    let picture = decode::decode(bytes)?;
    let mut side = most_side(&picture, limits);
    loop {
        let small = resize::copy_to_side(&picture, side)?;
        if small.drawn || small.transparent() {
            let made = encode(&small, Encoding::Png)?;
            if small_enough(&made, limits) {
                return Ok(fitted(&small, made, Encoding::Png));
            }
        }
        for quality in QUALITIES {
            let encoding = Encoding::Jpeg { quality };
            let made = encode(&small, encoding)?;
            if small_enough(&made, limits) {
                return Ok(fitted(&small, made, encoding));
            }
        }
        if side <= SMALLEST_SIDE {
            return Err(format!("it cannot be made small enough for {} bytes", limits.bytes));
        }
        side = (side / 4 * 3).max(SMALLEST_SIDE);
    }
}

/// The longest side that the limits of side and pixels leave.
fn most_side(picture: &Picture, limits: &PictureLimit) -> u32 {
    let (width, height) = (picture.image.width(), picture.image.height());
    let longer = width.max(height);
    let fits =
        |side: u32| u64::from(resize::scaled(width, side, longer)) * u64::from(resize::scaled(height, side, longer)) <= limits.pixels;
    let most = longer.min(limits.side).max(1);
    // The largest side that fits: pixels only grow with it.
    let (mut low, mut high) = (1, most);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if fits(middle) { low = middle } else { high = middle - 1 }
    }
    low
}

fn small_enough(made: &[u8], limits: &PictureLimit) -> bool {
    made.len() as u64 <= limits.bytes
}

fn fitted(picture: &Picture, bytes: Vec<u8>, encoding: Encoding) -> Fitted {
    Fitted { bytes, mime: encoding.mime(), width: picture.image.width(), height: picture.image.height() }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

    use super::fit;
    use crate::pictures::tests::{coded, photo, turned_and_placed};
    use crate::profile::PictureLimit;

    const ROOMY: PictureLimit = PictureLimit { bytes: 1_000_000, pixels: 1_000_000, side: 2_000, alt: 1_500 };

    /// A picture that hardly compresses.
    fn noise(width: u32, height: u32) -> DynamicImage {
        let mut seed = 7_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            u8::try_from(seed >> 24).unwrap()
        };
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, |_, _| Rgb([next(), next(), next()])))
    }

    #[test]
    fn every_limit_of_a_platform_is_kept() {
        let source = coded(&noise(600, 400), ImageFormat::Png);
        for (bytes, pixels, side) in [(40_000, 1_000_000, 2_000), (1_000_000, 5_000, 2_000), (1_000_000, 1_000_000, 100)] {
            let limits = PictureLimit { bytes, pixels, side, alt: 1_500 };
            let made = fit(&source, &limits).unwrap();
            assert!(made.bytes.len() as u64 <= bytes && made.width.max(made.height) <= side);
            assert!(u64::from(made.width) * u64::from(made.height) <= pixels);
            let read = image::load_from_memory(&made.bytes).unwrap();
            assert_eq!((read.width(), read.height()), (made.width, made.height));
        }
    }

    #[test]
    fn what_cannot_fit_is_said() {
        let limits = PictureLimit { bytes: 100, ..ROOMY };
        assert!(fit(&coded(&noise(300, 300), ImageFormat::Jpeg), &limits).unwrap_err().contains("100 bytes"));
    }

    #[test]
    fn a_posted_photograph_is_upright_and_tells_no_place() {
        let made = fit(&turned_and_placed(&photo(60, 40)), &ROOMY).unwrap();
        assert_eq!((made.width, made.height), (40, 60));
        assert!(!made.bytes.windows(4).any(|part| part == b"Exif"));
    }
}
