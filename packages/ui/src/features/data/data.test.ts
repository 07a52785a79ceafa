import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { filePieces } from "./import/file-pieces.ts";
import { headerNames } from "./import/header.ts";
import { groupByUnit } from "./panel-model.ts";
import { dataSearch, MAX_CHANNELS } from "./search.ts";

describe("the address of the explorer", () => {
  it("keeps at most eight values, each once", () => {
    const channels = ["a", "a", ...Array.from({ length: 12 }, (_, i) => `c${i}`)];
    const kept = dataSearch({ channels }).channels ?? [];
    expect(kept).toHaveLength(MAX_CHANNELS);
    expect(new Set(kept).size).toBe(MAX_CHANNELS);
  });

  it("never breaks the screen, whatever is typed into it", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.constantFrom("channels", "range", "back", "compare", "import"), fc.jsonValue()),
        (search) => {
          for (const id of dataSearch(search).channels ?? []) expect(typeof id).toBe("string");
        },
      ),
    );
  });
});

it("puts values of one unit on one axis, in the order they were chosen", () => {
  const channel = (id: string, symbol: string) => ({ id, symbol }) as Parameters<typeof groupByUnit>[0][number];
  const groups = groupByUnit([channel("a", "ppm"), channel("b", "°C"), channel("c", "ppm")], ({ symbol }) => symbol);
  expect(groups.map(({ symbol, channels }) => [symbol, channels.map(({ id }) => id)])).toEqual([
    ["ppm", ["a", "c"]],
    ["°C", ["b"]],
  ]);
});

describe("a file to import", () => {
  it("tells its columns whatever it is delimited with", () => {
    expect(headerNames('\ufeffDatum;Temperatur (°C);"a;b"\n1;2;3')).toEqual(["Datum", "Temperatur (°C)", "a;b"]);
    expect(headerNames('time,"say ""hi""",co2')).toEqual(["time", 'say "hi"', "co2"]);
    expect(headerNames("time\tco2\r\n")).toEqual(["time", "co2"]);
  });

  it("has no columns when it is empty or holds JSON lines", () => {
    expect(headerNames("")).toEqual([]);
    expect(headerNames('{"at":1}')).toEqual([]);
  });

  it("is read completely, also where a piece ends inside a letter", async () => {
    const text = "ü".repeat(700_000);
    const pieces: string[] = [];
    let ends = 0;
    for await (const piece of filePieces(new Blob([text]))) {
      pieces.push(piece.text);
      if (piece.last) ends++;
    }
    expect(pieces.length).toBeGreaterThan(1);
    expect(pieces.join("") === text).toBe(true);
    expect(ends).toBe(1);
  });

  it("is one last piece even when it is empty", async () => {
    const pieces = [];
    for await (const piece of filePieces(new Blob([]))) pieces.push(piece);
    expect(pieces).toEqual([{ text: "", last: true, share: 1 }]);
  });
});
