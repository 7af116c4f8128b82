//! Code in one form: what formatters change, what binds nothing and how locals are called does not show.
//!
//! | written | counts as |
//! |---|---|
//! | `=> { x }`, `\|a\| { x }` | `=> x,`, `\|a\| x` |
//! | `{ return x; }` | `{ return x }` |
//! | `((x))`, `-> ()` | `(x)`, nothing |
//! | `m![x]`, `m!{x}` | `m!(x)` |
//! | `A { b: _, .. }`, `A { b }` | `A {}`, `A { b: b }` |
//! | `pub`, attributes for the compiler alone, derives that no format reads | nothing |
//! | `info!("…");` and other macros of which `names` says that they only log | nothing |
//! | `use a::{b, c};`, `#[derive(A)] #[derive(B)]` | their parts, in any order |
//!
//! The result is hashed, not compiled: it need not be Rust, only be different for different code.

use super::locals::Locals;
use super::pieces::Pieces;

/// A part of the form.
pub(super) enum Piece<'a> {
    /// A token, or a part of one.
    Text(&'a str),
    /// A string, as the compiler reads it.
    String(String),
    /// A local, by its number.
    Local(u32),
    /// What a path names, by what that is.
    Named(u64),
    /// Tokens whose place does not count.
    Apart(Vec<&'a str>),
}

/// What stands around.
#[derive(Clone, Copy, Default)]
struct Within {
    /// Braces.
    braces: bool,
    /// The braces of a struct's literal or pattern.
    fields: bool,
    /// A macro call.
    call: bool,
    /// An attribute.
    attribute: bool,
    /// How many groups.
    depth: u32,
}

/// Groups nested deeper than this are taken as they stand.
const MAX_DEPTH: u32 = 64;

/// Attributes that speak to the compiler, or to tools, and change nothing that code does.
const QUIET: &[&str] =
    &["inline", "must_use", "cold", "track_caller", "doc", "rustfmt", "clippy", "instrument", "automatically_derived"];

/// Macros that only log, by their names in the crates that have them.
const LOGS: &[&str] =
    &["trace", "debug", "info", "warn", "error", "log", "event", "print", "println", "eprint", "eprintln"];

/// Derives that no format reads.
const PLAIN: &[&str] = &["Debug", "Clone", "Copy", "PartialEq", "Eq", "PartialOrd", "Ord", "Hash"];

/// What a path names, by its segments, or a method by `.` and its name; `None` where nobody knows: then a path counts
/// as it is written. Of a macro, behind `!`: anything where it only logs.
pub(crate) type Names<'n> = dyn FnMut(&[&str]) -> Option<u64> + 'n;

/// The form of a text.
pub(super) struct Form<'a, 'l, 'e, 'n> {
    pieces: Pieces<'a>,
    own: &'a str,
    locals: &'l mut Locals<'a>,
    names: &'l mut Names<'n>,
    each: &'e mut dyn FnMut(Piece<'a>),
}

impl<'a, 'l, 'e, 'n> Form<'a, 'l, 'e, 'n> {
    /// Gives the form of `text`, which defines `own`, piece by piece.
    pub(super) fn each(
        text: &'a str,
        own: &'a str,
        locals: &'l mut Locals<'a>,
        names: &'l mut Names<'n>,
        each: &'e mut dyn FnMut(Piece<'a>),
    ) {
        let pieces = Pieces::new(text);
        locals.bindings(&pieces);
        let end = pieces.len();
        let mut form = Self { pieces, own, locals, names, each };
        form.group(0, end, Within { braces: true, ..Within::default() });
    }

    fn give(&mut self, text: &'a str) {
        (self.each)(Piece::Text(text));
    }

    /// What stands between `start` and `end`, the delimiters apart.
    fn group(&mut self, start: usize, end: usize, within: Within) {
        let last = if within.braces { self.closing_semicolon(start, end) } else { end };
        let mut at = start;
        // Behind which comma, if one is due, the next piece stands.
        let mut comma = false;
        while at < last {
            if within.braces && (at == start || self.pieces.before(at) == ",") {
                let skipped = self.unbound(at, last);
                if skipped > at {
                    at = if self.pieces.text(skipped) == "," { skipped + 1 } else { skipped };
                    continue;
                }
            }
            if within.braces && self.pieces.text(at) == "," {
                // The last of a `where` clause.
                comma = self.pieces.text(at + 1) != "{";
                at += 1;
                continue;
            }
            if comma {
                self.give(",");
                comma = false;
            }
            at = self.piece(at, start, last, within);
        }
    }

    /// Gives what begins at `at`, and tells where the next begins.
    fn piece(&mut self, at: usize, start: usize, end: usize, within: Within) -> usize {
        let text = self.pieces.text(at);
        let begins = at == start || matches!(self.pieces.before(at), ";" | "}" | "{" | "]");
        if let Some(behind) = self.log(at) {
            if begins && self.pieces.text(behind) == ";" {
                return behind + 1;
            }
            if !begins {
                self.give("!");
            }
            return behind;
        }
        match text {
            "pub" => self.visibility(at),
            "use" if begins && self.pieces.text(at + 1) != "<" => self.imports(at, end),
            "#" => self.attribute(at, within),
            "-" if self.pieces.are(at, &["-", ">", "(", ")"]) => at + 4,
            "=" if self.pieces.are(at, &["=", ">", "{"]) => self.arm(at, end, within),
            "|" if self.pieces.text(at + 1) == "{" && self.is_expression(at + 1) => {
                self.give("|");
                self.inside(at + 1, within);
                self.pieces.behind(at + 1)
            }
            "(" | "[" | "{" => self.delimited(at, within),
            _ if text.contains('"') => {
                let raw = text.trim_start_matches(['b', 'c']).starts_with('r');
                if within.call {
                    self.captures(text, raw)
                } else {
                    self.string(text, raw)
                }
                at + 1
            }
            _ if text.starts_with(|first: char| first.is_alphabetic() || first == '_') => {
                self.word(at, start, end, within)
            }
            _ => {
                self.give(text);
                at + 1
            }
        }
    }

    /// What stands behind the call of a macro that only logs, if `at` begins one: `info!(…)`, `log::info!(…)`.
    fn log(&mut self, at: usize) -> Option<usize> {
        let first = self.pieces.text(at);
        let (segments, mark) = match self.pieces.text(at + 1) {
            "!" if LOGS.contains(&first) => (vec!["!", first], at + 1),
            ":" if matches!(first, "log" | "tracing") => (vec!["!", first, self.pieces.text(at + 3)], at + 4),
            _ => return None,
        };
        let called = self.pieces.text(mark) == "!" && self.pieces.opens(mark + 1);
        let apart = !matches!(self.pieces.before(at), "." | ":");
        (called && apart && (self.names)(&segments).is_some()).then(|| self.pieces.behind(mark + 1))
    }

    /// A string, or a part of one; the ends of its lines as the compiler reads them.
    fn string(&mut self, text: &'a str, raw: bool) {
        if !text.contains('\n') {
            self.give(text);
            return;
        }
        let mut out = String::with_capacity(text.len());
        let mut lines = text.split('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).peekable();
        let mut goes_on = false;
        while let Some(line) = lines.next() {
            let line = if goes_on { line.trim_start() } else { line };
            // A blank line behind a `\` is skipped with it.
            goes_on = goes_on && line.is_empty() || line.ends_with('\\') && !raw;
            match lines.peek() {
                Some(_) if goes_on => out.push_str(line.strip_suffix('\\').unwrap_or(line)),
                Some(_) => {
                    out.push_str(line);
                    out.push('\n');
                }
                None => out.push_str(line),
            }
        }
        (self.each)(Piece::String(out));
    }

    /// A group with its delimiters.
    fn delimited(&mut self, at: usize, within: Within) -> usize {
        let call = self.pieces.before(at) == "!";
        let close = self.pieces.partner(at);
        let nested = self.pieces.text(at) == "(" && self.pieces.text(at + 1) == "(" && {
            let inner = self.pieces.partner(at + 1);
            inner + 1 == close
                && inner > at + 2
                && self.pieces.find(at + 2, inner, |at| self.pieces.text(at) == ",").is_none()
        };
        if nested {
            return self.delimited(at + 1, within) + 1;
        }
        let closer = self.pieces.text(close);
        self.give(if call { "(" } else { self.pieces.text(at) });
        self.inside(at, Within { call: within.call || call, ..within });
        if !closer.is_empty() {
            self.give(if call { ")" } else { closer });
        }
        self.pieces.behind(at)
    }

    /// What stands between the delimiters of the group at `at`.
    fn inside(&mut self, at: usize, within: Within) {
        let close = self.pieces.partner(at);
        let braces = self.pieces.text(at) == "{";
        let before = self.pieces.before(at);
        let fields =
            braces && (before.starts_with(char::is_uppercase) || before == ">" && self.pieces.text(at - 2) != "=");
        let within = Within { braces, fields, depth: within.depth + 1, ..within };
        if within.depth > MAX_DEPTH {
            (at + 1..close).for_each(|at| self.give(self.pieces.text(at)));
        } else {
            self.group(at + 1, close, within);
        }
    }

    fn visibility(&self, at: usize) -> usize {
        let restricted = self.pieces.text(at + 1) == "("
            && matches!(self.pieces.text(at + 2), "crate" | "self" | "super" | "in")
            && self.pieces.text(at + 3) != ":";
        if restricted { self.pieces.behind(at + 1) } else { at + 1 }
    }

    /// `use …;`: its leaves, each by itself.
    fn imports(&mut self, at: usize, end: usize) -> usize {
        let close = self.pieces.find(at, end, |at| self.pieces.text(at) == ";").unwrap_or(end);
        let mut leaves = Vec::new();
        self.leaves(at + 1, close, &["use"], &mut leaves, 0);
        leaves.into_iter().for_each(|leaf| (self.each)(Piece::Apart(leaf)));
        close + 1
    }

    fn leaves(&self, start: usize, end: usize, base: &[&'a str], out: &mut Vec<Vec<&'a str>>, depth: u32) {
        let mut at = start;
        while at < end && depth < MAX_DEPTH {
            let stop = self.pieces.find(at, end, |at| self.pieces.text(at) == ",").unwrap_or(end);
            let mut path = base.to_vec();
            let mut list = None;
            for at in at..stop {
                match self.pieces.text(at) {
                    "{" => {
                        list = Some(at);
                        break;
                    }
                    ":" | "self" => {}
                    segment => path.push(segment),
                }
            }
            match list {
                Some(list) => self.leaves(list + 1, self.pieces.partner(list), &path, out, depth + 1),
                None => out.push(path),
            }
            at = stop + 1;
        }
    }

    /// An attribute: nothing where it is quiet, derives one by one.
    fn attribute(&mut self, at: usize, within: Within) -> usize {
        let open = if self.pieces.text(at + 1) == "!" { at + 2 } else { at + 1 };
        if self.pieces.text(open) != "[" {
            self.give("#");
            return at + 1;
        }
        let close = self.pieces.partner(open);
        let path: Vec<&str> =
            (open + 1..close).map(|at| self.pieces.text(at)).take_while(|text| !matches!(*text, "(" | "=")).collect();
        if path.first().zip(path.last()).is_some_and(|(first, last)| QUIET.contains(first) || QUIET.contains(last)) {
            return close + 1;
        }
        if path == ["derive"] {
            let mut at = open + 3;
            while at < close {
                let stop = self.pieces.find(at, close - 1, |at| self.pieces.text(at) == ",").unwrap_or(close - 1);
                let derive: Vec<&str> = (at..stop).map(|at| self.pieces.text(at)).collect();
                if let Some(name) = derive.last().filter(|name| !PLAIN.contains(name)) {
                    (self.each)(Piece::Apart(vec!["derive", name]));
                }
                at = stop + 1;
            }
            return close + 1;
        }
        self.give("#");
        self.delimited(open, Within { attribute: true, ..within })
    }

    /// `=> { … }`, an arm whose body is a block, as `=> …,`.
    fn arm(&mut self, at: usize, end: usize, within: Within) -> usize {
        self.give("=");
        self.give(">");
        self.inside(at + 2, within);
        let next = self.pieces.behind(at + 2);
        if next >= end || self.pieces.text(next) == "," {
            return next;
        }
        self.give(",");
        next
    }

    /// Is the block at `at` an expression alone?
    fn is_expression(&self, at: usize) -> bool {
        let close = self.pieces.partner(at);
        close > at + 1 && self.pieces.find(at + 1, close, |at| self.pieces.text(at) == ";").is_none()
    }

    /// Where a block ends: before the semicolon behind its last statement, if that leaves it.
    fn closing_semicolon(&self, start: usize, end: usize) -> usize {
        let mut begins = start;
        let mut at = start;
        while at < end {
            let next = self.pieces.behind(at);
            let leaves = matches!(self.pieces.text(begins), "return" | "break" | "continue");
            if self.pieces.text(at) == ";" {
                if next >= end && leaves {
                    return at;
                }
                begins = next;
            } else if self.pieces.text(at) == "{" && !leaves {
                begins = next;
            }
            at = next;
        }
        end
    }

    /// Behind a part of a struct's pattern that binds nothing: `name: _`, or `..` at the end.
    fn unbound(&self, at: usize, end: usize) -> usize {
        let closes = |behind: usize| behind >= end || self.pieces.text(behind) == ",";
        if self.pieces.are(at + 1, &[":", "_"]) && closes(at + 3) {
            return at + 3;
        }
        if self.pieces.are(at, &[".", "."]) && at + 2 >= end { at + 2 } else { at }
    }

    /// Gives a word, or the path that begins with it, and tells where the next piece begins.
    fn word(&mut self, at: usize, start: usize, end: usize, within: Within) -> usize {
        let (text, before, next) = (self.pieces.text(at), self.pieces.before(at), self.pieces.text(at + 1));
        let entry = within.braces && (at == start || before == ",");
        if within.fields && entry && (at + 1 >= end || next == ",") {
            self.give(text);
            self.give(":");
            self.local(text, at);
            return at + 1;
        }
        let field = before == "." && !self.pieces.end_before(at, &[".", "."]);
        let called = next == "!" && self.pieces.opens(at + 2);
        let inside = at > 0 && self.pieces.joins(at - 1);
        let member = entry && next == ":" && !self.pieces.joins(at + 1);
        if field || called || inside || member || before == "fn" {
            self.give(text);
            if field
                && next == "("
                && let Some(number) = (self.names)(&[".", text])
            {
                (self.each)(Piece::Named(number));
            }
            return at + 1;
        }
        self.path(at, end, within)
    }

    /// Gives the path that begins at `at`, as far as it goes without generic arguments.
    fn path(&mut self, at: usize, end: usize, within: Within) -> usize {
        let text = self.pieces.text(at);
        let mut segments = vec![text];
        let mut last = at;
        while last + 3 < end + 1 && self.pieces.are(last + 1, &[":", ":"]) {
            let segment = self.pieces.text(last + 3);
            if !segment.starts_with(|first: char| first.is_alphabetic() || first == '_') {
                break;
            }
            segments.push(segment);
            last += 3;
        }
        let (single, next) = (segments.len() == 1, self.pieces.text(last + 1));
        if single && text == self.own {
            self.give("Self");
        } else if let Some(number) = if single { self.locals.number(text, at) } else { None } {
            (self.each)(Piece::Local(number));
        } else {
            let asked = !within.attribute && (!single || next == "(" || text.starts_with(char::is_uppercase));
            let is_macro = next == "!" && self.pieces.opens(last + 2);
            let named = if asked && !is_macro { (self.names)(&segments) } else { None };
            match named {
                Some(number) => (self.each)(Piece::Named(number)),
                None => segments.into_iter().for_each(|segment| self.give(segment)),
            }
        }
        last + 1
    }

    fn local(&mut self, text: &'a str, at: usize) {
        match self.locals.number(text, at) {
            Some(number) => (self.each)(Piece::Local(number)),
            None => self.give(text),
        }
    }

    /// A string in a macro call: `{name}` in it can stand for a local.
    fn captures(&mut self, text: &'a str, raw: bool) {
        let mut rest = text;
        while let Some(open) = rest.find('{') {
            let (before, behind) = rest.split_at(open + 1);
            self.string(before, raw);
            let length = behind.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(behind.len());
            let (name, behind) = behind.split_at(length);
            if behind.starts_with(['}', ':']) && !name.is_empty() {
                self.local(name, usize::MAX);
            } else {
                self.give(name);
            }
            rest = behind;
        }
        self.string(rest, raw);
    }
}
