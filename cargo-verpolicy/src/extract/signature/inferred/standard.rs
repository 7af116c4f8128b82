//! What is known of the standard library's types.

use super::auto::{Need, REF_UNWIND_SAFE, SEND, SIZED, SYNC, UNPIN, UNWIND_SAFE};

/// Which auto traits a type of the standard library lacks whatever its arguments, and what it asks of them.
pub(super) fn auto(name: &str, need: Need) -> (&'static [usize], Need) {
    let mut of_args = need;
    of_args[SIZED] = 0;
    let none = Need::default();
    // `T: RefUnwindSafe` makes a shared pointer to it unwind safe.
    let shared = |need: Need| {
        let mut out = none;
        out[REF_UNWIND_SAFE] = need[UNWIND_SAFE] | need[REF_UNWIND_SAFE];
        out
    };
    let only = |pairs: &[(usize, u8)]| {
        let mut out = none;
        for (of, bits) in pairs {
            out[*of] = *bits;
        }
        out
    };
    let last = name.rsplit("::").next().unwrap_or_default();
    let module = name.strip_suffix(last).unwrap_or_default();
    match (module, last) {
        ("std::rc::", "Rc" | "Weak") => (&[SEND, SYNC], shared(need)),
        ("std::sync::", "Arc" | "Weak") => {
            let mut out = shared(need);
            out[SEND] = need[SEND] | need[SYNC];
            out[SYNC] = need[SEND] | need[SYNC];
            (&[], out)
        }
        ("std::boxed::", "Box") => {
            of_args[UNPIN] = 0;
            (&[], of_args)
        }
        ("std::cell::", "Cell" | "RefCell" | "UnsafeCell" | "OnceCell" | "LazyCell") => {
            (&[SYNC, REF_UNWIND_SAFE], of_args)
        }
        ("std::cell::", "Ref" | "RefMut") => (&[SEND, SYNC], none),
        ("std::sync::", "Mutex") => (&[], only(&[(SEND, need[SEND] | need[SYNC]), (UNPIN, need[UNPIN])])),
        ("std::sync::", "RwLock") => {
            (&[], only(&[(SEND, need[SEND] | need[SYNC]), (SYNC, need[SYNC]), (UNPIN, need[UNPIN])]))
        }
        ("std::sync::", "OnceLock" | "LazyLock") => {
            of_args[SEND] = need[SEND] | need[SYNC];
            (&[], of_args)
        }
        ("std::sync::", "MutexGuard" | "RwLockReadGuard" | "RwLockWriteGuard" | "MappedMutexGuard") => {
            (&[SEND], only(&[(SYNC, need[SYNC])]))
        }
        ("std::sync::mpsc::", "Sender" | "SyncSender") => (&[], only(&[(SEND, need[SEND] | need[SYNC])])),
        ("std::sync::mpsc::", "Receiver") => (&[SYNC], only(&[(SEND, need[SEND])])),
        ("std::sync::atomic::", _) | ("std::thread::", "JoinHandle" | "ScopedJoinHandle") => (&[], none),
        ("std::ptr::", "NonNull") => (&[SEND, SYNC], shared(need)),
        ("std::marker::", "PhantomPinned") => (&[UNPIN], none),
        ("std::task::", "Context" | "LocalWaker") | ("std::env::", "Args" | "ArgsOs" | "Vars" | "VarsOs") => {
            (&[SEND, SYNC], none)
        }
        ("std::io::", "Error") => (&[UNWIND_SAFE, REF_UNWIND_SAFE], none),
        ("std::path::", "Path") | ("std::ffi::", "OsStr" | "CStr") => (&[SIZED], none),
        _ => (&[], of_args),
    }
}

/// Is a type of the standard library invariant in its type arguments? All others are covariant.
pub(super) fn is_invariant(name: &str) -> bool {
    let last = name.rsplit("::").next().unwrap_or_default();
    matches!(
        last,
        "Cell"
            | "RefCell"
            | "UnsafeCell"
            | "OnceCell"
            | "LazyCell"
            | "RefMut"
            | "Mutex"
            | "RwLock"
            | "OnceLock"
            | "LazyLock"
            | "MutexGuard"
            | "RwLockWriteGuard"
            | "AtomicPtr"
            | "IterMut"
            | "ValuesMut"
            | "Sender"
            | "SyncSender"
            | "Receiver"
            | "Context"
            | "Formatter"
    )
}

/// Marker traits of a trait object's bounds, by their number.
pub(super) fn marker(name: &str) -> Option<usize> {
    Some(match name {
        "std::marker::Send" => SEND,
        "std::marker::Sync" => SYNC,
        "std::marker::Unpin" => UNPIN,
        "std::panic::UnwindSafe" => UNWIND_SAFE,
        "std::panic::RefUnwindSafe" => REF_UNWIND_SAFE,
        _ => return None,
    })
}
