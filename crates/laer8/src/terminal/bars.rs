//! Bars of blocks.

/// A full block.
const FULL: char = '█';
/// Something, but less than half a block.
const TRACE: char = '▏';

/// How many of `width` columns `part` of `whole` takes.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "columns of a screen, checked to be between 0 and the width"
)]
pub(crate) fn columns(part: f64, whole: f64, width: usize) -> usize {
    if whole <= 0.0 || !part.is_finite() {
        return 0;
    }
    (part / whole * width as f64).round().clamp(0.0, width as f64) as usize
}

/// A bar from the left; a trace for what is too little to see.
pub(crate) fn bar(part: f64, whole: f64, width: usize) -> String {
    let columns = columns(part, whole, width);
    if columns == 0 && part > 0.0 { TRACE.to_string() } else { repeat(FULL, columns) }
}

/// A bar that goes left or right from a middle line, `2 × half + 1` columns.
pub(crate) fn diverging(value: f64, most: f64, half: usize) -> String {
    let columns = columns(value.abs(), most, half);
    let is_trace = columns == 0 && value.abs() > 0.05;
    if value < 0.0 {
        let bar = if is_trace { "▕".to_owned() } else { repeat(FULL, columns) };
        return format!("{bar:>half$}│");
    }
    let bar = if is_trace { TRACE.to_string() } else { repeat(FULL, columns) };
    format!("{:half$}│{bar}", "")
}

/// A bar from one value to another on a scale that begins with `low`: a step of
/// a waterfall.
pub(crate) fn step(from: f64, to: f64, low: f64, high: f64, width: usize) -> String {
    let place = |value: f64| columns(value - low, high - low, width);
    let (start, end) = (place(from.min(to)), place(from.max(to)));
    let bar = if start == end && (from - to).abs() > f64::EPSILON {
        TRACE.to_string()
    } else {
        repeat(FULL, end - start)
    };
    if bar.is_empty() {
        return bar;
    }
    // What is at the very edge must still be inside.
    let start = start.min(width.saturating_sub(1));
    format!("{}{bar}", " ".repeat(start))
}

/// Values as a line of small columns; a gap where there is none.
pub(crate) fn sparkline(values: &[Option<f64>], low: f64, high: f64) -> String {
    const LEVELS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let level = |value: f64| LEVELS[columns(value - low, high - low, LEVELS.len() - 1)];
    values.iter().map(|value| value.map_or(' ', level)).collect()
}

/// Shares of a whole as one bar, each with its own letter; nothing that is there
/// gets no column at all.
pub(crate) fn shares(parts: &[(f64, char)], width: usize) -> Vec<(String, usize)> {
    let whole: f64 = parts.iter().map(|(part, _)| part).sum();
    let least = |part: f64| usize::from(part > 0.0);
    let mut sizes: Vec<usize> =
        parts.iter().map(|(part, _)| columns(*part, whole, width).max(least(*part))).collect();
    // Rounding may give or take a column: the widest bears it.
    let total: usize = sizes.iter().sum();
    if let Some(widest) = sizes.iter_mut().max().filter(|_| total > 0) {
        *widest = (*widest + width).saturating_sub(total);
    }
    parts.iter().zip(sizes).map(|((_, mark), size)| (repeat(*mark, size), size)).collect()
}

fn repeat(mark: char, count: usize) -> String {
    std::iter::repeat_n(mark, count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bar_shows_the_share_and_a_trace_of_little() {
        assert_eq!(bar(5.0, 10.0, 8), "████");
        assert_eq!(bar(0.01, 10.0, 8), "▏");
        assert_eq!(bar(0.0, 10.0, 8), "");
        assert_eq!(bar(1.0, 0.0, 8), "▏");
    }

    #[test]
    fn a_loss_goes_left_and_a_gain_right() {
        assert_eq!(diverging(-5.0, 10.0, 4), "  ██│");
        assert_eq!(diverging(10.0, 10.0, 4), "    │████");
        assert_eq!(diverging(0.0, 10.0, 4), "    │");
    }

    #[test]
    fn a_step_begins_where_the_last_one_ended() {
        assert_eq!(step(0.0, 5.0, 0.0, 10.0, 10), "█████");
        assert_eq!(step(5.0, 8.0, 0.0, 10.0, 10), "     ███");
        assert_eq!(step(8.0, 7.0, 0.0, 10.0, 10), "       █");
        assert_eq!(step(10.0, 9.99, 0.0, 10.0, 10), "         ▏");
        assert_eq!(step(8.0, 8.0, 0.0, 10.0, 10), "");
    }

    #[test]
    fn shares_fill_the_bar_exactly() {
        let bars = shares(&[(1.0, 'a'), (1.0, 'b'), (1.0, 'c'), (0.001, 'd')], 10);
        assert_eq!(bars.iter().map(|(_, size)| size).sum::<usize>(), 10);
        assert_eq!(bars[3].0, "d");
    }

    #[test]
    fn a_sparkline_rises_with_its_values() {
        assert_eq!(sparkline(&[Some(0.0), None, Some(50.0), Some(100.0)], 0.0, 100.0), "▁ ▅█");
    }
}
