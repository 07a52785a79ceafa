type Row = Readonly<Record<string, unknown>>;

/** One row as a line: bytes as `{"$bytes": base64}`, times in ISO 8601, columns by name so that equal rows are equal text. */
export function rowToLine(row: Row, leaveOut: readonly string[] = []): string {
  const columns = Object.keys(row)
    .filter((column) => !leaveOut.includes(column))
    .sort();
  return JSON.stringify(Object.fromEntries(columns.map((column) => [column, toJson(row[column])])));
}

/** The row of a line, with bytes as bytes; the database reads times from text. */
export function lineToRow(line: string): Row {
  const parsed: unknown = JSON.parse(line);
  if (typeof parsed !== "object" || parsed === null) throw new TypeError("A line is no row.");
  return Object.fromEntries(Object.entries(parsed).map(([column, value]) => [column, fromJson(value)]));
}

function toJson(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: Buffer.from(value).toString("base64") };
  return value instanceof Date ? value.toISOString() : value;
}

function fromJson(value: unknown): unknown {
  if (typeof value !== "object" || value === null || !("$bytes" in value)) return value;
  return Buffer.from(String(value.$bytes), "base64");
}
