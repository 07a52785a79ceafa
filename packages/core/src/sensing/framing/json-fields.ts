import type { Field, FieldValue } from "./fields.ts";

const MAX_FIELDS = 200;
const MAX_DEPTH = 8;
/** `nan` and friends, which C libraries print and JSON forbids, where a value stands. */
const BARE_NAN = /([:[,]\s*)[+-]?(?:nan|inf|infinity)(?=\s*[,}\]])/gi;

/**
 * Reads a JSON object or array into fields named by their path (`bme.temperature`, `values.0`); `null` when the line
 * is no JSON. Depth and number of fields are bounded: what lies beyond is left out.
 */
export function readJsonFields(line: string): Field[] | null {
  const parsed = parse(line) ?? parse(line.replace(BARE_NAN, "$1null"));
  if (typeof parsed !== "object" || parsed === null) return null;
  const fields: Field[] = [];
  collect(parsed, "", 1, fields);
  return fields;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function collect(node: object, prefix: string, depth: number, fields: Field[]): void {
  for (const [key, value] of Object.entries(node)) {
    if (fields.length >= MAX_FIELDS) return;
    const path = prefix === "" ? key : `${prefix}.${key}`;
    if (isFieldValue(value)) fields.push({ key: path, value });
    else if (depth < MAX_DEPTH) collect(value as object, path, depth + 1, fields);
  }
}

function isFieldValue(value: unknown): value is FieldValue {
  return value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
