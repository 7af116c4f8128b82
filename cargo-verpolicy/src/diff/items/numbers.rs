//! Generic parameters of a function go by their numbers. Where some came or went, the others have new ones.

use crate::model::Function;
use std::collections::BTreeSet;

/// Of more parameters the numbers are left as they are.
const MAX: usize = 8;

/// The old function with the numbers that its parameters have in the new one: of all ways to leave some out, the one by
/// which the two differ least. `None` where both have equally many.
pub(super) fn of(old: &Function, new: &Function) -> Option<Function> {
    let (was, is) = (old.generics.params.len(), new.generics.params.len());
    if was == is || was.max(is) > MAX {
        return None;
    }
    let (few, many) = (was.min(is), was.max(is));
    let chosen = (0_u32..1 << many).filter(|mask| mask.count_ones() as usize == few);
    let numbers = chosen.map(|mask| {
        let (in_it, out): (Vec<usize>, Vec<usize>) = (0..many).partition(|n| mask >> n & 1 == 1);
        if was < is {
            return in_it;
        }
        // Those that stay count up, the others come behind all new ones.
        let position = |n: usize| in_it.iter().position(|kept| *kept == n);
        let behind = |n: usize| out.iter().position(|gone| *gone == n).map_or(n, |at| is + at);
        (0..many).map(|n| position(n).unwrap_or_else(|| behind(n))).collect()
    });
    numbers.map(|numbers| renumbered(old, &numbers)).min_by_key(|candidate| differences(candidate, new))
}

fn renumbered(old: &Function, numbers: &[usize]) -> Function {
    let mut out = old.clone();
    for text in out.receiver.iter_mut().chain(&mut out.params).chain([&mut out.ret]) {
        *text = rewritten(text, numbers);
    }
    out.generics.bounds = out.generics.bounds.iter().map(|bound| rewritten(bound, numbers)).collect();
    out
}

/// The text with every word `F0` under its new number.
fn rewritten(text: &str, numbers: &[usize]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut word = String::new();
    let end = |word: &mut String, out: &mut String| {
        let number = word.strip_prefix('F').and_then(|digits| digits.parse::<usize>().ok());
        match number.and_then(|number| numbers.get(number)) {
            Some(number) => out.push_str(&format!("F{number}")),
            None => out.push_str(word),
        }
        word.clear();
    };
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' {
            word.push(c);
            continue;
        }
        end(&mut word, &mut out);
        out.push(c);
    }
    end(&mut word, &mut out);
    out
}

fn differences(old: &Function, new: &Function) -> usize {
    let bounds = old.generics.bounds.symmetric_difference(&new.generics.bounds).count();
    let types = |function: &Function| -> BTreeSet<String> { function.params.iter().cloned().collect() };
    let params = types(old).symmetric_difference(&types(new)).count();
    bounds + params + usize::from(old.ret != new.ret)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::GenericsForm;

    fn function(params: &[&str], bounds: &[&str], generics: usize) -> Function {
        let owned = |list: &[&str]| -> Vec<String> { list.iter().map(|text| (*text).to_owned()).collect() };
        Function {
            params: owned(params),
            ret: "()".to_owned(),
            generics: GenericsForm {
                params: vec![("type".to_owned(), None); generics],
                bounds: owned(bounds).into_iter().collect(),
                ..GenericsForm::default()
            },
            ..Function::default()
        }
    }

    #[test]
    fn the_others_keep_their_bounds() {
        let old = function(&["F0", "a::F0"], &["F0: Clone", "Vec<F0>: Debug"], 1);
        let new = function(&["F0", "F1"], &["F0: Listener", "F1: Clone", "Vec<F1>: Debug"], 2);
        let shifted = of(&old, &new).unwrap();
        assert_eq!(shifted.generics.bounds, ["F1: Clone", "Vec<F1>: Debug"].map(str::to_owned).into());
        assert_eq!(shifted.params[0], "F1");
        let back = of(&new, &old).unwrap();
        assert!(back.generics.bounds.contains("F0: Clone") && back.generics.bounds.contains("F1: Listener"));
        assert_eq!(of(&old, &old), None);
    }
}
