import { SCHEMA_VERSION, toDocument } from "./document.ts";
import type { Format } from "./output.ts";
import { writeOut } from "./stdout.ts";
import { type Column, renderCsv, renderTable, renderTsv } from "./table.ts";

/** Prints a list that is too long to hold: piece by piece, yet as one valid document. */
export interface RowWriter<Row> {
  push(rows: readonly Row[]): Promise<void>;
  end(): Promise<void>;
}

export interface RowWriterOptions {
  readonly format: Format;
  /** Key of the list in the JSON document. */
  readonly name: string;
  readonly header: boolean;
  /** A header in the reader's language. */
  readonly label: (header: string) => string;
}

export function createRowWriter<Row>(columns: readonly Column<Row>[], options: RowWriterOptions): RowWriter<Row> {
  return options.format === "json" ? jsonRows(options.name) : lineRows(columns, options);
}

function jsonRows<Row>(name: string): RowWriter<Row> {
  let started = false;
  const open = `{\n  "schemaVersion": ${SCHEMA_VERSION},\n  "${name}": [`;
  return {
    async push(rows) {
      if (rows.length === 0) return;
      const text = rows.map((row) => `\n    ${JSON.stringify(toDocument(row))}`).join(",");
      await writeOut(started ? `,${text}` : `${open}${text}`);
      started = true;
    },
    end: () => writeOut(started ? "\n  ]\n}\n" : `${open}]\n}\n`),
  };
}

function lineRows<Row>(columns: readonly Column<Row>[], { format, header, label }: RowWriterOptions): RowWriter<Row> {
  let first = true;
  const render = (rows: readonly Row[]): string => {
    const withHeader = header && first;
    switch (format) {
      case "csv":
        return renderCsv(rows, columns, withHeader);
      case "tsv":
        return renderTsv(rows, columns, withHeader);
      case "ndjson":
        return rows.map((row) => `${JSON.stringify(toDocument(row))}\n`).join("");
      default:
        return renderTable(rows, columns, { header: withHeader, width: 0, label, paintHeader: (text) => text });
    }
  };
  return {
    async push(rows) {
      if (rows.length === 0) return;
      await writeOut(render(rows));
      first = false;
    },
    async end() {
      if (first && header && format !== "ndjson") await writeOut(render([]));
    },
  };
}
