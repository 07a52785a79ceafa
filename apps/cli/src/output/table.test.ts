import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { selectRows } from "./select.ts";
import { type Column, renderCsv, renderTable, renderTsv } from "./table.ts";

interface Row {
  readonly name: string;
  readonly value: number | null;
}

const columns: Column<Row>[] = [
  { key: "name", header: "NAME", value: ({ name }) => name },
  { key: "value", header: "VALUE", align: "right", value: ({ value }) => value },
];

const rows: Row[] = [
  { name: "Küche", value: 7 },
  { name: "Balcony, south", value: null },
  { name: "attic", value: 12.5 },
];

describe("a table on a terminal", () => {
  it("lines columns up, numbers on the right, and shows what is missing as a dash", () => {
    expect(renderTable(rows, columns, { header: true, width: 0, label: String, paintHeader: (text) => text })).toBe(
      ["NAME            VALUE", "Küche               7", "Balcony, south      –", "attic            12.5", ""].join(
        "\n",
      ),
    );
  });

  it("is cut where the terminal ends", () => {
    const cut = renderTable(rows, columns, { header: false, width: 10, label: String, paintHeader: (text) => text });
    expect(cut.split("\n").every((line) => Array.from(line).length <= 10)).toBe(true);
    expect(cut).toContain("…");
  });
});

describe("lines for other programs", () => {
  it("keep a row on one line whatever its values hold", () => {
    void fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string(), value: fc.option(fc.double()) })), (any) => {
        expect(renderTsv(any, columns, true).split("\n")).toHaveLength(any.length + 2);
      }),
    );
  });

  it("quote what CSV needs quoted, so that every value can be read back", () => {
    void fc.assert(
      fc.property(fc.array(fc.record({ name: fc.string(), value: fc.constant(null) }), { minLength: 1 }), (any) => {
        expect(readCsv(renderCsv(any, columns, false)).map(([name]) => name)).toEqual(any.map(({ name }) => name));
      }),
    );
  });
});

describe("choosing rows and columns", () => {
  const none = { columns: undefined, sort: undefined, filter: [] };

  it("sorts numbers by size and text by the alphabet, both ways", () => {
    expect(selectRows(rows, columns, { ...none, sort: "-value" }).rows.map(({ value }) => value)).toEqual([
      12.5,
      7,
      null,
    ]);
    expect(selectRows(rows, columns, { ...none, sort: "name" }).rows[0]?.name).toBe("attic");
  });

  it("keeps rows that contain every filter's text, in any case", () => {
    expect(selectRows(rows, columns, { ...none, filter: ["name=C", "name=SOUTH"] }).rows).toEqual([rows[1]]);
  });

  it("refuses a column that is not there and a filter without a column", () => {
    expect(() => selectRows(rows, columns, { ...none, columns: "name,colour" })).toThrow('no column "colour"');
    expect(() => selectRows(rows, columns, { ...none, filter: ["south"] })).toThrow("is no filter");
  });
});

/** Reads CSV as RFC 4180 says, for checking what was written. */
function readCsv(text: string): string[][] {
  const rowsRead: string[][] = [];
  let fields: string[] = [];
  const pattern = /("(?:[^"]|"")*"|[^,\n]*)(,|\n)/gy;
  for (const [, field = "", end] of text.matchAll(pattern)) {
    fields.push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === ",") continue;
    rowsRead.push(fields);
    fields = [];
  }
  return rowsRead;
}
