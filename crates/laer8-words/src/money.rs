//! Money: the symbol before the digits in English, after them in Spanish.
//!
//! Euro, dollar and pound have their symbols, every other currency its code.
//! "$" is always the United States dollar: other dollars and the pesos have
//! codes, so no reader can take one for the other.

use crate::{NO_BREAK, language::Language, locales::Locales, numbers::Sign, words::Words};
use laer8_domain::money::{Amount, Currency, Money};

/// Ten-thousandths in a major unit.
const SCALE: u128 = 10_000;

impl Words {
    /// Exactly: two decimals, or four where they are needed. "€8,420.00",
    /// "166,6667 €".
    #[must_use]
    pub fn money(self, money: Money) -> String {
        self.written(money, &exact(money.amount), Sign::Negative)
    }

    /// A change, exactly: "+€1,260.00", "−1010,00 €". Nothing has no sign.
    #[must_use]
    pub fn signed_money(self, money: Money) -> String {
        self.written(money, &exact(money.amount), Sign::Always)
    }

    /// To the cent, half to even: "€8,420.00", "166,67 €".
    #[must_use]
    pub fn money_cents(self, money: Money) -> String {
        self.written(money, &cents(money.amount), Sign::Negative)
    }

    /// A change to the cent: "+€1,260.00", "−1010,00 €".
    #[must_use]
    pub fn signed_money_cents(self, money: Money) -> String {
        self.written(money, &cents(money.amount), Sign::Always)
    }

    /// Without decimals, half to even: "€8,420", "8420 €".
    #[must_use]
    pub fn money_whole(self, money: Money) -> String {
        self.written(money, &whole(money.amount), Sign::Negative)
    }

    /// A change without decimals: "+€1,260", "−1010 €".
    #[must_use]
    pub fn signed_money_whole(self, money: Money) -> String {
        self.written(money, &whole(money.amount), Sign::Always)
    }

    /// In three figures, as thousands (k) or millions (M), in English also
    /// billions (B): "€101k", "€3.91M", "3,91 M€". Below a thousand without
    /// decimals.
    #[must_use]
    pub fn money_short(self, money: Money) -> String {
        self.written(money, &short(money.amount, self.language()), Sign::Negative)
    }

    /// A change in three figures: "+€910k", "−1,10 M€".
    #[must_use]
    pub fn signed_money_short(self, money: Money) -> String {
        self.written(money, &short(money.amount, self.language()), Sign::Always)
    }

    fn written(self, money: Money, figures: &Figures, sign: Sign) -> String {
        let digits = Locales::of(self.language()).digits(&figures.plain);
        let sign = if figures.is_nothing() { None } else { sign.of(money.amount < Amount::ZERO) };
        let sign = sign.map(String::from).unwrap_or_default();
        let (unit, currency) = (figures.unit, money.currency);
        match (self.language(), symbol(currency)) {
            (Language::En, Some(symbol)) => format!("{sign}{symbol}{digits}{unit}"),
            (Language::En, None) => format!("{sign}{currency}{NO_BREAK}{digits}{unit}"),
            (Language::Es, Some(symbol)) => format!("{sign}{digits}{NO_BREAK}{unit}{symbol}"),
            (Language::Es, None) if unit.is_empty() => format!("{sign}{digits}{NO_BREAK}{currency}"),
            (Language::Es, None) => format!("{sign}{digits}{NO_BREAK}{unit}{NO_BREAK}{currency}"),
        }
    }
}

fn symbol(currency: Currency) -> Option<&'static str> {
    match currency.code() {
        "EUR" => Some("€"),
        "USD" => Some("$"),
        "GBP" => Some("£"),
        _ => None,
    }
}

/// An amount without sign, ready to be written.
struct Figures {
    /// Digits with a decimal point.
    plain: String,
    /// What they count: units, thousands (k), millions (M), billions (B).
    unit: &'static str,
}

impl Figures {
    fn is_nothing(&self) -> bool {
        self.plain.bytes().all(|byte| matches!(byte, b'0' | b'.'))
    }
}

fn exact(amount: Amount) -> Figures {
    Figures { plain: amount.to_string().trim_start_matches('-').to_owned(), unit: "" }
}

fn cents(amount: Amount) -> Figures {
    let cents = rounded(amount, SCALE / 100);
    Figures { plain: format!("{}.{:02}", cents / 100, cents % 100), unit: "" }
}

fn whole(amount: Amount) -> Figures {
    Figures { plain: rounded(amount, SCALE).to_string(), unit: "" }
}

fn short(amount: Amount, language: Language) -> Figures {
    // Spanish has no word for a thousand millions that fits into a table.
    let units: &[(u128, &'static str)] = match language {
        Language::En => &[(1_000, "k"), (1_000_000, "M"), (1_000_000_000, "B")],
        Language::Es => &[(1_000, "k"), (1_000_000, "M")],
    };
    if rounded(amount, SCALE) < 1_000 {
        return whole(amount);
    }
    for (position, (unit, name)) in units.iter().enumerate() {
        let is_last = position + 1 == units.len();
        for decimals in [2_usize, 1, 0] {
            let hundredths = 10_u128.pow(u32::try_from(decimals).unwrap_or(0));
            let figures = rounded(amount, SCALE * unit / hundredths);
            if figures < 1_000 || (is_last && decimals == 0) {
                let (high, low) = (figures / hundredths, figures % hundredths);
                let plain = if decimals == 0 { high.to_string() } else { format!("{high}.{low:0decimals$}") };
                return Figures { plain, unit: name };
            }
        }
    }
    whole(amount)
}

/// The amount without sign in multiples of `unit` ten-thousandths, half to
/// even.
fn rounded(amount: Amount, unit: u128) -> u128 {
    let units = u128::from(amount.ten_thousandths().unsigned_abs());
    let (whole, rest) = (units / unit, units % unit);
    let is_odd = whole % 2 == 1;
    whole + u128::from(rest * 2 > unit || (rest * 2 == unit && is_odd))
}

#[cfg(test)]
mod tests {
    use super::*;

    const EN: Words = Words::new(Language::En);
    const ES: Words = Words::new(Language::Es);

    fn money(amount: &str, currency: &str) -> Money {
        let (amount, currency) = (amount.parse().expect("an amount"), currency.parse().expect("a currency"));
        Money { amount, currency }
    }

    /// With `_` for a no-break space, so that the tables below show them.
    fn plain(text: &str) -> String {
        text.replace(NO_BREAK, "_")
    }

    #[test]
    fn exact_money_has_two_decimals_or_four() {
        for (amount, currency, en, es) in [
            ("8420", "EUR", "€8,420.00", "8420,00_€"),
            ("166.6667", "EUR", "€166.6667", "166,6667_€"),
            ("-1010", "USD", "−$1,010.00", "−1010,00_$"),
            ("12345.5", "GBP", "£12,345.50", "12.345,50_£"),
            ("99.9", "CHF", "CHF_99.90", "99,90_CHF"),
            ("922337203685477.5807", "EUR", "€922,337,203,685,477.5807", "922.337.203.685.477,5807_€"),
        ] {
            let money = money(amount, currency);
            assert_eq!((plain(&EN.money(money)), plain(&ES.money(money))), (en.into(), es.into()));
        }
    }

    #[test]
    fn money_to_the_cent_has_two_decimals() {
        for (amount, en, es) in [
            ("166.6667", "€166.67", "166,67_€"),
            ("-0.005", "€0.00", "0,00_€"),
            ("-1010.015", "−€1,010.02", "−1010,02_€"),
        ] {
            let euros = money(amount, "EUR");
            assert_eq!(
                (plain(&EN.money_cents(euros)), plain(&ES.money_cents(euros))),
                (en.into(), es.into())
            );
            let gain = money("2.5", "EUR");
            assert_eq!(EN.signed_money_cents(gain), "+€2.50");
        }
    }

    #[test]
    fn short_money_has_three_figures() {
        for (amount, currency, en, es) in [
            ("0", "EUR", "€0", "0_€"),
            ("84.5", "EUR", "€84", "84_€"),
            ("999.5", "EUR", "€1.00k", "1,00_k€"),
            ("8420", "EUR", "€8.42k", "8,42_k€"),
            ("101040", "EUR", "€101k", "101_k€"),
            ("999499.99", "EUR", "€999k", "999_k€"),
            ("999500", "EUR", "€1.00M", "1,00_M€"),
            ("3910000", "EUR", "€3.91M", "3,91_M€"),
            ("31200000", "USD", "$31.2M", "31,2_M$"),
            ("-400000", "EUR", "−€400k", "−400_k€"),
            ("1200000000", "EUR", "€1.20B", "1200_M€"),
            ("12345678900000", "EUR", "€12,346B", "12.345.679_M€"),
            ("3910000", "CHF", "CHF_3.91M", "3,91_M_CHF"),
            ("120", "CHF", "CHF_120", "120_CHF"),
        ] {
            let money = money(amount, currency);
            assert_eq!(
                (plain(&EN.money_short(money)), plain(&ES.money_short(money))),
                (en.into(), es.into())
            );
        }
    }

    #[test]
    fn whole_money_is_rounded_half_to_even() {
        for (amount, en, es) in [
            ("8420.49", "€8,420", "8420_€"),
            ("0.5", "€0", "0_€"),
            ("1.5", "€2", "2_€"),
            ("2.5", "€2", "2_€"),
            ("-0.4", "€0", "0_€"),
            ("-12345.6", "−€12,346", "−12.346_€"),
        ] {
            let money = money(amount, "EUR");
            assert_eq!(
                (plain(&EN.money_whole(money)), plain(&ES.money_whole(money))),
                (en.into(), es.into())
            );
        }
    }

    #[test]
    fn a_change_of_money_always_has_its_sign_but_for_nothing() {
        let (up, down, none) = (money("1260", "EUR"), money("-1010.25", "EUR"), money("0", "EUR"));
        assert_eq!([up, down, none].map(|it| EN.signed_money(it)), ["+€1,260.00", "−€1,010.25", "€0.00"]);
        assert_eq!(
            [up, down, none].map(|it| plain(&ES.signed_money_whole(it))),
            ["+1260_€", "−1010_€", "0_€"]
        );
        assert_eq!([up, down, none].map(|it| EN.signed_money_short(it)), ["+€1.26k", "−€1.01k", "€0"]);
    }
}
