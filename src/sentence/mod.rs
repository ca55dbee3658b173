//! The sentence room.
