//! JSON Schema from key tables, so that a TOML editor completes keys and values.

use super::{Key, Shape, languages};
use serde_json::{Map, Value, json};

/// The JSON Schema (2020-12) of a file whose top level holds these keys.
pub fn json_schema(title: &str, keys: &[Key]) -> Value {
    let mut schema = Map::new();
    schema.insert("$schema".into(), json!("https://json-schema.org/draft/2020-12/schema"));
    schema.insert("title".into(), json!(title));
    if let Value::Object(table) = table(keys) {
        schema.extend(table);
    }
    // A tag: the first form is what an editor completes, the second has regions and scripts.
    let tags: Vec<_> = languages().collect();
    let tag = json!({"anyOf": [{"enum": tags}, {"type": "string", "pattern": "^[A-Za-z]{2,3}([-_][A-Za-z0-9]+)*$"}]});
    schema.insert("$defs".into(), json!({"language": tag}));
    Value::Object(schema)
}

fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> = keys
        .iter()
        .map(|key| {
            let mut value = shape(&key.shape);
            if let Value::Object(object) = &mut value {
                object.insert("description".into(), json!(key.doc));
            }
            (key.name.to_owned(), value)
        })
        .collect();
    let required: Vec<_> = keys.iter().filter(|key| key.required).map(|key| key.name).collect();
    json!({"type": "object", "additionalProperties": false, "properties": properties, "required": required})
}

fn shape(of: &Shape) -> Value {
    match of {
        Shape::Text => json!({"type": "string"}),
        Shape::Language => json!({"$ref": "#/$defs/language"}),
        Shape::Bool => json!({"type": "boolean"}),
        Shape::Integer => json!({"type": "integer"}),
        Shape::Number => json!({"type": "number"}),
        Shape::Date => json!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
        Shape::OneOf(names) => json!({"enum": names}),
        Shape::List(item) => json!({"anyOf": [{"type": "array", "items": shape(item)}, shape(item)]}),
        Shape::ByLanguage(item) => {
            let tags = json!({"anyOf": [{"$ref": "#/$defs/language"}, {"const": ""}]});
            json!({"anyOf": [shape(item), {"type": "object", "propertyNames": tags, "additionalProperties": shape(item)}]})
        }
        Shape::Map(item) => json!({"type": "object", "additionalProperties": shape(item)}),
        Shape::Table(keys) => table(keys),
        Shape::Either(shapes) => json!({"anyOf": shapes.iter().map(shape).collect::<Vec<_>>()}),
        Shape::Any => json!({}),
    }
}
