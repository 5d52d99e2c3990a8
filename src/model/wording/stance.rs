//! What a text says of each sort of work: forbids it, limits it, permits it, or plans it.

use std::ops::Range;

use super::tokens::{Token, fold, has_break, sentences};
use super::topics::{Sort, Topic, Topics};
use super::until::{Until, until};
use super::{bytes, snippet};

/// The most characters between a predicate and what negates it: 「制限する医学的な理由はない」.
const FAR_NEGATION: usize = 14;
/// The most characters between an amount and what it is of: 「10kg以上の荷物を持つ」.
const FAR_AMOUNT: usize = 8;

/// What is read, and so which words count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// What a workplace is asked to observe.
    Opinion,
    /// What work is planned, or what it is today.
    Work,
}

/// What a text says of a sort of work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stance {
    /// Not to be done.
    Forbids,
    /// Not much of it is to be done: no long drives.
    Limits,
    /// Only a little of it is to be done: no more than an hour.
    Little,
    /// May be done.
    Permits,
    /// Is to be done, or is only mentioned.
    Plans,
}

/// One thing that a text says of a sort of work.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The place of the topic in the list of topics.
    pub(super) topic: usize,
    /// What is said.
    pub stance: Stance,
    /// Until when, if that is told.
    pub until: Option<Until>,
    /// The bytes of the word in the text.
    pub range: Range<usize>,
    /// The words around it.
    pub snippet: String,
}

impl Statement {
    /// What it is about.
    #[must_use]
    pub fn topic<'a>(&self, topics: &'a Topics) -> &'a Topic {
        &topics.sorts[self.topic]
    }
}

/// What a text says, in its order. What is left to be decided, and what is forbidden only in some
/// condition (「体調の悪いときは」), is left out.
#[must_use]
pub fn statements(topics: &Topics, text: &str, reading: Reading) -> Vec<Statement> {
    let folded = fold(text);
    let mut found = Vec::new();
    let mut is_list = false;
    for sentence in sentences(&folded) {
        let mut tokens = topics.work.tokens(&folded, sentence.clone());
        if reading == Reading::Opinion {
            tokens.retain(|token| !matches!(token.sort, Sort::Topic { in_work: true, .. }));
        }
        let sentence = Sentence { text: &folded, part: sentence, tokens: &tokens, is_list };
        for (at, token) in tokens.iter().enumerate() {
            let Sort::Topic { at: topic, .. } = token.sort else { continue };
            let Some((stance, end)) = sentence.stance(at) else { continue };
            let until = until(&folded[sentence.said_from(at)..end]);
            let snippet = snippet(text, &folded, &sentence.part, &token.at);
            found.push(Statement { topic, stance, until, range: bytes(text, &token.at), snippet });
        }
        is_list = sentence.opens_list() || (is_list && !sentence.has_predicate());
    }
    found
}

/// A sentence with its known words.
struct Sentence<'a> {
    text: &'a [char],
    part: Range<usize>,
    tokens: &'a [Token<Sort>],
    /// It stands in a list of what is forbidden.
    is_list: bool,
}

/// What the first predicate after a word says, before it is negated.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Said {
    Forbidden,
    Permitted,
    Planned,
}

impl Said {
    fn negated(self) -> Self {
        if self == Self::Forbidden { Self::Permitted } else { Self::Forbidden }
    }
}

/// How much of a sort of work is meant.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
enum Amount {
    #[default]
    Any,
    Much,
    Little,
}

/// What was met between a word and its predicate.
#[derive(Default)]
struct Around {
    amount: Amount,
    is_conditional: bool,
    is_excepted: bool,
}

impl Sentence<'_> {
    /// What is said of the mention at a place, and where that ends; none where nothing is.
    fn stance(&self, at: usize) -> Option<(Stance, usize)> {
        if at.checked_sub(1).is_some_and(|before| self.is_not_meant(at, before)) {
            return None;
        }
        let mut around = self.before(at);
        let mut after = at + 1;
        while let Some(token) = self.tokens.get(after) {
            match token.sort {
                Sort::NotTopic(_) if self.is_not_meant(at, after) => return None,
                Sort::Undecided => return None,
                Sort::Much if !self.belongs_to_next(after) => around.amount = Amount::Much,
                Sort::Little | Sort::Bound if !self.belongs_to_next(after) => {
                    let stance = if around.is_excepted { Stance::Forbids } else { Stance::Little };
                    return around.judged(stance).map(|stance| (stance, token.at.end));
                }
                Sort::Condition => around.is_conditional = true,
                Sort::Excepting => around.is_excepted |= self.is_chain(at, after),
                _ => {}
            }
            if let Some(said) = self.said(after) {
                if self.is_bounded(after) {
                    around.amount = Amount::Little;
                }
                return around.verdict(said).map(|stance| (stance, token.at.end));
            }
            after += 1;
        }
        let is_headed = self.is_list || self.is_headed(at);
        let said = if is_headed { Said::Forbidden } else { Said::Planned };
        around.verdict(said).map(|stance| (stance, self.part.end))
    }

    /// What stands before a mention and speaks of it: an amount right before it, a condition.
    fn before(&self, at: usize) -> Around {
        let own = &self.tokens[at].at;
        let amount = at.checked_sub(1).map(|before| &self.tokens[before]).filter(|token| {
            let between = token.at.end..own.start;
            between.len() <= FAR_AMOUNT && !has_break(self.text, between)
        });
        let amount = match amount.map(|token| token.sort) {
            Some(Sort::Much) => Amount::Much,
            Some(Sort::Little) => Amount::Little,
            _ => Amount::Any,
        };
        Around {
            amount,
            is_conditional: self.tokens[..at].iter().any(|token| token.sort == Sort::Condition),
            is_excepted: false,
        }
    }

    /// What a predicate says, with all that negates it; none where the word is none.
    fn said(&self, at: usize) -> Option<Said> {
        let negations = self.negations(at);
        let said = match self.tokens[at].sort {
            Sort::Forbid | Sort::Negation => Said::Forbidden,
            Sort::Permit if !self.is_noun(at) => Said::Permitted,
            Sort::Hindrance if negations > 0 => Said::Forbidden,
            Sort::Plan if !self.is_noun(at) => Said::Planned,
            _ => return None,
        };
        Some((0..negations).fold(said, |said, _| said.negated()))
    }

    /// How many words negate the predicate at a place, each the one before.
    fn negations(&self, at: usize) -> usize {
        let is_near = |pair: &[Token<Sort>]| {
            let between = pair[0].at.end..pair[1].at.start;
            pair[1].sort == Sort::Negation && between.len() <= FAR_NEGATION && !has_break(self.text, between)
        };
        self.tokens[at..].windows(2).take_while(|pair| is_near(pair)).count()
    }

    /// Whether a word of doing stands as a noun whose own predicate comes later: 「再開は…決める」.
    fn is_noun(&self, at: usize) -> bool {
        let token = &self.tokens[at].at;
        let rest: String = self.text[token.end..self.part.end].iter().take(4).collect();
        let rest = rest.trim_start_matches(['る', 'う', 'す', 'む']);
        let is_noun = ["は", "を", "も", "の", "に", "が", "時期", "こと"].iter().any(|start| rest.starts_with(start));
        let has_later = self.tokens[at + 1..]
            .iter()
            .any(|later| is_predicate(later.sort) && !has_break(self.text, token.end..later.at.start));
        is_noun && has_later
    }

    /// Whether an amount is one of the next mention rather than of the one before.
    fn belongs_to_next(&self, at: usize) -> bool {
        self.tokens.get(at + 1).is_some_and(|next| {
            let between = self.tokens[at].at.end..next.at.start;
            matches!(next.sort, Sort::Topic { .. }) && between.len() <= FAR_AMOUNT && !has_break(self.text, between)
        })
    }

    /// Whether what is said is limited right after: 「出張可（日帰りのみ）」.
    fn is_bounded(&self, at: usize) -> bool {
        let end = self.tokens[at].at.end;
        self.tokens.get(at + 1).is_some_and(|next| {
            matches!(next.sort, Sort::Little | Sort::Bound)
                && next.at.start - end <= FAR_AMOUNT
                && !has_break(self.text, end..next.at.start)
                && !self.belongs_to_next(at + 1)
        })
    }

    /// Whether between a mention and a word there are only further mentions: 「運転や夜勤以外」.
    fn is_chain(&self, at: usize, to: usize) -> bool {
        self.tokens[at + 1..to].iter().all(|token| matches!(token.sort, Sort::Topic { .. }))
    }

    fn is_not_meant(&self, at: usize, word: usize) -> bool {
        let is_own = matches!((self.tokens[at].sort, self.tokens[word].sort),
            (Sort::Topic { at: own, .. }, Sort::NotTopic(other)) if own == other);
        let (first, second) = (&self.tokens[at.min(word)].at, &self.tokens[at.max(word)].at);
        is_own && !has_break(self.text, first.end..second.start)
    }

    /// Whether a list of what is forbidden begins before a mention: 「禁止：運転、夜勤」.
    fn is_headed(&self, at: usize) -> bool {
        let is_colon = |token: &Token<Sort>| {
            let end = (token.at.end + 6).min(self.part.end);
            token.sort == Sort::Forbid && self.text[token.at.end..end].contains(&':')
        };
        self.tokens[..at].iter().any(is_colon)
    }

    /// Whether the lines after it are a list of what is forbidden: 「次の作業は避けること」.
    fn opens_list(&self) -> bool {
        let has = |sort| self.tokens.iter().any(|token| token.sort == sort);
        let has_topic = self.tokens.iter().any(|token| matches!(token.sort, Sort::Topic { .. }));
        has(Sort::Heading) && has(Sort::Forbid) && !has_topic
    }

    fn has_predicate(&self) -> bool {
        self.tokens.iter().any(|token| is_predicate(token.sort))
    }

    /// Where begins what is said of a mention: after the predicate before it.
    fn said_from(&self, at: usize) -> usize {
        let before = self.tokens[..at].iter().rev().find(|token| is_predicate(token.sort));
        before.map_or(self.part.start, |token| token.at.end)
    }
}

fn is_predicate(sort: Sort) -> bool {
    matches!(sort, Sort::Negation | Sort::Forbid | Sort::Hindrance | Sort::Permit | Sort::Plan | Sort::Undecided)
}

impl Around {
    fn verdict(&self, said: Said) -> Option<Stance> {
        let said = if self.is_excepted { said.negated() } else { said };
        let stance = match said {
            Said::Forbidden if self.amount == Amount::Much => Stance::Limits,
            Said::Forbidden => Stance::Forbids,
            Said::Permitted | Said::Planned if self.amount == Amount::Little => Stance::Little,
            Said::Permitted => Stance::Permits,
            Said::Planned => Stance::Plans,
        };
        self.judged(stance)
    }

    /// A restriction that holds only in some condition is none.
    fn judged(&self, stance: Stance) -> Option<Stance> {
        (!self.is_conditional || matches!(stance, Stance::Permits | Stance::Plans)).then_some(stance)
    }
}
