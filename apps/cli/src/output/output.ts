import type { Formatter } from "@ecolocal/messages";
import type { Environment } from "../config/index.ts";
import { createPainter, type Painter } from "./colour.ts";
import { SCHEMA_VERSION, toDocument } from "./document.ts";
import { labelText } from "./label.ts";
import { type Selection, selectRows } from "./select.ts";
import { writeNote, writeOut } from "./stdout.ts";
import { type Column, renderCsv, renderTable, renderTsv } from "./table.ts";

export const FORMATS = ["table", "tsv", "csv", "json", "ndjson"] as const;
export type Format = (typeof FORMATS)[number];

/** What the common flags say about output. */
export interface OutputWishes extends Partial<Selection> {
  readonly json: boolean;
  readonly format: Format | undefined;
  readonly noHeader: boolean;
  readonly noColor: boolean;
  readonly quiet: boolean;
  readonly environment: Environment;
  /** For the headers and labels of tables; other formats keep their names for scripts. */
  readonly words: Formatter;
}

/** One labelled value of a document. */
export type Field = readonly [label: string, value: string];

/** Everything a command prints: data on stdout, messages on stderr. */
export interface Output {
  readonly format: Format;
  readonly painter: Painter;
  /** Whether a person reads stdout. */
  readonly forPeople: boolean;
  /** Many things of one kind; `name` is their key in the JSON document. */
  list<Row>(name: string, rows: readonly Row[], columns: readonly Column<Row>[]): Promise<void>;
  /** One thing: a document for machines, lines for people. */
  document(data: object, lines: () => readonly (string | Field)[]): Promise<void>;
  /** One value of a stream: an NDJSON line for machines, a line for people. */
  item(data: object, line: () => string): Promise<void>;
  /** A message for people on stderr; `--quiet` and machine formats leave it out. */
  note(text: string): void;
  /** The end of a stream in numbers, on stderr, also under `--json`; `--quiet` leaves it out. */
  summary(text: string): void;
  /** A warning on stderr, also under `--json`. */
  warn(text: string): void;
}

/** Chooses the format: `--json` and `--format` first, a table on a terminal, tab-separated lines in a pipe. */
export function createOutput(wishes: OutputWishes, streaming = false): Output {
  const isTty = process.stdout.isTTY === true;
  const format = wishes.json ? "json" : (wishes.format ?? (isTty ? "table" : streaming ? "ndjson" : "tsv"));
  const colour = { noColor: wishes.noColor || wishes.environment.noColor, forceColor: wishes.environment.forceColor };
  const painter = createPainter({ isTty, ...colour });
  const stderrPainter = createPainter({ isTty: process.stderr.isTTY === true, ...colour });
  const machine = format === "json" || format === "ndjson";
  return {
    format,
    painter,
    forPeople: !machine,
    list: (name, rows, columns) => writeOut(renderList(name, rows, columns, { wishes, format, painter, isTty })),
    async document(data, lines) {
      if (format === "json") await writeOut(`${JSON.stringify(versioned(data), null, 2)}\n`);
      else if (format === "ndjson") await writeOut(`${JSON.stringify(versioned(data))}\n`);
      else await writeOut(renderLines(inLanguage(lines(), format, wishes.words), format, painter));
    },
    item: (data, line) => writeOut(machine ? `${JSON.stringify(toDocument(data))}\n` : `${line()}\n`),
    note(text) {
      if (!wishes.quiet && !machine) writeNote(`${text}\n`);
    },
    summary(text) {
      if (!wishes.quiet) writeNote(`${text}\n`);
    },
    warn: (text) => writeNote(`${stderrPainter.yellow(`! ${text}`)}\n`),
  };
}

function inLanguage(lines: readonly (string | Field)[], format: Format, words: Formatter): readonly (string | Field)[] {
  if (format !== "table") return lines;
  return lines.map((line) => (typeof line === "string" ? line : ([labelText(line[0], words), line[1]] as const)));
}

/** Labels stand in one column on a terminal; elsewhere a tab or comma parts label and value. */
function renderLines(lines: readonly (string | Field)[], format: Format, painter: Painter): string {
  const width = Math.max(0, ...lines.map((line) => (typeof line === "string" ? 0 : line[0].length)));
  const separator = format === "csv" ? "," : "\t";
  return lines
    .map((line) => {
      if (typeof line === "string") return `${line}\n`;
      const [label, value] = line;
      return format === "table"
        ? `${painter.dim(label.padEnd(width))}  ${value}\n`
        : `${[label, value].map((text) => text.replaceAll(/[\t\r\n]+/g, " ")).join(separator)}\n`;
    })
    .join("");
}

function versioned(data: object): object {
  return { schemaVersion: SCHEMA_VERSION, ...(toDocument({ ...data, schemaVersion: SCHEMA_VERSION }) as object) };
}

interface ListContext {
  readonly wishes: OutputWishes;
  readonly format: Format;
  readonly painter: Painter;
  readonly isTty: boolean;
}

function renderList<Row>(
  name: string,
  all: readonly Row[],
  allColumns: readonly Column<Row>[],
  { wishes, format, painter, isTty }: ListContext,
): string {
  const { rows, columns } = selectRows(all, allColumns, {
    columns: wishes.columns,
    sort: wishes.sort,
    filter: wishes.filter ?? [],
  });
  const header = !wishes.noHeader;
  switch (format) {
    case "json":
      return `${JSON.stringify(versioned({ [name]: rows }), null, 2)}\n`;
    case "ndjson":
      return rows.map((row) => `${JSON.stringify(toDocument(row))}\n`).join("");
    case "csv":
      return renderCsv(rows, columns, header);
    case "tsv":
      return renderTsv(rows, columns, header);
    case "table":
      return renderTable(rows, columns, {
        label: (header) => labelText(header, wishes.words),
        header,
        width: isTty ? process.stdout.columns : 0,
        paintHeader: painter.bold,
      });
  }
}
