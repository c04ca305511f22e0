//! Files that fit and files that do not. They stand in a folder of their own, because they name kinds.

mod files;
