//! What code enters into tables from afar: `inventory::submit!`, linkme's `#[distributed_slice(TABLE)]`.

use super::evaluate::{Evaluation, address};
use super::frame::Frame;
use super::value::{Named, Value};
use crate::extract::crates::{ModuleId, Scope, Ty};
use crate::extract::framework::attribute;
use crate::syntax::facts::{Attr, GenericArg, Item, ItemKind, Name, Path};
use std::collections::BTreeMap;

impl<'a> Evaluation<'a> {
    /// The items of all packages that are built with the one that this body stands in.
    fn linked(&self, frame: &Frame<'a>) -> Vec<(&'a Item, ModuleId)> {
        let package = self.crates.package_of_module(frame.scope.module);
        let packages = package.into_iter().flat_map(|package| self.crates.built_with(package));
        let modules = packages.flat_map(|package| self.crates.modules_of(package));
        let modules = modules.filter(|module| !super::roots::only_in_tests(self.crates.condition_of(*module)));
        modules
            .flat_map(|module| self.crates.items_of(module).into_iter().map(move |(item, _)| (item, module)))
            .collect()
    }

    /// `inventory::iter::<T>`: what is submitted of this type.
    pub(super) fn submitted(&mut self, frame: &Frame<'a>, path: &Path) -> Value<'a> {
        let wanted = path.segments.last().and_then(|last| match last.args.first()? {
            GenericArg::Type(ty) => Some(self.crates.ty(&frame.scope, ty)),
            _ => None,
        });
        let Some(wanted @ Ty::Def(..)) = wanted else { return Value::Unknown };
        let mut out = Vec::new();
        for (item, module) in self.linked(frame) {
            let ItemKind::MacroCall { path, tokens } = &item.kind else { continue };
            if self.crates.macro_path(module, path) != "inventory::submit" {
                continue;
            }
            let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
            match self.constant(&scope, tokens) {
                value @ (Value::Struct(..) | Value::Of(_)) => {
                    if matches!(&value, Value::Struct(ty, _) | Value::Of(ty) if *ty == wanted) {
                        out.push(value);
                    }
                }
                // It may be of the type that is asked for.
                _ => return Value::Unknown,
            }
        }
        Value::List(out)
    }

    /// What `#[distributed_slice(TABLE)]` enters into the table of this name; `None` where nothing does.
    pub(super) fn distributed(&mut self, frame: &Frame<'a>, table: &Name) -> Option<Value<'a>> {
        let is_slice = |attr: &&Attr| attr.path.last().is_some_and(|name| name == "distributed_slice");
        let mut out = Vec::new();
        for (item, module) in self.linked(frame) {
            let enters = item
                .attrs
                .iter()
                .filter(is_slice)
                .filter_map(attribute::args)
                .any(|args| args.text.rsplit("::").next().is_some_and(|last| last.trim() == table.as_str()));
            if !enters {
                continue;
            }
            let scope = Scope { module, params: BTreeMap::new(), self_ty: None };
            match &item.kind {
                ItemKind::Static { value: Some(value), .. } => {
                    self.called.insert(address(item));
                    out.push(self.constant(&scope, value));
                }
                ItemKind::Fn(_) => {
                    let path = format!("{}::{}", self.crates.module_path(module), item.name);
                    let condition = self.crates.condition_of(module).clone();
                    let condition = condition.and(self.crates.given(module, &item.condition));
                    out.push(Value::Function(Box::new(Named { item, scope, path, condition })));
                }
                _ => {}
            }
        }
        (!out.is_empty()).then_some(Value::List(out))
    }
}
