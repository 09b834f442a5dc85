//! Owns changing the list of rules: a rule moves with the comments before it and the tables below it.

use super::{EditError, Place, RuleForm, hint};
use crate::policy::Rule;
use toml_edit::{ArrayOfTables, DocumentMut, Item, Table};

pub(super) fn add(document: &mut DocumentMut, rule: &str, at: &Place) -> Result<(), EditError> {
    let mut rules = take(document)?;
    let at = place(&rules, at)?;
    let mut table = read(rule)?;
    table.decor_mut().set_prefix("\n");
    rules.insert(at, table);
    put(document, rules);
    Ok(())
}

pub(super) fn replace(document: &mut DocumentMut, rule: &str, by: &str) -> Result<(), EditError> {
    let mut rules = take(document)?;
    let at = find(&rules, rule)?;
    let mut table = read(by)?;
    if let Some(old) = rules.get(at) {
        *table.decor_mut() = old.decor().clone();
    }
    rules[at] = table;
    put(document, rules);
    Ok(())
}

pub(super) fn fill(
    document: &mut DocumentMut,
    rule: &str,
    form: &RuleForm,
) -> Result<(), EditError> {
    let mut rules = take(document)?;
    let at = find(&rules, rule)?;
    form.fill(&mut rules[at]);
    put(document, rules);
    Ok(())
}

pub(super) fn remove(document: &mut DocumentMut, rule: &str) -> Result<(), EditError> {
    let mut rules = take(document)?;
    let at = find(&rules, rule)?;
    rules.remove(at);
    put(document, rules);
    Ok(())
}

pub(super) fn shift(document: &mut DocumentMut, rule: &str, to: &Place) -> Result<(), EditError> {
    let mut rules = take(document)?;
    let from = find(&rules, rule)?;
    let to = place(&rules, to)?;
    let table = rules.remove(from);
    rules.insert(if to > from { to - 1 } else { to }, table);
    put(document, rules);
    Ok(())
}

/// The rules, in order.
fn take(document: &DocumentMut) -> Result<Vec<Table>, EditError> {
    match document.get("rule") {
        None => Ok(Vec::new()),
        Some(Item::ArrayOfTables(rules)) => Ok(rules.iter().cloned().collect()),
        Some(_) => Err(EditError::Inline),
    }
}

/// The rules in this order. Tables are written by their position, so each gets a new one, and those within it the same.
fn put(document: &mut DocumentMut, rules: Vec<Table>) {
    let mut list = ArrayOfTables::new();
    for (number, mut rule) in (1..).zip(rules) {
        number_all(&mut rule, number);
        list.push(rule);
    }
    if list.is_empty() {
        document.remove("rule");
    } else {
        document.insert("rule", Item::ArrayOfTables(list));
    }
}

fn number_all(table: &mut Table, number: isize) {
    table.set_position(Some(number));
    for (_, item) in table.iter_mut() {
        if let Some(table) = item.as_table_mut() {
            number_all(table, number);
        }
    }
}

/// What stands under a `[[rule]]`; the header itself may stand there too.
fn read(text: &str) -> Result<Table, EditError> {
    let wrong = |error: toml_edit::TomlError| EditError::Rule(error.message().to_owned());
    let mut document = text.parse::<DocumentMut>().map_err(wrong)?;
    let mut table = match document.remove("rule") {
        None => document.as_table().clone(),
        Some(Item::ArrayOfTables(rules)) if rules.len() == 1 && document.is_empty() => {
            rules.iter().next().cloned().unwrap_or_default()
        }
        Some(_) => return Err(EditError::Rule("one rule is wanted, and nothing beside it".into())),
    };
    table.set_implicit(false);
    Ok(table)
}

fn find(rules: &[Table], wanted: &str) -> Result<usize, EditError> {
    let names: Vec<&str> = rules.iter().filter_map(name).collect();
    let by_place = || {
        let number: usize = wanted.strip_prefix('#')?.parse().ok()?;
        number.checked_sub(1).filter(|at| *at < rules.len())
    };
    if let Some(at) = by_place() {
        return Ok(at);
    }
    let by_name = rules.iter().position(|rule| name(rule) == Some(wanted));
    let by_number = || {
        let known = |at: &usize| wanted == (at + 1).to_string() || wanted == Rule::number(*at);
        (0..rules.len()).find(known)
    };
    by_name
        .or_else(by_number)
        .ok_or_else(|| EditError::NoRule { wanted: wanted.into(), hint: hint(wanted, &names) })
}

fn name(rule: &Table) -> Option<&str> {
    rule.get("name")?.as_str()
}

/// Before which rule that is.
fn place(rules: &[Table], place: &Place) -> Result<usize, EditError> {
    Ok(match place {
        Place::First => 0,
        Place::Last => rules.len(),
        Place::Before(rule) => find(rules, rule)?,
        Place::After(rule) => find(rules, rule)? + 1,
    })
}
