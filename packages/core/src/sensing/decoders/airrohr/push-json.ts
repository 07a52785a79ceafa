import type { Field } from "../../framing/fields.ts";

const MAX_VALUES = 100;

/**
 * Reads the JSON that a node posts (`{"sensordatavalues":[{"value_type":"SDS_P1","value":"11.43"}, …]}`); `null`
 * when a line is other JSON, such as the node's settings, which hold a Wi-Fi password and go nowhere.
 */
export function readPushJson(line: string): Field[] | null {
  const values = parse(line)?.sensordatavalues;
  if (!Array.isArray(values)) return null;
  const fields: Field[] = [];
  for (const entry of values.slice(0, MAX_VALUES)) {
    const { value_type: key, value } = (entry ?? {}) as Record<string, unknown>;
    if (typeof key !== "string") continue;
    if (typeof value === "string" || typeof value === "number") fields.push({ key, value });
  }
  return fields.length > 0 ? fields : null;
}

function parse(line: string): { readonly sensordatavalues?: unknown } | null {
  try {
    return JSON.parse(line) as { sensordatavalues?: unknown } | null;
  } catch {
    return null;
  }
}
