//! Pictures, drawn as SVG on the server: they are there without a script, in
//! print, and in both themes, as their colours are classes of the style sheet.

mod bars;
mod curve;
mod lines;
mod matrix;
mod ring;
mod waterfall;

pub(crate) use bars::{Bar, Span, contribution, share, total};
pub(crate) use curve::curve;
pub(crate) use lines::{Line, Place, lines, sparkline};
pub(crate) use matrix::{Corner, Point, matrix};
pub(crate) use ring::{Arc, Onward, Ring, mark, ring};
pub(crate) use waterfall::{Step, waterfall};

/// What makes a picture's links lead somewhere in place, as those of pages do:
/// htmx does not take them for links by itself. For the `svg`.
const IN_PLACE: &str = r#"hx-target:inherited="body" hx-push-url:inherited="true""#;

/// Where an `a` of a picture leads.
fn leads(address: &str) -> String {
    let address = escaped(address);
    format!(r#"href="{address}" hx-get="{address}""#)
}

/// A text as SVG may hold it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

/// A round number at or above `most` for the end of an axis, and the step
/// between its marks: four or five of them.
fn axis(most: f64) -> (f64, f64) {
    if !most.is_finite() || most <= 0.0 {
        return (1.0, 0.25);
    }
    let rough = most / 4.0;
    let power = 10_f64.powf(rough.log10().floor());
    let step =
        [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|it| it * power).find(|step| *step >= rough * 0.999);
    let step = step.unwrap_or(10.0 * power);
    ((most / step).ceil() * step, step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_customer_is_called_stays_text() {
        assert_eq!(escaped("<b> \"A&B\" 'c'"), "&lt;b&gt; &quot;A&amp;B&quot; &#39;c&#39;");
    }

    #[test]
    fn an_axis_ends_above_the_largest_value_in_round_steps() {
        for (most, end, step) in
            [(100.0, 100.0, 25.0), (97.0, 100.0, 25.0), (1_320.0, 1_500.0, 500.0), (0.0, 1.0, 0.25)]
        {
            let (found_end, found_step) = axis(most);
            assert!(
                (found_end - end).abs() < 1e-9 && (found_step - step).abs() < 1e-9,
                "{most}: {found_end} {found_step}"
            );
        }
    }
}
