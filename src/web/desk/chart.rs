//! Bars, one a week, drawn as SVG that stands in the page: values on the bars, and a dashed bar of one height for what is
//! fewer than five. As wide as the card on the smallest phone, so that letters keep their size there.

use std::fmt::Write;

use crate::desk::HowMany;

const WIDTH: i64 = 280;
const HEIGHT: i64 = 170;
/// Where the bars stand, and how high the highest is.
const GROUND: i64 = 140;
const HIGHEST: i64 = 108;
/// Of a bar that is fewer than five: one for all.
const FEW: i64 = 34;

pub struct Bar {
    /// Below it.
    pub label: String,
    pub people: HowMany,
}

/// `title` and `finding` are said to who does not see it; `few` stands above a bar of fewer than five. All of it is ours.
pub fn svg(bars: &[Bar], (title, finding, few): (&str, &str, &str)) -> String {
    let number = |bar: &Bar| if let HowMany::Number(people) = bar.people { people } else { 0 };
    let most = bars.iter().map(number).max().unwrap_or(0).max(1);
    let step = WIDTH / i64::try_from(bars.len()).unwrap_or(1).max(1);
    let mut drawn = String::new();
    for (place, bar) in (0..).zip(bars) {
        let (height, class, said) = match bar.people {
            HowMany::FewerThanFive => (FEW, "few", few.to_owned()),
            HowMany::Number(people) => ((HIGHEST * people / most).max(FEW), "bar", people.to_string()),
        };
        let (left, top, middle) = (place * step + 5, GROUND - height, place * step + step / 2);
        // Writing into a String does not fail.
        let _ = write!(
            drawn,
            "<rect class=\"{class}\" x=\"{left}\" y=\"{top}\" width=\"{}\" height=\"{height}\" rx=\"4\"/>\
             <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>\
             <text x=\"{middle}\" y=\"{}\" text-anchor=\"middle\">{}</text>",
            step - 10,
            top - 8,
            escaped(&said),
            GROUND + 20,
            escaped(&bar.label),
        );
    }
    format!(
        "<svg class=\"chart\" role=\"img\" aria-labelledby=\"chart-title chart-what\" viewBox=\"0 0 {WIDTH} {HEIGHT}\" \
         width=\"{WIDTH}\" height=\"{HEIGHT}\"><title id=\"chart-title\">{}</title><desc id=\"chart-what\">{}</desc>{drawn}</svg>",
        escaped(title),
        escaped(finding),
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bars(people: &[i64]) -> Vec<Bar> {
        people.iter().map(|people| Bar { label: "9.3".to_owned(), people: HowMany::of(*people) }).collect()
    }

    #[test]
    fn a_bar_is_as_high_as_its_number_and_fewer_than_five_look_alike() {
        let drawn = |people: &[i64]| svg(&bars(people), ("Title", "What", "< 5"));
        let tall = drawn(&[20, 10]);
        assert!(tall.contains("height=\"108\"") && tall.contains("height=\"54\""), "{tall}");
        assert!(tall.contains(">20<") && tall.contains(">10<"));
        assert_eq!(drawn(&[20, 0]), drawn(&[20, 4]), "nothing tells them apart");
        assert!(drawn(&[20, 4]).contains("&lt; 5") && drawn(&[1, 2]).contains("class=\"few\""));
    }

    #[test]
    fn every_bar_stays_within_the_picture() {
        for many in 1..=12 {
            let drawn = svg(&bars(&vec![1_000_000; many]), ("Title", "What", "< 5"));
            let ends = drawn.split("<rect").skip(1).map(|rect| {
                let value = |name: &str| {
                    rect.split(&format!("{name}=\"")).nth(1).unwrap().split('"').next().unwrap().to_owned()
                };
                value(" x").parse::<i64>().unwrap() + value("width").parse::<i64>().unwrap()
            });
            assert!(ends.max().unwrap() <= WIDTH, "{many}");
        }
        assert!(svg(&[], ("Title", "What", "< 5")).ends_with("</svg>"));
    }
}
