/** One column of a list: what a script names it, what a person reads, and where its value comes from. */
export interface Column<Row> {
  /** Name for `--columns`, `--sort` and `--filter`, and the header of CSV and TSV. */
  readonly key: string;
  readonly header: string;
  readonly align?: "left" | "right";
  value(row: Row): string | number | null;
  /** How a person reads it in a table, where that differs from the plain value. */
  show?(row: Row): string;
}

export interface TableWishes {
  readonly header: boolean;
  readonly width: number;
  /** A header in the reader's language. */
  label(header: string): string;
  paintHeader(text: string): string;
}

const GAP = "  ";

/** Lays rows out for a terminal; the last column is cut where the terminal ends. */
export function renderTable<Row>(rows: readonly Row[], columns: readonly Column<Row>[], wishes: TableWishes): string {
  const cells = rows.map((row) => columns.map((column) => shown(column, row)));
  const headers = columns.map(({ header }) => wishes.label(header));
  const widths = headers.map((header, index) =>
    Math.max(wishes.header ? displayWidth(header) : 0, ...cells.map((row) => displayWidth(row[index] ?? ""))),
  );
  const layOut = (texts: readonly string[]) =>
    texts
      .map((text, index) =>
        pad(text, widths[index] ?? 0, columns[index]?.align === "right", index === texts.length - 1),
      )
      .join(GAP)
      .trimEnd();
  const head = wishes.header ? [wishes.paintHeader(layOut(headers))] : [];
  return [...head, ...cells.map((row) => cut(layOut(row), wishes.width))].map((line) => `${line}\n`).join("");
}

function shown<Row>(column: Column<Row>, row: Row): string {
  const text = column.show === undefined ? String(column.value(row) ?? "–") : column.show(row);
  return text.replaceAll(/\s*[\r\n]+\s*/g, " ");
}

function pad(text: string, width: number, right: boolean, last: boolean): string {
  const fill = " ".repeat(Math.max(0, width - displayWidth(text)));
  if (right) return fill + text;
  return last ? text : text + fill;
}

function cut(line: string, width: number): string {
  const characters = Array.from(line);
  return width > 0 && characters.length > width ? `${characters.slice(0, width - 1).join("")}…` : line;
}

function displayWidth(text: string): number {
  return Array.from(text).length;
}

/** Tab-separated lines: tabs and line ends inside a value become spaces, so that a row stays a line. */
export function renderTsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[], header: boolean): string {
  const line = (values: readonly (string | number | null)[]) =>
    `${values.map((value) => String(value ?? "").replaceAll(/[\t\r\n]+/g, " ")).join("\t")}\n`;
  return [
    ...(header ? [line(columns.map(({ key }) => key))] : []),
    ...rows.map((row) => line(columns.map((column) => column.value(row)))),
  ].join("");
}

/** Comma-separated lines as RFC 4180 has them, with `\n` as the line end. */
export function renderCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[], header: boolean): string {
  const line = (values: readonly (string | number | null)[]) => `${values.map(csvField).join(",")}\n`;
  return [
    ...(header ? [line(columns.map(({ key }) => key))] : []),
    ...rows.map((row) => line(columns.map((column) => column.value(row)))),
  ].join("");
}

function csvField(value: string | number | null): string {
  const text = String(value ?? "");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
