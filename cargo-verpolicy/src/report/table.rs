//! The table of `list`: method, path, since, state, handler, place.

use super::list::state;
use crate::model::{Condition, Endpoint, EndpointKey};

const HEAD: [&str; 6] = ["METHOD", "PATH", "SINCE", "STATE", "HANDLER", "PLACE"];
/// What stands between two columns.
const GAP: usize = 2;
/// A path is cut to no fewer columns than this.
const SHORTEST: usize = 16;

/// The rows of one package; `ids` are the printed ids of the endpoints. Without a width nothing is cut; on a terminal the
/// handler goes first, then the place, then the middle of paths.
pub(super) fn table(endpoints: &[Endpoint], ids: &[String], width: Option<usize>, conditions: bool) -> String {
    let mut rows: Vec<[String; 6]> = endpoints.iter().zip(ids).map(|(endpoint, id)| row(endpoint, id)).collect();
    let width = width.unwrap_or(usize::MAX);
    let needed =
        |rows: &[[String; 6]], columns: &[usize]| columns.iter().map(|at| widest(rows, *at) + GAP).sum::<usize>();
    let mut columns = vec![0, 1, 2, 3, 4, 5];
    if needed(&rows, &columns) > width {
        for row in &mut rows {
            row[4] = short(&row[4]);
        }
    }
    for dropped in [4, 5] {
        if needed(&rows, &columns) > width {
            columns.retain(|column| *column != dropped);
        }
    }
    let over = needed(&rows, &columns).saturating_sub(width);
    if over > 0 {
        let room = widest(&rows, 1).saturating_sub(over).max(SHORTEST);
        for row in &mut rows {
            row[1] = cut(&row[1], room);
        }
    }
    let widths: Vec<usize> = columns.iter().map(|at| widest(&rows, *at)).collect();
    let mut out = line(&HEAD.map(str::to_owned), &columns, &widths);
    for (row, endpoint) in rows.iter().zip(endpoints) {
        out.push_str(&line(row, &columns, &widths));
        if conditions && endpoint.condition != Condition::Always {
            out.push_str(&format!("      when {}\n", endpoint.condition));
        }
    }
    out
}

fn row(endpoint: &Endpoint, id: &str) -> [String; 6] {
    let (method, path) = match &endpoint.key {
        EndpointKey::Http { .. } => id.split_once(' ').unwrap_or(("", id)),
        EndpointKey::Named { kind, .. } => (kind.word(), id),
    };
    let place = &endpoint.place;
    [
        method.to_owned(),
        path.to_owned(),
        endpoint.lifetime.since.as_ref().map_or_else(|| "-".to_owned(), |since| since.version.clone()),
        format!("{}{}", state(endpoint), conditional(&endpoint.condition)),
        endpoint.handler.clone().unwrap_or_default(),
        format!("{}:{}:{}", place.file, place.line, place.column),
    ]
}

/// `, cfg` or `, if` where it is not always there.
fn conditional(condition: &Condition) -> &'static str {
    match condition {
        Condition::Always => "",
        Condition::Flag(name) if name == "runtime" => ", if",
        _ => ", cfg",
    }
}

fn widest(rows: &[[String; 6]], column: usize) -> usize {
    let head = HEAD[column].len();
    rows.iter().map(|row| row[column].chars().count()).max().unwrap_or_default().max(head)
}

/// The last two segments of a path.
fn short(handler: &str) -> String {
    let mut segments: Vec<&str> = handler.rsplit("::").take(2).collect();
    segments.reverse();
    segments.join("::")
}

/// At most `room` characters, the middle left out.
fn cut(text: &str, room: usize) -> String {
    let count = text.chars().count();
    if count <= room {
        return text.to_owned();
    }
    let (head, tail) = ((room - 1) / 2, room - 1 - (room - 1) / 2);
    text.chars().take(head).chain(['…']).chain(text.chars().skip(count - tail)).collect()
}

fn line(row: &[String; 6], columns: &[usize], widths: &[usize]) -> String {
    let mut out = String::from("  ");
    for (column, width) in columns.iter().zip(widths) {
        let cell = &row[*column];
        out.push_str(cell);
        out.extend(std::iter::repeat_n(' ', width.saturating_sub(cell.chars().count()) + GAP));
    }
    out.truncate(out.trim_end().len());
    out.push('\n');
    out
}
