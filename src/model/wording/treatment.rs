//! Where a treatment takes place, as a text says it: in a visit or during a stay; and whether it
//! takes a visit every day.

use super::snippet;
use super::tokens::{Token, fold, has_break, sentences};
use super::topics::{Care, Topics, Treatment};
use super::until::{Until, from, until};

/// The most characters between a place and the treatment after it: 「通院による抗がん剤治療」.
const FAR_TREATMENT: usize = 12;
/// The most characters between a place and what negates it: 「入院の予定はない」.
const FAR_NEGATION: usize = 8;

/// Where a treatment takes place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Setting {
    /// 通院
    Visit,
    /// 入院
    Admission,
}

/// What a text says of a treatment.
#[derive(Clone, Debug, PartialEq)]
pub struct CareStatement {
    treatment: usize,
    /// Where it takes place.
    pub setting: Setting,
    /// The words around it.
    pub snippet: String,
}

impl CareStatement {
    /// What it is about.
    #[must_use]
    pub fn treatment<'a>(&self, topics: &'a Topics) -> &'a Treatment {
        &topics.treatments[self.treatment]
    }
}

/// The days from and until which something is daily, and the words that say so.
#[derive(Clone, Debug, PartialEq)]
pub struct Daily {
    /// The first day, if it is told.
    pub from: Option<Until>,
    /// The last day, if it is told.
    pub until: Option<Until>,
    /// The words around it.
    pub snippet: String,
}

/// Where treatments take place, in the order of the text. Sentences about the past, about a
/// condition or about a change from one to the other say nothing.
#[must_use]
pub fn settings(topics: &Topics, text: &str) -> Vec<CareStatement> {
    let folded = fold(text);
    let mut found = Vec::new();
    for sentence in sentences(&folded) {
        let tokens = topics.care.tokens(&folded, sentence.clone());
        if tokens.iter().any(|token| token.sort == Care::Hedge) {
            continue;
        }
        for (at, token) in tokens.iter().enumerate() {
            let setting = match token.sort {
                Care::Visit => Setting::Visit,
                Care::Admission => Setting::Admission,
                _ => continue,
            };
            if let Some(treatment) = treatment_of(&tokens, at, &folded) {
                let snippet = snippet(text, &folded, &sentence, &token.at);
                found.push(CareStatement { treatment, setting, snippet });
            }
        }
    }
    found
}

/// The treatment that a place is said of.
fn treatment_of(tokens: &[Token<Care>], at: usize, text: &[char]) -> Option<usize> {
    let place = &tokens[at].at;
    let as_treatment = |token: &Token<Care>| match token.sort {
        Care::Treatment(treatment) => Some(treatment),
        _ => None,
    };
    let next = tokens.get(at + 1);
    let is_near = |token: &&Token<Care>, far: usize| {
        let between = place.end..token.at.start;
        between.len() <= far && !has_break(text, between)
    };
    if next.is_some_and(|token| token.sort == Care::Negation && is_near(&token, FAR_NEGATION)) {
        return None;
    }
    if let Some(treatment) = next.filter(|token| is_near(token, FAR_TREATMENT)).and_then(as_treatment) {
        return Some(treatment);
    }
    let ends = |token: &&Token<Care>| !matches!(token.sort, Care::Done | Care::Past);
    let before = tokens[..at].iter().rev().take_while(ends).find_map(as_treatment);
    let is_told = tokens[..at].iter().any(|token| token.sort == Care::Past);
    let after = || tokens[at + 1..].iter().find_map(as_treatment).filter(|_| !is_told);
    before.or_else(after)
}

/// The daily visits that a text tells of.
#[must_use]
pub fn daily(topics: &Topics, text: &str) -> Vec<Daily> {
    let folded = fold(text);
    let mut found = Vec::new();
    for sentence in sentences(&folded) {
        let tokens = topics.care.tokens(&folded, sentence.clone());
        let takes_visit = tokens.iter().any(|token| match token.sort {
            Care::Visit => true,
            Care::Treatment(at) => topics.treatments[at].daily,
            _ => false,
        });
        let word = tokens.iter().find(|token| token.sort == Care::Daily);
        let Some(word) = word.filter(|word| takes_visit && !is_routine(&tokens, word, &folded)) else { continue };
        let part = &folded[sentence.clone()];
        let snippet = snippet(text, &folded, &sentence, &word.at);
        found.push(Daily { from: from(part), until: until(part), snippet });
    }
    found
}

/// Whether what is done daily is no visit: a medicine taken, a wound dressed.
fn is_routine(tokens: &[Token<Care>], word: &Token<Care>, text: &[char]) -> bool {
    let is_beside = |other: &Token<Care>| {
        let between = other.at.end.min(word.at.end)..other.at.start.max(word.at.start);
        other.sort == Care::Routine && !has_break(text, between)
    };
    tokens.iter().any(is_beside)
}
