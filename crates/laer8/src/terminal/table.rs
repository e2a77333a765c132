//! Tables without lines: a quiet head, numbers at the right, one row to a line.

use super::{page::fit, tone::Tone};
use comfy_table::{
    Attribute, Cell as Drawn, CellAlignment, Color, ContentArrangement, Table as Drawing, presets::NOTHING,
};
use unicode_width::UnicodeWidthStr as _;

/// Columns between two columns.
const GAP: u16 = 2;

/// A table.
#[derive(Debug)]
pub(crate) struct Table {
    columns: Vec<Column>,
    rows: Vec<Vec<Cell>>,
}

/// A column.
#[derive(Debug, Clone)]
pub(crate) struct Column {
    title: String,
    is_right: bool,
    /// How narrow it may get when the table is too wide.
    least: Option<usize>,
}

/// What stands in a row of a column.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cell {
    text: String,
    tone: Tone,
}

impl Column {
    /// Of texts.
    pub(crate) fn left(title: impl Into<String>) -> Self {
        Self { title: title.into(), is_right: false, least: None }
    }

    /// Of numbers.
    pub(crate) fn right(title: impl Into<String>) -> Self {
        Self { title: title.into(), is_right: true, least: None }
    }

    /// Of texts that may be cut where there is no room, down to so many columns.
    pub(crate) fn flexible(title: impl Into<String>, least: usize) -> Self {
        Self { title: title.into(), is_right: false, least: Some(least) }
    }
}

impl Cell {
    pub(crate) fn new(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    pub(crate) fn plain(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Plain)
    }

    pub(crate) fn quiet(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Quiet)
    }

    pub(crate) fn strong(text: impl Into<String>) -> Self {
        Self::new(text, Tone::Strong)
    }
}

impl Table {
    pub(crate) fn new(columns: Vec<Column>) -> Self {
        Self { columns, rows: Vec::new() }
    }

    pub(crate) fn row(&mut self, cells: Vec<Cell>) {
        debug_assert_eq!(cells.len(), self.columns.len(), "a cell for each column");
        self.rows.push(cells);
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Its lines, the head first unless no column has a title; none is wider
    /// than `width`, as far as the flexible columns allow.
    pub(crate) fn lines(&self, width: usize) -> Vec<String> {
        // Where not even cut texts fit, the gaps give way.
        let gap = if self.narrowest(GAP) > width { 1 } else { GAP };
        let widths = self.widths(width, gap);
        let mut drawing = Drawing::new();
        drawing.load_style(NOTHING).set_content_arrangement(ContentArrangement::Disabled);
        drawing.enforce_styling().style_text_only();
        if self.columns.iter().any(|column| !column.title.is_empty()) {
            let title = |column: &Column| Cell::quiet(column.title.clone());
            drawing.add_row(self.drawn(self.columns.iter().map(title), &widths));
        }
        for row in &self.rows {
            drawing.add_row(self.drawn(row.iter().cloned(), &widths));
        }
        let last = self.columns.len().saturating_sub(1);
        for (position, column) in drawing.column_iter_mut().enumerate() {
            let gap = if position == last { 0 } else { gap };
            column.set_padding((0, gap));
        }
        drawing.lines().map(|line| line.trim_end().to_owned()).collect()
    }

    fn drawn(&self, cells: impl Iterator<Item = Cell>, widths: &[usize]) -> Vec<Drawn> {
        let aligned =
            |column: &Column| if column.is_right { CellAlignment::Right } else { CellAlignment::Left };
        cells
            .zip(&self.columns)
            .zip(widths)
            .map(|((cell, column), width)| {
                let drawn = Drawn::new(fit(&cell.text, *width)).set_alignment(aligned(column));
                // Codes around nothing would hide the spaces at the end of a line.
                let tone = if cell.text.is_empty() { Tone::Plain } else { cell.tone };
                match tone {
                    Tone::Plain => drawn,
                    Tone::Strong => drawn.add_attribute(Attribute::Bold),
                    Tone::Quiet => drawn.add_attribute(Attribute::Dim),
                    Tone::Good => drawn.fg(Color::DarkGreen),
                    Tone::Warning => drawn.fg(Color::DarkYellow),
                    Tone::Bad => drawn.fg(Color::DarkRed),
                }
            })
            .collect()
    }

    /// The width that the texts of each column need.
    fn contents(&self) -> Vec<usize> {
        let mut widths: Vec<usize> = self.columns.iter().map(|column| column.title.width()).collect();
        for row in &self.rows {
            for (widest, cell) in widths.iter_mut().zip(row) {
                *widest = (*widest).max(cell.text.width());
            }
        }
        widths
    }

    /// The width of the whole, with nothing cut.
    fn natural(&self, gap: u16) -> usize {
        let gaps = usize::from(gap) * self.columns.len().saturating_sub(1);
        self.contents().iter().sum::<usize>() + gaps
    }

    /// The width of the whole, with all cut that may be cut.
    fn narrowest(&self, gap: u16) -> usize {
        let contents = self.contents();
        let saved = contents
            .iter()
            .zip(&self.columns)
            .map(|(width, column)| column.least.map_or(0, |least| width.saturating_sub(least)));
        self.natural(gap) - saved.sum::<usize>()
    }

    /// The width of each column: what its texts need; the flexible ones share
    /// what is missing.
    fn widths(&self, width: usize, gap: u16) -> Vec<usize> {
        let mut widths = self.contents();
        let mut missing = self.natural(gap).saturating_sub(width);
        while missing > 0 {
            // The widest of those that can give still gives one column.
            let giving = widths
                .iter_mut()
                .zip(&self.columns)
                .filter(|(width, column)| column.least.is_some_and(|least| **width > least))
                .max_by_key(|(width, _)| **width);
            let Some((width, _)) = giving else { break };
            *width -= 1;
            missing -= 1;
        }
        widths
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_at_the_right_and_names_give_way() {
        let mut table = Table::new(vec![Column::flexible("Account", 8), Column::right("ARR")]);
        table.row(vec![Cell::plain("Helvetia Freight"), Cell::plain("€1.2M")]);
        table.row(vec![Cell::plain("Nordkap"), Cell::plain("€9k")]);
        let bare = |lines: Vec<String>| {
            lines.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect::<Vec<_>>()
        };
        assert_eq!(
            bare(table.lines(40)).as_slice()[1..],
            ["Helvetia Freight  €1.2M", "Nordkap             €9k"]
        );
        assert_eq!(bare(table.lines(16)).as_slice()[1..], ["Helvetia…  €1.2M", "Nordkap      €9k"]);
    }
}
