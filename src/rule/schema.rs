//! The JSON Schema of rule packs: what any rule may hold, and for each kind its own keys.

use super::{Kind, PACK_KEYS, pack::COMMON_KEYS};
use crate::settings::{self, Key};
use serde_json::{Value, json};

/// The schema of a pack that may use these kinds.
pub fn json_schema(kinds: &[&'static Kind]) -> Value {
    let mut schema = settings::json_schema("copydesk rule pack", PACK_KEYS);
    let rules: Vec<Value> = kinds.iter().map(|kind| rule(kind)).collect();
    let rule = &mut schema["properties"]["rule"];
    let description = rule["description"].take();
    *rule = json!({"type": "array", "items": {"anyOf": rules}, "description": description});
    schema
}

/// The schema of a rule of one kind.
fn rule(kind: &Kind) -> Value {
    let keys: Vec<Key> = COMMON_KEYS.iter().chain(kind.keys).copied().collect();
    let mut schema = settings::json_schema(kind.name, &keys);
    schema["properties"]["kind"] = json!({"const": kind.name, "description": kind.about()});
    if let Some(schema) = schema.as_object_mut() {
        // What the whole schema has once.
        schema.remove("$schema");
        schema.remove("$defs");
    }
    schema
}
