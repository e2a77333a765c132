//! Measures of what customers answer.

use super::{
    Direction, Missing, Properties, Unit,
    evidence::{FigureKind, Rows, Trace},
};
use crate::{subject::Subject, tracked::Family};
use laer8_domain::{
    days::Window,
    surveys::{SurveyKind, SurveyResponse},
    tickets::Ticket,
};

const fn answers(key: &'static str, unit: Unit) -> Properties {
    Properties { key, unit, direction: Direction::Higher, family: Family::Surveys }
}

/// The mean rating, 1 to 5, of the last 90 days over the answers to CSAT
/// surveys and the ratings of tickets, each counted once. None without any.
pub const CSAT: Properties = answers("csat", Unit::Rating);

/// Net promoter score of the account's own answers of the last 180 days: share
/// of 9–10 less share of 0–6, in points from −100 to 100. None without any
/// answer; how many there were stands in the evidence.
pub const NPS: Properties = answers("nps", Unit::NpsPoints);

/// Days of NPS answers that count together: NPS asks about the long run.
const NPS_DAYS: u32 = 180;

pub(super) fn csat(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    let tracked = subject.tracked();
    if !tracked.surveys && !tracked.tickets {
        return Err(Missing::NotTracked);
    }
    let window = subject.quarter();
    let responses = || subject.seen().surveys(SurveyKind::Csat, window);
    let rated = || subject.tickets().iter().filter_map(move |ticket| Some((ticket, rating(ticket, window)?)));
    let (mut sum, mut n) = (0.0, 0u32);
    for score in responses().map(|response| response.score).chain(rated().map(|(_, rating)| rating)) {
        sum += f64::from(score);
        n += 1;
    }
    trace.rows(|| Rows::Surveys(responses().map(|response| response.id).collect()));
    trace.rows(|| Rows::Tickets(rated().map(|(ticket, _)| ticket.id).collect()));
    trace.figure(FigureKind::Responses, f64::from(n));
    trace.observed(|| {
        let rated_on = rated().filter_map(|(ticket, _)| Some(ticket.rating?.1));
        responses().map(|response| response.answered_on).chain(rated_on).max()
    });
    if n == 0 { Err(Missing::TooFew) } else { Ok(sum / f64::from(n)) }
}

fn rating(ticket: &Ticket<'_>, window: Window) -> Option<u8> {
    let (rating, day) = ticket.rating?;
    window.contains(day).then_some(rating)
}

pub(super) fn nps(subject: &Subject<'_>, trace: &mut impl Trace) -> Result<f64, Missing> {
    if !subject.tracked().surveys {
        return Err(Missing::NotTracked);
    }
    let window = Window::last_days(subject.day(), NPS_DAYS);
    let responses = || subject.seen().surveys(SurveyKind::Nps, window);
    let (mut promoters, mut detractors, mut n) = (0u32, 0u32, 0u32);
    for SurveyResponse { score, .. } in responses() {
        promoters += u32::from(*score >= 9);
        detractors += u32::from(*score <= 6);
        n += 1;
    }
    trace.rows(|| Rows::Surveys(responses().map(|response| response.id).collect()));
    trace.figure(FigureKind::Responses, f64::from(n));
    trace.figure(FigureKind::Promoters, f64::from(promoters));
    trace.figure(FigureKind::Detractors, f64::from(detractors));
    trace.observed(|| responses().map(|response| response.answered_on).max());
    if n == 0 {
        return Err(Missing::TooFew);
    }
    Ok((f64::from(promoters) - f64::from(detractors)) / f64::from(n) * 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        examples::{self, catalog, day, survey, ticket},
        measures::Measure,
        tracked::Tracked,
    };
    use laer8_domain::{
        history::AccountHistory,
        ids::{SurveyResponseId, TicketId},
    };

    fn measured(
        account: &AccountHistory,
        measure: Measure,
    ) -> (Result<f64, Missing>, super::super::Evidence) {
        Subject::new(account.seen(day("2026-06-30")), &catalog(), Tracked::ALL).evidence(measure)
    }

    #[test]
    fn csat_is_the_mean_of_answers_and_ticket_ratings_of_90_days() {
        let mut account = examples::account();
        account.surveys = vec![
            survey(1, SurveyKind::Csat, "2026-06-01", 5),
            survey(2, SurveyKind::Csat, "2026-04-01", 1), // 91 days ago
            survey(3, SurveyKind::Nps, "2026-06-01", 10),
        ];
        account.tickets =
            vec![ticket(7, &[("opened", "2026-06-10T08:00:00Z"), ("2", "2026-06-12T08:00:00Z")])];
        let (value, evidence) = measured(&account, Measure::Csat);
        assert!(value.is_ok_and(|value| (value - 3.5).abs() < 1e-9));
        let rows = [Rows::Surveys(vec![SurveyResponseId(1)]), Rows::Tickets(vec![TicketId(7)])];
        assert_eq!(evidence.rows, rows);
        assert_eq!(evidence.observed_on, Some(day("2026-06-12")));
    }

    #[test]
    fn nps_is_promoters_less_detractors_in_points() {
        // Half promoters, a third passives, a sixth detractors: +33.3.
        let mut account = examples::account();
        let scores = [10, 9, 9, 8, 7, 3];
        let answer = |(id, score)| survey(id, SurveyKind::Nps, "2026-02-01", score);
        account.surveys = (1..).zip(scores).map(answer).collect();
        let (value, evidence) = measured(&account, Measure::Nps);
        assert!(value.is_ok_and(|value| (value - 100.0 / 3.0).abs() < 1e-9));
        assert_eq!(evidence.figure(FigureKind::Responses), Some(6.0));
    }

    #[test]
    fn a_corrected_answer_counts_once() {
        let mut account = examples::account();
        let corrected = SurveyResponse { revision: 1, ..survey(1, SurveyKind::Nps, "2026-06-01", 3) };
        account.surveys = vec![survey(1, SurveyKind::Nps, "2026-06-01", 10), corrected];
        assert_eq!(measured(&account, Measure::Nps).0, Ok(-100.0));
    }

    #[test]
    fn nobody_asked_is_no_value() {
        let account = examples::account();
        assert_eq!(measured(&account, Measure::Csat).0, Err(Missing::TooFew));
        assert_eq!(measured(&account, Measure::Nps).0, Err(Missing::TooFew));
        let catalog = catalog();
        let untracked = Subject::new(account.seen(day("2026-06-30")), &catalog, Tracked::default());
        assert_eq!(untracked.value(Measure::Nps), Err(Missing::NotTracked));
    }
}
