//! The formatters of each language, made once.
//!
//! They hold nothing but constant data, so sharing them changes no result; to
//! make them anew for each cell of a long table would.

use crate::language::Language;
use icu_calendar::Gregorian;
use icu_datetime::{
    FixedCalendarDateTimeFormatter,
    fieldsets::{MD, YM, YMD},
};
use icu_decimal::{DecimalFormatter, input::Decimal};
use icu_locale_core::{Locale, locale};
use std::sync::LazyLock;

type Formatter<Fields> = FixedCalendarDateTimeFormatter<Gregorian, Fields>;

/// How a language writes digits and days.
pub(crate) struct Locales {
    decimal: DecimalFormatter,
    pub(crate) day: Formatter<YMD>,
    pub(crate) day_of_year: Formatter<MD>,
    pub(crate) month: Formatter<YM>,
}

static EN: LazyLock<Locales> = LazyLock::new(|| Locales::new(&locale!("en-GB")));
static ES: LazyLock<Locales> = LazyLock::new(|| Locales::new(&locale!("es")));

impl Locales {
    pub(crate) fn of(language: Language) -> &'static Self {
        match language {
            Language::En => &EN,
            Language::Es => &ES,
        }
    }

    fn new(locale: &Locale) -> Self {
        const COMPILED_IN: &str = "the data of every locale is compiled in";
        let decimal = DecimalFormatter::try_new(locale.into(), Default::default()).expect(COMPILED_IN);
        let day = Formatter::try_new(locale.into(), YMD::medium()).expect(COMPILED_IN);
        let day_of_year = Formatter::try_new(locale.into(), MD::medium()).expect(COMPILED_IN);
        let month = Formatter::try_new(locale.into(), YM::medium()).expect(COMPILED_IN);
        Self { decimal, day, day_of_year, month }
    }

    /// Plain digits such as `1234.50`, without a sign, as the language writes
    /// them; as they are, should they be no number.
    pub(crate) fn digits(&self, plain: &str) -> String {
        Decimal::try_from_str(plain)
            .map_or_else(|_| plain.to_owned(), |decimal| self.decimal.format(&decimal).to_string())
    }
}
