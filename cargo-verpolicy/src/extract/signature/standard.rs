//! One path for what the standard library (and `libc`) offer under several.

use std::borrow::Cow;

/// The path by which a type or trait of the standard library goes, whatever path was written.
pub(super) fn standard_path(name: &str) -> Cow<'_, str> {
    for prefix in ["libc::", "std::os::raw::"] {
        match name.strip_prefix(prefix) {
            Some("size_t") => return "usize".into(),
            Some("ssize_t") => return "isize".into(),
            Some(rest) if rest.starts_with("c_") => return format!("std::ffi::{rest}").into(),
            _ => {}
        }
    }
    for prefix in ["std::os::unix::io::", "std::os::wasi::io::"] {
        if let Some(rest) = name.strip_prefix(prefix) {
            return format!("std::os::fd::{rest}").into();
        }
    }
    // `std::os::windows::prelude::AsRawSocket`
    for system in ["unix", "wasi", "windows"] {
        let last =
            name.strip_prefix("std::os::").and_then(|rest| rest.strip_prefix(system)?.strip_prefix("::prelude::"));
        if let Some((last, module)) = last.and_then(|last| Some((last, system_module(last)?))) {
            return match (system, module) {
                ("unix" | "wasi", "io") => format!("std::os::fd::{last}").into(),
                _ => format!("std::os::{system}::{module}::{last}").into(),
            };
        }
    }
    // `std::prelude::v1::Vec`
    if let Some(rest) = name.strip_prefix("std::prelude::")
        && let Some((_, last)) = rest.rsplit_once("::")
        && let Some(full) = crate::extract::crates::prelude(last)
    {
        return full.into();
    }
    // `std::collections::vec_deque::VecDeque`: the module of its iterators holds the type too.
    if let Some(rest) = name.strip_prefix("std::collections::")
        && let Some((module, last)) = rest.split_once("::")
        && last.to_lowercase() == module.replace('_', "")
    {
        return format!("std::collections::{last}").into();
    }
    match name {
        "std::collections::hash_map::RandomState" => "std::hash::RandomState".into(),
        "std::collections::hash_map::DefaultHasher" => "std::hash::DefaultHasher".into(),
        "std::string::ParseError" => "std::convert::Infallible".into(),
        "std::panic::PanicInfo" => "std::panic::PanicHookInfo".into(),
        _ => name.into(),
    }
}

/// The traits of the standard library that objects are made of.
pub(super) fn is_standard_object(name: &str) -> bool {
    matches!(
        name,
        "std::any::Any"
            | "std::borrow::Borrow"
            | "std::convert::AsMut"
            | "std::convert::AsRef"
            | "std::error::Error"
            | "std::fmt::Debug"
            | "std::fmt::Display"
            | "std::fmt::Write"
            | "std::future::Future"
            | "std::hash::Hasher"
            | "std::io::BufRead"
            | "std::io::Read"
            | "std::io::Seek"
            | "std::io::Write"
            | "std::iter::DoubleEndedIterator"
            | "std::iter::ExactSizeIterator"
            | "std::iter::Iterator"
            | "std::marker::Send"
            | "std::marker::Sync"
            | "std::ops::Deref"
            | "std::ops::Fn"
            | "std::ops::FnMut"
            | "std::ops::FnOnce"
            | "std::string::ToString"
    )
}

/// The module of `std::os::unix` and the like whence its prelude has a name.
fn system_module(last: &str) -> Option<&'static str> {
    let ends = |words: &[&str]| words.iter().any(|word| last.ends_with(word));
    match last {
        "OsStrExt" | "OsStringExt" => Some("ffi"),
        "CommandExt" | "ExitStatusExt" | "ChildExt" | "ExitCodeExt" => Some("process"),
        "JoinHandleExt" => Some("thread"),
        _ if ends(&["Fd", "Handle", "Socket"]) => Some("io"),
        _ if ends(&["Ext"]) => Some("fs"),
        _ => None,
    }
}
