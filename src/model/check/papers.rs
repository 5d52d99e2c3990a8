//! Signatures whose day or name is odd, papers that rest on what is superseded, consents that did
//! not hold.

use chrono::NaiveDate;

use crate::model::case::{Case, Document};
use crate::model::form::{Form, Meaning, SignatureLine};
use crate::model::revision::{Paper, Revision, Signature, superseded};
use crate::model::search::fold;
use crate::model::value::Key;

use super::{CONSENTS, Place, Problem, Rules, What};

pub(super) fn check(case: &Case, rules: &Rules<'_>, today: NaiveDate, problems: &mut Vec<Problem>) {
    for (at, document) in case.documents.iter().enumerate() {
        let Some(form) = rules.forms.get(&document.form) else { continue };
        let mut tell = |what| {
            let place = Place { document: Some(at), ..Place::default() };
            problems.push(Problem::suggestion(place, what));
        };
        for revision in &document.revisions {
            check_signatures(form, revision, today).into_iter().for_each(&mut tell);
            check_handouts(case, revision).into_iter().for_each(&mut tell);
        }
        check_basis(case, rules, at).into_iter().for_each(&mut tell);
        changed_since_signed(case, document, form).into_iter().for_each(&mut tell);
    }
    check_consents(case, problems);
}

fn check_signatures(form: &Form, revision: &Revision, today: NaiveDate) -> Vec<What> {
    let paper = paper_date(form, revision);
    let counting: Vec<&Signature> = revision.signatures.iter().filter(|one| one.corrected.is_none()).collect();
    let mut found = Vec::new();
    for (at, signature) in counting.iter().enumerate() {
        let (revision, signed_on) = (revision.number, signature.signed_on);
        let line = caption(form, &signature.line);
        if signed_on > today {
            found.push(What::SignedInFuture { line, revision, signed_on });
        } else if signed_on < paper {
            found.push(What::SignedBeforePaper { line, revision, signed_on, paper });
        }
        if let Some(other) = counting[..at].iter().find(|other| is_same_signer(form, other, signature)) {
            let lines = [caption(form, &other.line), caption(form, &signature.line)];
            found.push(What::SameSigner { lines, revision, name: signature.name.clone() });
        }
    }
    found
}

/// The day from which on a paper can be signed: the date that it bears, else that of handing out.
fn paper_date(form: &Form, revision: &Revision) -> NaiveDate {
    let bears = form.field_meaning(Meaning::DocumentDate).and_then(|field| revision.values.get(&field.key)?.as_date());
    bears.map_or(revision.fixed_on, |date| date.max(revision.fixed_on))
}

fn line<'a>(form: &'a Form, key: &str) -> Option<&'a SignatureLine> {
    form.signature_lines().map(|(_, line)| line).find(|line| line.key == key)
}

fn caption(form: &Form, key: &Key) -> String {
    line(form, key).map_or(key, |line| &line.caption).clone()
}

/// Whether two lines of different parties bear one name.
fn is_same_signer(form: &Form, one: &Signature, other: &Signature) -> bool {
    let party = |signature: &Signature| line(form, &signature.line).map(|line| line.by);
    let name = fold(&other.name);
    !name.is_empty() && fold(&one.name) == name && one.line != other.line && party(one) != party(other)
}

/// Handouts under a consent that did not hold on their day.
fn check_handouts(case: &Case, revision: &Revision) -> Vec<What> {
    let broken = revision.handouts.iter().filter_map(|handout| {
        let consent = case.consents.iter().find(|consent| Some(consent.number) == handout.consent)?;
        let what = What::HandedWithoutConsent { consent: consent.number, revision: revision.number, on: handout.on };
        // On the day of the withdrawal itself it may have gone out before.
        let is_same_day = consent.withdrawn.as_ref().is_some_and(|withdrawn| withdrawn.on == handout.on);
        (!consent.holds(handout.on) && !is_same_day).then_some(what)
    });
    broken.collect()
}

fn check_basis(case: &Case, rules: &Rules<'_>, at: usize) -> Vec<What> {
    let title = |other: usize| {
        let form = &case.documents[other].form;
        rules.forms.get(form).map_or(form, |form| &form.short_title).clone()
    };
    let rests = superseded(case, rules.forms, at).into_iter();
    rests.map(|(other, revision)| What::RestsOnSuperseded { form: title(other), revision }).collect()
}

/// The document says something else than what was signed last.
fn changed_since_signed(case: &Case, document: &Document, form: &Form) -> Option<What> {
    let latest = document.latest().filter(|latest| latest.is_signed())?;
    let is_changed = matches!(Paper::of(case, document, form), Paper::Changed(_));
    is_changed.then_some(What::ChangedSinceSigned { revision: latest.number })
}

fn check_consents(case: &Case, problems: &mut Vec<Problem>) {
    for (at, consent) in case.consents.iter().enumerate() {
        if consent.until.is_some_and(|until| until < consent.given_on) {
            let place = Place { cell: Some((at, Key::new())), ..Place::field(CONSENTS) };
            problems.push(Problem::suggestion(place, What::ConsentReversed { consent: consent.number }));
        }
    }
}
