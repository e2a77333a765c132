//! Who may use the workspace.

use super::{
    page::Page,
    table::{Cell, Column, Table},
    tone::Tone,
};
use laer8_domain::users::User;
use laer8_words::Words;

/// The users.
pub(crate) fn draw(page: &mut Page, words: Words, users: &[User]) {
    page.title(&words.say("users-title"), "");
    page.blank();
    if users.is_empty() {
        page.paragraph(&words.say("users-none"), Tone::Plain);
        return;
    }
    let mut table = Table::new(vec![
        Column::left(words.say("person-field-email")),
        Column::flexible(words.say("person-field-name"), 10),
        Column::left(words.say("person-field-role")),
        Column::left(words.say("column-active")),
    ]);
    for user in users {
        let active =
            Cell::new(words.yes_or_no(user.active), if user.active { Tone::Plain } else { Tone::Quiet });
        table.row(vec![
            Cell::strong(user.email.clone()),
            Cell::plain(user.name.clone()),
            Cell::plain(words.user_role(user.role)),
            active,
        ]);
    }
    page.table(&table);
}
