//! A square to scan, as SVG that stands in the page: no style, no script, nothing to load. Black on white in either
//! colour scheme, because readers want it so. Pages that show a link or a secret to be carried to a phone call it.

use std::fmt::Write;

use qrcode::{Color, QrCode};

use super::errors::Error;

/// ISO/IEC 18004 wants four modules of white around the code.
const QUIET: usize = 4;

/// `label` is what is said of it to who does not see it.
pub fn svg(text: &str, label: &str) -> Result<String, Error> {
    let code = QrCode::new(text).map_err(|_| Error::Bug("too long for a code to scan"))?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in code.to_colors().chunks(width).enumerate() {
        for (x, run) in runs(row) {
            // Writing into a String does not fail.
            let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
        }
    }
    let label = label.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;");
    Ok(format!(
        "<svg role=\"img\" aria-label=\"{label}\" viewBox=\"0 0 {side} {side}\" width=\"240\" height=\"240\" \
         shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

/// Where dark modules begin and how many follow each other.
fn runs(row: &[Color]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (x, color) in row.iter().enumerate() {
        match runs.last_mut() {
            _ if *color == Color::Light => {}
            Some((start, length)) if *start + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_modules_side_by_side_are_one_run() {
        use Color::{Dark as D, Light as L};
        assert_eq!(runs(&[D, D, L, D, L, L, D, D, D]), [(0, 2), (3, 1), (6, 3)]);
        assert_eq!(runs(&[L, L]), []);
    }

    #[test]
    fn the_picture_covers_each_dark_module_and_nothing_else() {
        let svg = svg("https://hello.example/raise/abc", "a \"link\"").unwrap();
        let code = QrCode::new("https://hello.example/raise/abc").unwrap();
        let dark = code.to_colors().iter().filter(|color| **color == Color::Dark).count();
        let path = svg.rsplit("d=\"").next().unwrap();
        let drawn: usize =
            path.split('h').skip(1).filter_map(|part| part.split('v').next()?.parse::<usize>().ok()).sum();
        assert_eq!(drawn, dark);
        assert!(svg.contains("aria-label=\"a &quot;link&quot;\"") && !svg.contains("style"));
    }
}
