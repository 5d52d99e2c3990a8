//! What the entry side shows.

/// A tab of the entry side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Tab {
    /// How far the case has come: the steps, the signatures, the plan.
    Progress,
    /// Shared data.
    #[default]
    Shared,
    /// A document, by its place in the case.
    Document(usize),
}

impl Tab {
    /// The document, if it is one.
    #[must_use]
    pub fn document(self) -> Option<usize> {
        match self {
            Self::Document(at) => Some(at),
            Self::Progress | Self::Shared => None,
        }
    }

    /// Where a field of this document, or of the shared data, is entered.
    #[must_use]
    pub fn of(document: Option<usize>) -> Self {
        document.map_or(Self::Shared, Self::Document)
    }

    /// The tab after this one, or before it, of a case with so many documents; after the last one
    /// comes the first.
    #[must_use]
    pub fn next(self, documents: usize, forward: bool) -> Self {
        let count = documents + 2;
        let at = match self {
            Self::Progress => 0,
            Self::Shared => 1,
            Self::Document(at) => at + 2,
        };
        match if forward { at + 1 } else { at + count - 1 } % count {
            0 => Self::Progress,
            1 => Self::Shared,
            at => Self::Document(at - 2),
        }
    }
}
