//! A committed, human-readable file per package: a versioned mirror of the model.
