import { asciiBytes } from "./ascii.ts";

/** The ways in which sketches print numbers. */
export type LineStyle = "json" | "csv" | "key-value" | "plotter";

/** Writes one line with named numbers (CSV shows the numbers only; `writeCsvHeader` names them). */
export function writeTextLine(style: LineStyle, values: Readonly<Record<string, number>>): Uint8Array {
  return asciiBytes(`${formatLine(style, Object.entries(values))}\r\n`);
}

/** Writes the header line of a CSV with these columns. */
export function writeCsvHeader(columns: readonly string[]): Uint8Array {
  return asciiBytes(`${columns.join(",")}\r\n`);
}

function formatLine(style: LineStyle, entries: readonly (readonly [string, number])[]): string {
  switch (style) {
    case "json":
      return JSON.stringify(Object.fromEntries(entries));
    case "csv":
      return entries.map(([, value]) => value).join(",");
    case "key-value":
      return entries.map(([key, value]) => `${key}=${value}`).join(" ");
    case "plotter":
      return entries.map(([key, value]) => `${key}:${value}`).join(",");
  }
}
