//! Smaller, never larger.

use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer};
use image::DynamicImage;

use crate::pictures::decode::Picture;

/// The picture with its longer side at most `side` pixels.
pub(super) fn to_side(picture: Picture, side: u32) -> Result<Picture, String> {
    let (width, height) = (picture.image.width(), picture.image.height());
    let longer = width.max(height);
    if longer <= side {
        return Ok(picture);
    }
    to_size(picture, scaled(width, side, longer), scaled(height, side, longer))
}

/// `length × side / longer`, rounded, at least 1.
pub(super) fn scaled(length: u32, side: u32, longer: u32) -> u32 {
    let (length, side, longer) = (u64::from(length), u64::from(side), u64::from(longer.max(1)));
    u32::try_from((length * side + longer / 2) / longer).unwrap_or(u32::MAX).max(1)
}

/// Lanczos3; colours are weighted by how far they can be seen through, so that hidden ones do not bleed at edges.
fn to_size(picture: Picture, width: u32, height: u32) -> Result<Picture, String> {
    let mut small = DynamicImage::new(width, height, picture.image.color());
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::Lanczos3));
    Resizer::new().resize(&picture.image, &mut small, &options).map_err(|e| format!("it cannot be sized down ({e})"))?;
    Ok(Picture { image: small, ..picture })
}

/// A copy with its longer side at most `side` pixels, for trying several sizes.
pub(super) fn copy_to_side(picture: &Picture, side: u32) -> Result<Picture, String> {
    to_side(Picture { image: picture.image.clone(), drawn: picture.drawn, profile: picture.profile.clone() }, side)
}
