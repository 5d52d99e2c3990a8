//! What the start page keeps from frame to frame: the cases, which of them are shown in which
//! order, and what is coming up in all of them.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::model::failure::Failure;
use crate::model::follow_up::{FollowUp, Urgency};
use crate::model::search::{Query, fold};
use crate::store::folder::{Listed, Summary};

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SortBy {
    /// What is due first; what has no day comes last.
    Due,
    /// フリガナ, or the name where there is none.
    Name,
    /// ケース番号.
    Number,
    /// The employer.
    Company,
    /// The last change, the newest first.
    Changed,
}

impl SortBy {
    /// Every order.
    pub const ALL: [Self; 5] = [Self::Due, Self::Name, Self::Number, Self::Company, Self::Changed];
}

/// Which cases are looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shelf {
    /// Those under way, and what cannot be read.
    #[default]
    Open,
    /// Those that ended.
    Closed,
}

impl Shelf {
    /// Every shelf.
    pub const ALL: [Self; 2] = [Self::Open, Self::Closed];

    fn of(listed: &Listed) -> Self {
        match &listed.what {
            Ok(summary) if summary.outcome().is_some() => Self::Closed,
            _ => Self::Open,
        }
    }
}

/// A case that was never saved and that a draft was kept of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unsaved {
    /// The draft.
    pub path: PathBuf,
    /// The patient's name, or the case number.
    pub name: String,
    /// When it was written.
    pub saved_at: String,
}

/// A line of what is coming up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Coming {
    /// How soon what follows is, and how much it is.
    Heading(Urgency, usize),
    /// A day of a case: the place of the case in the list, and of the day in the case.
    Day(usize, usize),
}

/// The start page with what it keeps from frame to frame.
pub struct StartPage {
    /// The folder.
    pub folder: Option<PathBuf>,
    /// How much of it is read, of how much; none when all is.
    pub loading: Option<(usize, usize)>,
    /// Why the folder cannot be read.
    pub trouble: Option<Failure>,
    /// Cases that were never saved.
    pub unsaved: Vec<Unsaved>,
    /// The search has to get the keyboard.
    pub wants_search: bool,
    pub(super) listed: Vec<Listed>,
    /// The whole folder was read.
    pub(super) is_complete: bool,
    pub(super) search: String,
    pub(super) sort: SortBy,
    pub(super) shelf: Shelf,
    /// The file names, folded.
    names: Vec<String>,
    /// All cases in their order: typing into the search only picks from it.
    order: Vec<usize>,
    pub(super) shown: Vec<usize>,
    pub(super) selected: Option<usize>,
    pub(super) coming: Vec<Coming>,
    /// How many cases stand on each shelf.
    pub(super) counts: [usize; 2],
    today: NaiveDate,
}

impl Default for StartPage {
    fn default() -> Self {
        Self {
            folder: None,
            loading: None,
            trouble: None,
            unsaved: Vec::new(),
            wants_search: false,
            listed: Vec::new(),
            is_complete: true,
            search: String::new(),
            sort: SortBy::Due,
            shelf: Shelf::Open,
            names: Vec::new(),
            order: Vec::new(),
            shown: Vec::new(),
            selected: None,
            coming: Vec::new(),
            counts: [0; 2],
            today: NaiveDate::MIN,
        }
    }
}

impl StartPage {
    /// The files of the folder.
    #[must_use]
    pub fn listed(&self) -> &[Listed] {
        &self.listed
    }

    /// Whether these are all: reading was not broken off.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.is_complete
    }

    /// What is shown of the cases, in the order of the list.
    pub fn shown(&self) -> impl Iterator<Item = &Listed> {
        self.shown.iter().map(|at| &self.listed[*at])
    }

    /// Takes over what was found in the folder.
    pub fn take(&mut self, listed: Vec<Listed>, is_complete: bool) {
        self.listed = listed;
        self.is_complete = is_complete;
        self.look_over();
    }

    /// One file was written: its line is brought up to date.
    pub fn update(&mut self, one: Listed) {
        if one.path.parent() != self.folder.as_deref() {
            return;
        }
        match self.listed.iter_mut().find(|other| other.path == one.path) {
            Some(other) => *other = one,
            None => self.listed.push(one),
        }
        self.look_over();
    }

    /// Looks for something else.
    pub fn set_search(&mut self, search: String) {
        self.search = search;
        self.pick();
    }

    /// The day may be another one since the last frame.
    pub(super) fn set_today(&mut self, today: NaiveDate) {
        if self.today != today {
            self.today = today;
            self.look_over();
        }
    }

    pub(super) fn set_order(&mut self, sort: SortBy, chosen: Shelf) {
        if (self.sort, self.shelf) != (sort, chosen) {
            (self.sort, self.shelf) = (sort, chosen);
            self.arrange();
        }
    }

    /// The case and the day of a line of what is coming up.
    pub(super) fn day(&self, at: usize, day: usize) -> Option<(&Path, &Summary, &FollowUp)> {
        let listed = self.listed.get(at)?;
        let summary = listed.what.as_ref().ok()?;
        Some((&listed.path, summary, summary.days.get(day)?))
    }

    /// The cases or the day are other ones.
    fn look_over(&mut self) {
        self.names = self.listed.iter().map(|one| fold(&file_name(&one.path))).collect();
        self.counts = Shelf::ALL.map(|shelf| self.listed.iter().filter(|one| Shelf::of(one) == shelf).count());
        self.look_ahead();
        self.arrange();
    }

    /// Finds what is coming up within a month.
    fn look_ahead(&mut self) {
        let mut days = Vec::new();
        for (at, one) in self.listed.iter().enumerate() {
            let all = one.what.as_ref().map(|summary| summary.days.as_slice()).unwrap_or_default();
            let is_near = |day: &FollowUp| Urgency::of(day.on, self.today) < Urgency::Later && day.matters(self.today);
            days.extend(all.iter().enumerate().filter(|(_, day)| is_near(day)).map(|(n, day)| (day.on, at, n)));
        }
        days.sort_unstable();
        self.coming.clear();
        for same in days.chunk_by(|(a, ..), (b, ..)| Urgency::of(*a, self.today) == Urgency::of(*b, self.today)) {
            self.coming.push(Coming::Heading(Urgency::of(same[0].0, self.today), same.len()));
            self.coming.extend(same.iter().map(|(_, at, day)| Coming::Day(*at, *day)));
        }
    }

    /// Brings the cases into their order.
    fn arrange(&mut self) {
        let (listed, today) = (&self.listed, self.today);
        let case = |at: &usize| listed[*at].what.as_ref().ok();
        let text = |at: &usize, of: fn(&Summary) -> &str| case(at).map_or("", of);
        // What cannot be read is most urgent of all.
        let due = |at: &usize| case(at).map(|case| (case.due(today).unwrap_or(NaiveDate::MAX), case.sort_name()));
        let mut order: Vec<usize> = (0..listed.len()).collect();
        match self.sort {
            SortBy::Due => order.sort_by_cached_key(due),
            SortBy::Name => order.sort_by_cached_key(|at| text(at, Summary::sort_name)),
            SortBy::Number => order.sort_by_cached_key(|at| text(at, |summary| &summary.number)),
            SortBy::Company => order.sort_by_cached_key(|at| text(at, |summary| &summary.company)),
            SortBy::Changed => order.sort_by_key(|at| Reverse(listed[*at].changed)),
        }
        self.order = order;
        self.pick();
    }

    /// Picks what is shown.
    fn pick(&mut self) {
        let query = Query::new(&self.search);
        let is_found = |at: usize| {
            let folded = self.listed[at].what.as_ref().map(|summary| summary.folded.as_str()).unwrap_or_default();
            query.is_in(&[folded, &self.names[at]])
        };
        let is_shown = |at: &usize| Shelf::of(&self.listed[*at]) == self.shelf && is_found(*at);
        self.shown = self.order.iter().copied().filter(is_shown).collect();
        self.selected = None;
    }
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}
