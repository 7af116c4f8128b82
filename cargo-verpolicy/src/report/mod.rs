//! Report → bytes, a file a format; decides nothing.
