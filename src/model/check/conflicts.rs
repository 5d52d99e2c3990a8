//! What an opinion says against itself, and against the plan that rests on it.

use chrono::NaiveDate;

use crate::model::value::Value;
use crate::model::wording::{CareStatement, Daily, Reading, Stance, Statement, Topic, daily, settings, statements};

use super::facts::{Facts, Passage, Plan, Row, Work};
use super::{Problem, Quote, What};

/// The minutes of a day of work that leaves no time for a visit, where the usual hours of the job
/// are not told: eight hours.
const FULL_DAY: u16 = 8 * 60;

pub(super) fn check(facts: &Facts<'_>, problems: &mut Vec<Problem>) {
    check_settings(facts, problems);
    let asked = Asked::new(facts);
    for plan in &facts.plans {
        check_restrictions(facts, &asked, plan, problems);
        check_daily(facts, plan, problems);
        check_unfit(facts, plan, problems);
    }
}

/// One treatment in visits here and during stays there.
fn check_settings(facts: &Facts<'_>, problems: &mut Vec<Problem>) {
    type Told<'p, 'a> = (&'p Passage<'a>, CareStatement);
    let told = |passage| settings(facts.topics, text_of(passage)).into_iter().map(move |one| (passage, one));
    let mut known: Vec<Told<'_, '_>> = Vec::new();
    for opinion in &facts.opinions {
        let mut own: Vec<Told<'_, '_>> = Vec::new();
        for (passage, one) in opinion.treatment.iter().flat_map(told) {
            check_setting(facts, (passage, &one), &own, problems);
            own.push((passage, one));
        }
        known.extend(own);
    }
    for plan in &facts.plans {
        let rows = plan.rows.iter().flat_map(|row| row.treatment.iter().chain(&row.measures));
        for (passage, one) in plan.treatment.iter().chain(rows).flat_map(told) {
            check_setting(facts, (passage, &one), &known, problems);
        }
    }
}

/// Tells a statement on a treatment of which everything before says the other setting; each pair
/// of places once.
fn check_setting(
    facts: &Facts<'_>,
    (passage, one): (&Passage<'_>, &CareStatement),
    before: &[(&Passage<'_>, CareStatement)],
    problems: &mut Vec<Problem>,
) {
    let treatment = one.treatment(facts.topics);
    let same: Vec<_> = before.iter().filter(|(_, other)| other.treatment(facts.topics).key == treatment.key).collect();
    if same.iter().any(|(_, other)| other.setting == one.setting) {
        return;
    }
    let Some((other, told)) = same.first() else { return };
    let what = What::TwoSettings {
        treatment: treatment.label.clone(),
        setting: one.setting,
        snippet: one.snippet.clone(),
        other: other.quote(&told.snippet),
    };
    problems.push(Problem::suggestion(passage.place.clone(), what));
}

fn text_of<'a>(passage: &Passage<'a>) -> &'a str {
    passage.text
}

/// What the opinions ask the workplace to observe.
struct Asked<'f, 'a> {
    restrictions: Vec<(&'f Passage<'a>, Statement, Option<NaiveDate>)>,
}

impl<'f, 'a> Asked<'f, 'a> {
    fn new(facts: &'f Facts<'a>) -> Self {
        let restrictions = facts.opinions.iter().flat_map(|opinion| {
            let end = opinion.measures_end.as_ref().map(|(_, end)| *end);
            opinion.accommodations.iter().flat_map(move |passage| {
                let said = statements(facts.topics, passage.text, Reading::Opinion).into_iter();
                said.filter(is_restriction).map(move |one| (passage, one, end))
            })
        });
        Self { restrictions: restrictions.collect() }
    }
}

fn is_restriction(statement: &Statement) -> bool {
    matches!(statement.stance, Stance::Forbids | Stance::Limits | Stance::Little)
}

/// Whether a restriction still holds on a day, for a plan that begins on another one. What has no
/// end holds for good.
fn holds(restriction: &Statement, end: Option<NaiveDate>, start: Option<NaiveDate>, on: Option<NaiveDate>) -> bool {
    let own_end = restriction.until.zip(start).and_then(|(until, start)| until.resolve(start));
    own_end.or(end).zip(on).is_none_or(|(end, on)| on <= end)
}

/// Whether planned work goes against a restriction. What is limited on both sides is left to those
/// who know by how much.
fn is_against(planned: Stance, restriction: Stance) -> bool {
    match restriction {
        Stance::Forbids => matches!(planned, Stance::Little | Stance::Permits | Stance::Plans),
        Stance::Limits | Stance::Little => matches!(planned, Stance::Plans | Stance::Permits),
        Stance::Permits | Stance::Plans => false,
    }
}

fn check_restrictions(facts: &Facts<'_>, asked: &Asked<'_, '_>, plan: &Plan<'_>, problems: &mut Vec<Problem>) {
    for row in &plan.rows {
        check_row(facts, asked, plan, row, problems);
    }
    if !plan.rows.is_empty() {
        check_unanswered(facts, asked, plan, problems);
    }
}

fn check_row(facts: &Facts<'_>, asked: &Asked<'_, '_>, plan: &Plan<'_>, row: &Row<'_>, problems: &mut Vec<Problem>) {
    let mut told = Vec::new();
    let mut tell =
        |passage: &Passage<'_>, topic: &Topic, snippet: &str, (other, restriction): (&Passage<'_>, &Statement)| {
            if !told.contains(&topic.key) {
                told.push(topic.key.clone());
                let what = What::Restricted {
                    topic: topic.label.clone(),
                    stance: restriction.stance,
                    snippet: snippet.to_owned(),
                    other: other.quote(&restriction.snippet),
                };
                problems.push(Problem::suggestion(passage.place.clone(), what));
            }
        };
    let restriction = |topic: &str, planned: Stance| {
        asked.restrictions.iter().find(|(_, asked, end)| {
            asked.topic(facts.topics).key == topic
                && is_against(planned, asked.stance)
                && holds(asked, *end, plan.start(), row.start)
        })
    };
    let said =
        |passage| statements(facts.topics, text_of(passage), Reading::Work).into_iter().map(move |one| (passage, one));
    let rows: Vec<_> = row.measures.iter().flat_map(said).collect();
    for (passage, one) in &rows {
        let topic = one.topic(facts.topics);
        if let Some((other, asked, _)) = restriction(&topic.key, one.stance) {
            tell(passage, topic, &one.snippet, (other, asked));
        }
        let forbids = |(_, other): &&(&Passage<'_>, Statement)| {
            other.stance == Stance::Forbids && other.topic(facts.topics).key == topic.key
        };
        if let Some((other, own)) = rows.iter().find(forbids).filter(|_| one.stance == Stance::Plans) {
            tell(passage, topic, &one.snippet, (other, own));
        }
    }
    for (passage, hours) in row.times() {
        for topic in facts.topics.topics_of_hours(hours) {
            if let Some((other, asked, _)) = restriction(&topic.key, Stance::Plans) {
                tell(passage, topic, passage.text, (other, asked));
            }
        }
    }
}

/// Work of the job that is restricted and that the plan does not speak of: one suggestion for each
/// sort of work.
fn check_unanswered(facts: &Facts<'_>, asked: &Asked<'_, '_>, plan: &Plan<'_>, problems: &mut Vec<Problem>) {
    if plan.rows.iter().flat_map(|row| &row.measures).any(|passage| facts.topics.names_other_work(passage.text)) {
        return;
    }
    let mut told = Vec::new();
    for (other, asked, end) in &asked.restrictions {
        let topic = asked.topic(facts.topics);
        let is_mentioned = || plan.row_texts().any(|passage| facts.topics.mentions(passage.text, &topic.key));
        if told.contains(&&topic.key) || !holds(asked, *end, plan.start(), plan.start()) || is_mentioned() {
            continue;
        }
        if let Some(work) = facts.work.iter().find_map(|work| has_work(facts, work, &topic.key)) {
            told.push(&topic.key);
            let (topic, stance) = (topic.label.clone(), asked.stance);
            let what = What::Unanswered { topic, stance, work, other: other.quote(&asked.snippet) };
            problems.push(Problem::suggestion(plan.place.clone(), what));
        }
    }
}

/// Where the job has a sort of work, if it has it here.
fn has_work(facts: &Facts<'_>, work: &Work<'_>, topic: &str) -> Option<Quote> {
    match work {
        Work::Ticked { topic: ticked, quote } => (*ticked == topic).then(|| quote.clone()),
        Work::Told(passage) => {
            let said = statements(facts.topics, passage.text, Reading::Work);
            let is_it = |one: &&Statement| one.topic(facts.topics).key == topic && one.stance != Stance::Forbids;
            said.iter().find(is_it).map(|one| passage.quote(&one.snippet))
        }
    }
}

/// Rows of full days in a time of daily visits.
fn check_daily(facts: &Facts<'_>, plan: &Plan<'_>, problems: &mut Vec<Problem>) {
    let told = |passage| daily(facts.topics, text_of(passage)).into_iter().map(move |one| (passage, one));
    let opinions = facts.opinions.iter().flat_map(|opinion| &opinion.treatment);
    let dated: Vec<_> = opinions.chain(&plan.treatment).flat_map(told).collect();
    for row in &plan.rows {
        let own = row.treatment.iter().flat_map(told).next();
        let other = dated.iter().find(|(_, one)| is_in(one, plan, row));
        let visits = own.as_ref().or(other).map(|(passage, one)| passage.quote(&one.snippet));
        let leaves_time = |passage: &Passage<'_>| facts.topics.leaves_time(passage.text);
        let full = row.times().find(|(_, hours)| hours.span() >= facts.usual.unwrap_or(FULL_DAY));
        if let (Some(other), Some((passage, _))) = (visits, full)
            && !row.measures.iter().chain(&row.hours).any(leaves_time)
        {
            let what = What::NoTimeForVisits { hours: passage.text.to_owned(), other };
            problems.push(Problem::suggestion(passage.place.clone(), what));
        }
    }
}

/// Whether daily visits whose end is told reach into a row.
fn is_in(daily: &Daily, plan: &Plan<'_>, row: &Row<'_>) -> bool {
    let Some(start) = plan.start() else { return false };
    let until = daily.until.and_then(|until| until.resolve(start));
    let from = daily.from.and_then(|from| from.resolve(start)).filter(|from| until.is_none_or(|until| *from <= until));
    let begins = row.start.zip(until).is_some_and(|(start, until)| start <= until);
    begins && row.end.zip(from).is_none_or(|(end, from)| from <= end)
}

/// A plan that begins while the newest opinion is that work is not possible.
fn check_unfit(facts: &Facts<'_>, plan: &Plan<'_>, problems: &mut Vec<Problem>) {
    let verdict = facts.opinions.iter().rev().find_map(|opinion| opinion.verdict.as_ref());
    let Some(verdict) = verdict.filter(|verdict| verdict.is_unfit) else { return };
    let until = verdict.until.and_then(Value::as_date);
    let Some(first) = plan.rows.iter().filter(|row| row.start.is_some()).min_by_key(|row| row.start) else { return };
    if until.zip(first.start).is_none_or(|(until, start)| start <= until) {
        let what = What::BeginsUnfit { until, other: verdict.quote.clone() };
        problems.push(Problem::suggestion(first.start_place.clone(), what));
    }
}
