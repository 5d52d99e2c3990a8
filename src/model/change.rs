//! What a step of editing did to a case, for naming it in the menu.

/// What a step did; its name stands in the menu.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// A field was typed into, ticked or chosen.
    Field,
    /// A row was added to a table.
    RowAdded,
    /// A row was removed from a table.
    RowRemoved,
    /// A row was moved within a table.
    RowMoved,
    /// A cell was filled from the one above it.
    FilledDown,
    /// Several shared fields were taken from the list of the hospital.
    FromDirectory,
    /// A substitute for print was given.
    Substitute,
    /// A document was added.
    DocumentAdded,
    /// A document was removed.
    DocumentRemoved,
    /// A suggestion was set aside, or taken back.
    SetAside,
    /// What somebody outside filled in was taken in.
    Reply,
    /// The whole case was replaced: by a backup, or by what is in the file.
    Replaced,
}
