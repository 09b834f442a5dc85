//! A screen as an image, painted triangle by triangle without a graphics card: the same on every machine.

use egui::epaint::{ClippedPrimitive, ImageDelta, Primitive, Vertex};
use egui::{Color32, Context, FullOutput, Rect, TextureId, TexturesDelta, pos2};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};
use std::collections::HashMap;

/// Textures as they were told, and the paint.
#[derive(Debug, Default)]
pub(crate) struct Painter {
    textures: HashMap<TextureId, Texture>,
}

#[derive(Debug)]
struct Texture {
    size: [usize; 2],
    pixels: Vec<Color32>,
}

impl TestRenderer for Painter {
    #[allow(clippy::iter_over_hash_type, reason = "each texture is changed by itself")]
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in std::mem::take(&mut delta.set) {
            changes.iter().for_each(|change| self.set(id, change));
        }
        for id in std::mem::take(&mut delta.free) {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = output.pixels_per_point;
        let size = ctx.content_rect().size() * scale;
        #[allow(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a window's size"
        )]
        let mut image = RgbaImage::from_pixel(size.x as u32, size.y as u32, Rgba([0, 0, 0, 255]));
        for ClippedPrimitive { clip_rect, primitive } in
            ctx.tessellate(output.shapes.clone(), scale)
        {
            let Primitive::Mesh(mesh) = primitive else { return Err("a callback".into()) };
            let texture = self.textures.get(&mesh.texture_id).ok_or("no such texture")?;
            let clip = (clip_rect * scale).round();
            for corners in mesh.indices.chunks_exact(3) {
                let corners = [0, 1, 2].map(|at| mesh.vertices[corners[at] as usize]);
                triangle(&mut image, texture, clip, scale, corners);
            }
        }
        Ok(image)
    }
}

impl Painter {
    fn set(&mut self, id: TextureId, change: &ImageDelta) {
        let egui::ImageData::Color(new) = &change.image;
        let Some([left, top]) = change.pos else {
            let texture = Texture { size: new.size, pixels: new.pixels.clone() };
            self.textures.insert(id, texture);
            return;
        };
        let Some(texture) = self.textures.get_mut(&id) else { return };
        for (row, pixels) in new.pixels.chunks_exact(new.size[0]).enumerate() {
            let begin = (top + row) * texture.size[0] + left;
            texture.pixels[begin..begin + pixels.len()].copy_from_slice(pixels);
        }
    }
}

/// Every pixel whose middle is inside; a pixel on an edge that two triangles share is painted once.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "pixels of a small image"
)]
fn triangle(
    image: &mut RgbaImage,
    texture: &Texture,
    clip: Rect,
    scale: f32,
    mut corners: [Vertex; 3],
) {
    let at = |corner: &Vertex| corner.pos * scale;
    let area = |a: egui::Pos2, b: egui::Pos2, c: egui::Pos2| {
        (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
    };
    if area(at(&corners[0]), at(&corners[1]), at(&corners[2])) < 0.0 {
        corners.swap(1, 2);
    }
    let [a, b, c] = [at(&corners[0]), at(&corners[1]), at(&corners[2])];
    let whole = area(a, b, c);
    let limits = Rect::from_points(&[a, b, c]).intersect(clip);
    let all = Rect::from_min_max(pos2(0.0, 0.0), pos2(image.width() as f32, image.height() as f32));
    let limits = limits.intersect(all);
    if whole <= 0.0 || !limits.is_positive() {
        return;
    }
    for y in limits.top().floor() as u32..limits.bottom().ceil() as u32 {
        for x in limits.left().floor() as u32..limits.right().ceil() as u32 {
            let middle = pos2(x as f32 + 0.5, y as f32 + 0.5);
            let edges = [(b, c), (c, a), (a, b)];
            let parts = edges.map(|(from, to)| area(from, to, middle));
            let is_inside = edges.iter().zip(parts).all(|((from, to), part)| {
                // The left and the upper edge belong to the triangle.
                let belongs = to.y < from.y || (to.y - from.y == 0.0 && to.x > from.x);
                part > 0.0 || (part == 0.0 && belongs)
            });
            if is_inside && clip.contains(middle) && x < image.width() && y < image.height() {
                let colour = shade(texture, &corners, parts.map(|part| part / whole));
                blend(image.get_pixel_mut(x, y), colour);
            }
        }
    }
}

/// Premultiplied red, green, blue and alpha, each up to 1.
fn shade(texture: &Texture, corners: &[Vertex; 3], parts: [f32; 3]) -> [f32; 4] {
    let mut uv = egui::Vec2::ZERO;
    let mut colour = [0.0; 4];
    for (corner, part) in corners.iter().zip(parts) {
        uv += corner.uv.to_vec2() * part;
        for (sum, value) in colour.iter_mut().zip(corner.color.to_array()) {
            *sum += f32::from(value) / 255.0 * part;
        }
    }
    let texel = sample(texture, uv);
    [0, 1, 2, 3].map(|at| colour[at] * texel[at])
}

/// The four nearest texels, mixed.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "texels of a small texture"
)]
fn sample(texture: &Texture, uv: egui::Vec2) -> [f32; 4] {
    let [width, height] = texture.size;
    let (x, y) = (uv.x * width as f32 - 0.5, uv.y * height as f32 - 0.5);
    let (left, top) = (x.floor(), y.floor());
    let (right_part, lower_part) = (x - left, y - top);
    let mut mixed = [0.0; 4];
    for (dx, dy) in [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)] {
        let column = (left + dx).clamp(0.0, width as f32 - 1.0) as usize;
        let row = (top + dy).clamp(0.0, height as f32 - 1.0) as usize;
        let across = if dx > 0.0 { right_part } else { 1.0 - right_part };
        let down = if dy > 0.0 { lower_part } else { 1.0 - lower_part };
        let texel = texture.pixels[row * width + column].to_array();
        for (sum, value) in mixed.iter_mut().zip(texel) {
            *sum += f32::from(value) / 255.0 * across * down;
        }
    }
    mixed
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 255")]
fn blend(pixel: &mut Rgba<u8>, over: [f32; 4]) {
    for at in 0..3 {
        let under = f32::from(pixel.0[at]) / 255.0;
        let mixed = over[at] + under * (1.0 - over[3]);
        pixel.0[at] = (mixed * 255.0).round().clamp(0.0, 255.0) as u8;
    }
}
