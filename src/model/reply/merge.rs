//! What of a reply comes into the case: three ways, field by field, tables cell by cell. The base
//! is what was sent; mine is what the case says now; theirs what the reply says.

use super::answered::{Answered, Sent, answered, plain};
use super::make::rows;
use super::settle::{Choice, Settled, Settling};
use super::{ReceivedReply, Reply, ReplyPlace, ReplyTrouble, may_fill, supplied_by};
use crate::model::case::{Case, is_shared};
use crate::model::check::{Place, Rules};
use crate::model::entry::{EntryError, fits};
use crate::model::form::{Field, Party};
use crate::model::note::Note;
use crate::model::value::{Value, Values};

/// The most rows that a table takes from a reply: no plan comes near it.
pub const MOST_ROWS: usize = 500;

/// The most fields and cells that are refused because they were not sent, or are too many: this program
/// writes none of them, and each is recorded.
const MOST_STRANGE: usize = 1_000;

/// What a reply would do to a case.
#[derive(Clone, Debug, PartialEq)]
pub struct Merging {
    /// Every field and cell that was changed there: the shared data first, then each paper.
    pub fields: Vec<MergedField>,
    /// What else is worth telling.
    pub notes: Vec<Note>,
}

/// A field or cell that was changed there.
#[derive(Clone, Debug, PartialEq)]
pub struct MergedField {
    /// Where, counted in the case.
    pub place: Place,
    /// The same place, by what never changes about it.
    pub name: ReplyPlace,
    /// What comes of it.
    pub outcome: Outcome,
}

/// What comes of a field that was changed there. An empty field is none.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Unchanged here: theirs is taken.
    Taken {
        /// What was sent, and stands here.
        base: Option<Value>,
        /// What they say.
        theirs: Option<Value>,
    },
    /// Changed here just as there.
    Same,
    /// Changed here and there: somebody has to choose.
    Conflict {
        /// What was sent.
        base: Option<Value>,
        /// What stands here.
        mine: Option<Value>,
        /// What they say.
        theirs: Option<Value>,
    },
    /// Not taken, whatever stands here.
    Refused {
        /// What they say.
        theirs: Option<Value>,
        /// Why.
        objection: Objection,
    },
}

/// Why something in a reply is not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Objection {
    /// Somebody else supplies it.
    NotTheirs,
    /// It was on none of the papers that were sent, or no form knows it.
    NotSent,
    /// The field does not take it.
    Unfit(EntryError),
    /// The table has more rows than any table has.
    TooManyRows,
}

impl Merging {
    /// What is entered, with what was chosen for the conflicts.
    ///
    /// # Errors
    /// The conflicts that nobody decided yet.
    pub fn settled(&self, choices: &[Choice]) -> Result<Settled, Vec<Place>> {
        let mut settling = Settling::default();
        for field in &self.fields {
            let chosen = || choices.iter().rev().find(|choice| choice.place == field.place);
            match &field.outcome {
                Outcome::Taken { theirs, .. } => settling.enter(&field.name, theirs.as_ref()),
                Outcome::Same => {}
                Outcome::Refused { .. } => settling.refuse(&field.name),
                Outcome::Conflict { theirs, .. } => match chosen() {
                    None => settling.ask(&field.place),
                    Some(choice) if choice.theirs => settling.enter(&field.name, theirs.as_ref()),
                    Some(_) => {}
                },
            }
        }
        settling.finish()
    }

    /// The places of the conflicts.
    pub fn conflicts(&self) -> impl Iterator<Item = &Place> {
        let conflicts = self.fields.iter().filter(|field| matches!(field.outcome, Outcome::Conflict { .. }));
        conflicts.map(|field| &field.place)
    }
}

/// What a reply would do to a case.
///
/// # Errors
/// Why the reply is none to this case, or is not what it says to be.
pub fn merge(case: &Case, rules: &Rules<'_>, reply: &Reply) -> Result<Merging, ReplyTrouble> {
    let mut notes = Vec::new();
    let papers = answered(case, rules, reply, &mut notes)?;
    let mut merger = Merger { party: reply.from.party, fields: Vec::new(), strange: 0 };
    for (key, theirs) in &reply.people {
        let paper = papers.iter().find(|paper| is_shared(key) && paper.field(key).is_some());
        let place = Place::field(key);
        match paper.and_then(|paper| Some((paper, paper.field(key)?))) {
            None => merger.refuse_unsent((place, None), theirs),
            Some((paper, field)) => {
                let sides = Sides { sent: paper.sent(key), mine: case.people.get(key), theirs };
                merger.field((place, None), field, &sides);
            }
        }
    }
    for paper in &papers {
        for (key, theirs) in &paper.replied.values {
            let place = (Place { document: Some(paper.at), ..Place::field(key) }, Some(paper.replied.id));
            match paper.field(key).filter(|_| !is_shared(key)) {
                None => merger.refuse_unsent(place, theirs),
                Some(field) => {
                    let mine = case.documents[paper.at].values.get(key);
                    merger.field(place, field, &Sides { sent: paper.sent(key), mine, theirs });
                }
            }
        }
    }
    if merger.strange > MOST_STRANGE {
        return Err(ReplyTrouble::Tampered);
    }
    notes.extend(taken_back(case, reply, &papers, &merger.fields));
    Ok(Merging { fields: merger.fields, notes })
}

/// A field in its three states.
struct Sides<'a> {
    sent: Sent<'a>,
    mine: Option<&'a Value>,
    theirs: &'a Value,
}

/// A place, and the identity of the document in it.
type Where = (Place, Option<u32>);

/// Finds what comes of each field.
struct Merger {
    party: Party,
    fields: Vec<MergedField>,
    /// How many of them this program would not have written.
    strange: usize,
}

impl Merger {
    fn add(&mut self, (place, document): Where, outcome: Outcome) {
        let name = ReplyPlace { document, field: place.field.clone(), cell: place.cell.clone() };
        self.fields.push(MergedField { place, name, outcome });
    }

    fn refuse(&mut self, place: Where, theirs: &Value, objection: Objection) {
        self.strange += 1;
        self.add(place, Outcome::Refused { theirs: plain(Some(theirs)), objection });
    }

    fn refuse_unsent(&mut self, place: Where, theirs: &Value) {
        if !theirs.is_empty() {
            self.refuse(place, theirs, Objection::NotSent);
        }
    }

    fn field(&mut self, place: Where, field: &Field, sides: &Sides<'_>) {
        let Sides { sent, mine, theirs } = sides;
        let is_rows = |value: &Value| matches!(value, Value::Rows(_)) || value.is_empty();
        match theirs {
            _ if field.columns().is_empty() => {
                let states = States { base: sent.base(theirs), mine: plain(*mine), theirs: plain(Some(theirs)) };
                self.compare(place, field, states, may_fill(field, None, self.party), true);
            }
            Value::Rows(theirs) if mine.is_none_or(is_rows) => {
                self.rows(&place, field, *sent, rows(*mine), theirs);
            }
            // Something else than a table stands where one should: nothing is put over it.
            Value::Rows(theirs) if sent.is_said_by(theirs) => {}
            _ if theirs.is_empty() => {}
            _ => self.refuse(place, theirs, Objection::Unfit(EntryError::WrongKind)),
        }
    }

    fn compare(&mut self, place: Where, field: &Field, states: States, may_fill: bool, is_certain: bool) {
        if let Some(outcome) = states.outcome(field, may_fill, is_certain) {
            self.add(place, outcome);
        }
    }

    fn rows(&mut self, place: &Where, table: &Field, sent: Sent<'_>, mine: &[Values], theirs: &[Values]) {
        let base = rows(sent.rows_sent());
        let is_certain = self.is_certain(table, sent, mine, theirs);
        let none = Values::new();
        for (at, row) in theirs.iter().enumerate() {
            let my_row = mine.get(at).unwrap_or(&none);
            // A row that was added here and one that was added there are two rows.
            let is_free = at < base.len() || my_row.values().all(Value::is_empty);
            for (key, cell) in row {
                let place = (Place { cell: Some((at, key.clone())), ..place.0.clone() }, place.1);
                match table.column(key) {
                    None => self.refuse_unsent(place, cell),
                    Some(_) if at >= MOST_ROWS && cell.is_empty() => {}
                    Some(_) if at >= MOST_ROWS => self.refuse(place, cell, Objection::TooManyRows),
                    Some(column) => {
                        let base = sent.base_of_cell(at, key, cell);
                        let states = States { base, mine: plain(my_row.get(key)), theirs: plain(Some(cell)) };
                        let may = may_fill(table, Some(column), self.party);
                        self.compare(place, column, states, may, is_certain && is_free);
                    }
                }
            }
        }
    }

    /// Whether row after row is the same row in all three states. Where rows were put in or taken
    /// away here, or there while cells stay here that they did not see or may not move, cells would
    /// come to stand beside those of another row: then every change is asked about.
    fn is_certain(&self, table: &Field, sent: Sent<'_>, mine: &[Values], theirs: &[Values]) -> bool {
        let is_said = |key: &str| {
            table.column(key).is_some_and(|column| may_fill(table, Some(column), self.party)) && !sent.has_left_out(key)
        };
        let stays = mine.iter().flatten().any(|(key, cell)| !cell.is_empty() && !is_said(key));
        let fixed = rows(sent.revision.values.get(sent.key));
        // Of the other columns nothing is said: only these tell how many rows there are.
        let before: Vec<Values> = rows(sent.rows_sent()).iter().map(|row| part(row, is_said)).collect();
        !(is_moved(fixed, mine) || stays && is_moved(&before, &filled_in(&before, theirs)))
    }
}

/// The cells of a row in these columns.
fn part(row: &Values, is_wanted: impl Fn(&str) -> bool) -> Values {
    row.iter().filter(|(key, _)| is_wanted(key)).map(|(key, cell)| (key.clone(), cell.clone())).collect()
}

/// Rows with what was filled in.
fn filled_in(before: &[Values], said: &[Values]) -> Vec<Values> {
    let none = Values::new();
    let row = |at: usize| {
        let mut row = before.get(at).unwrap_or(&none).clone();
        row.extend(said.get(at).unwrap_or(&none).clone());
        row
    };
    (0..before.len().max(said.len())).map(row).collect()
}

/// Whether rows were put in or taken away other than at the end.
fn is_moved(before: &[Values], after: &[Values]) -> bool {
    let last = |rows: &[Values]| rows.iter().rposition(|row| row.values().any(|cell| !cell.is_empty()));
    let none = Values::new();
    let is_changed = |at: usize| {
        let (before, after) = (&before[at], after.get(at).unwrap_or(&none));
        let keys = before.keys().chain(after.keys());
        keys.into_iter().any(|key| plain(before.get(key)) != plain(after.get(key)))
    };
    last(before) != last(after) && (0..before.len()).any(is_changed)
}

/// A value in its three states, each none where nothing stands.
struct States {
    base: Option<Value>,
    mine: Option<Value>,
    theirs: Option<Value>,
}

impl States {
    /// What comes of it; none where nothing was changed there.
    fn outcome(self, field: &Field, may_fill: bool, is_certain: bool) -> Option<Outcome> {
        let Self { base, mine, theirs } = self;
        if theirs == base {
            return None;
        }
        if theirs == mine {
            return Some(Outcome::Same);
        }
        let unfit = || theirs.as_ref().and_then(|theirs| fits(field, theirs).err());
        let objection = if may_fill { unfit().map(Objection::Unfit) } else { Some(Objection::NotTheirs) };
        Some(match objection {
            Some(objection) => Outcome::Refused { theirs, objection },
            None if mine == base && is_certain => Outcome::Taken { base, theirs },
            None => Outcome::Conflict { base, mine, theirs },
        })
    }
}

/// What was taken from an earlier answer to the same package, still stands, and is as it was sent in
/// this one; but for what the paper that is answered says already.
fn taken_back(case: &Case, reply: &Reply, papers: &[Answered<'_>], fields: &[MergedField]) -> Option<Note> {
    let is_earlier =
        |earlier: &&ReceivedReply| earlier.package == reply.package && earlier.from.party == reply.from.party;
    let mut labels = Vec::new();
    for taken in case.replies.iter().filter(is_earlier).flat_map(|earlier| &earlier.taken) {
        let stands = supplied_by(case, &taken.place.in_case(case)).as_ref().is_some_and(is_earlier);
        let is_said = fields.iter().any(|field| field.name == taken.place);
        let is_on = |paper: &&Answered<'_>| taken.place.document.is_none_or(|id| id == paper.replied.id);
        let paper = papers.iter().filter(is_on).find_map(|paper| Some((paper, paper.field(&taken.place.field)?)));
        let Some((paper, field)) = paper.filter(|_| stands && !is_said) else { continue };
        let label = match &taken.place.cell {
            Some((_, column)) => field.column(column).map_or(&field.label, |column| &column.label),
            None => &field.label,
        };
        if !says_already(case, paper, &taken.place) && !labels.contains(label) {
            labels.push(label.clone());
        }
    }
    (!labels.is_empty()).then_some(Note::RepliedAsSent { labels })
}

/// Whether a paper was sent with what stands in the case now.
fn says_already(case: &Case, paper: &Answered<'_>, place: &ReplyPlace) -> bool {
    let values = if place.document.is_some() { &case.documents[paper.at].values } else { &case.people };
    let at = |whole: Option<&Value>| match &place.cell {
        Some((row, column)) => plain(rows(whole).get(*row).and_then(|row| row.get(column))),
        None => plain(whole),
    };
    at(values.get(&place.field)) == at(paper.sent(&place.field).whole())
}
