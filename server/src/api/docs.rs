//! The API for people: one page, nothing loaded from elsewhere.

use std::sync::LazyLock;

use app::pages::public::api::{Operation, Parameter, api};
use app::respond;
use app::visit::Visit;
use axum::response::Response;
use serde_json::Value;

use super::openapi::description;
use super::problem::PROBLEMS;

static OPERATIONS: LazyLock<Vec<Operation>> = LazyLock::new(|| {
    let all = serde_json::to_value(description()).unwrap_or_default();
    let paths = all.get("paths").and_then(Value::as_object).cloned().unwrap_or_default();
    let mut operations = Vec::new();
    for (path, methods) in &paths {
        for (method, operation) in methods.as_object().into_iter().flatten() {
            operations.push(read(&all, path, method, operation));
        }
    }
    operations
});

/// `GET /api/v1/docs`
pub async fn show(visit: Visit) -> Response {
    respond::html(api(&visit.chrome_in_all(), &OPERATIONS, &PROBLEMS))
}

fn read(all: &Value, path: &str, method: &str, operation: &Value) -> Operation {
    let text = |value: &Value, name: &str| {
        value.get(name).and_then(Value::as_str).unwrap_or_default().to_owned()
    };
    let list =
        |name: &str| operation.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let parameters = list("parameters");
    let parameters = parameters.iter().map(|parameter| Parameter {
        name: text(parameter, "name"),
        about: text(parameter, "description"),
        needed: parameter.get("required").and_then(Value::as_bool).unwrap_or_default(),
    });
    let grants: Vec<String> = list("security")
        .iter()
        .filter_map(|needs| needs.pointer("/token/0"))
        .filter_map(|grant| grant.as_str().map(str::to_owned))
        .collect();
    Operation {
        method: method.to_ascii_uppercase(),
        path: path.to_owned(),
        about: [text(operation, "summary"), text(operation, "description")].join(" "),
        grants,
        parameters: parameters.collect(),
        body: fields(all, operation),
    }
}

/// The fields of the body that an operation takes, if it takes JSON.
fn fields(all: &Value, operation: &Value) -> Vec<Parameter> {
    let schema = operation.pointer("/requestBody/content/application~1json/schema/$ref");
    let schema = schema
        .and_then(Value::as_str)
        .and_then(|reference| all.pointer(reference.trim_start_matches('#')));
    let Some(schema) = schema else { return Vec::new() };
    let needed = schema.get("required").and_then(Value::as_array).cloned().unwrap_or_default();
    let properties = schema.get("properties").and_then(Value::as_object);
    properties
        .into_iter()
        .flatten()
        .map(|(name, field)| Parameter {
            name: name.clone(),
            about: field.get("description").and_then(Value::as_str).unwrap_or_default().to_owned(),
            needed: needed.iter().any(|one| one.as_str() == Some(name)),
        })
        .collect()
}
