//! The mention room.
