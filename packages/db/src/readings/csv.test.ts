import { DAY_MS } from "@ecolocal/core/shared";
import fc from "fast-check";
import { expect, it } from "vitest";
import { channelOf, openStore } from "../../test/readings/open.ts";

const NOW = Date.UTC(2025, 5, 1);
const bytes = (text: string) => new TextEncoder().encode(text);

function open() {
  const { store } = openStore(NOW);
  store.registerChannel(channelOf("a", "temperature"));
  store.registerChannel(channelOf("b", "unknown"));
  return store;
}

function importText(store: ReturnType<typeof open>, text: string, size = text.length || 1) {
  const csv = store.importCsv(["a", "b"]);
  const all = bytes(text);
  for (let p = 0; p < all.length; p += size) {
    const pushed = csv.push(all.subarray(p, p + size));
    if (!pushed.ok) {
      return pushed;
    }
  }
  return csv.finish();
}

const exported = (store: ReturnType<typeof open>) =>
  [...store.exportCsv(["a", "b"].map((channelId) => ({ channelId, from: 0, to: NOW + DAY_MS })))].join("");

it("export, import and export again give the same bytes, however the file was cut into pieces", () => {
  const value = fc.oneof(
    fc.integer({ min: -400, max: 850 }).map((v) => v / 10),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((v) => v + 0),
  );
  const row = fc.record({ id: fc.constantFrom("a", "b"), second: fc.integer({ min: 0, max: 400_000 }), value });
  fc.assert(
    fc.property(fc.array(row, { maxLength: 60 }), fc.integer({ min: 1, max: 200 }), (rows, size) => {
      const first = open();
      first.append(
        rows.map((r) => ({ channelId: r.id, at: NOW - 5 * DAY_MS + r.second * 1000, value: r.value, quality: 16 })),
      );
      const text = exported(first);
      const second = open();
      const result = importText(second, text, size);
      expect(result).toMatchObject({ ok: true, value: { rejected: 0 } });
      expect(exported(second)).toBe(text);
      expect(importText(second, text, size)).toMatchObject({ ok: true, value: { inserted: 0, corrected: 0 } });
    }),
    { numRuns: 40 },
  );
});

it("reads epoch milliseconds, fractions of a second, exponents and lines without an end", () => {
  const store = open();
  const text =
    "channel,at,value\r\na,1735689600000,1.5\r\na,2025-01-01T00:00:01.900Z,-2e1\r\n\r\nb,2025-01-01T00:00:00Z,007";
  expect(importText(store, text)).toMatchObject({ ok: true, value: { rows: 3, inserted: 3, rejected: 0 } });
  expect(exported(store)).toBe(
    "channel,at,value,quality\na,2025-01-01T00:00:00Z,1.5,0\na,2025-01-01T00:00:01Z,-20,0\nb,2025-01-01T00:00:00Z,7,0\n",
  );
});

it("names the row and the reason of everything it cannot take, and takes the rest", () => {
  const store = open();
  const result = importText(
    store,
    [
      "channel,at,value,quality",
      "a,2025-01-01T00:00:00Z,1,0",
      "x,2025-01-01T00:00:00Z,1,0",
      "a,2025-02-30T00:00:00Z,1,0",
      "a,2025-01-01 00:00:00,1,0",
      "a,2025-01-01T00:00:01Z,,0",
      "a,2025-01-01T00:00:02Z,1,oops",
      "a,1990-01-01T00:00:03Z,1,0",
      "a",
      "b,2025-01-01T00:00:00Z,2,0",
    ].join("\n"),
  );
  expect(result).toMatchObject({ ok: true, value: { inserted: 2, rejected: 7 } });
  const problems = result.ok ? result.value.problems.map(({ row, code }) => [row, code]) : [];
  expect(problems).toEqual([
    ...[3, 4, 5, 6, 7, 9].map((row) => [row, "READINGS_CSV_ROW_MALFORMED"]),
    [8, "READINGS_TIME_TOO_OLD"],
  ]);
});

it("refuses a file with another header before taking anything", () => {
  const store = open();
  expect(importText(store, "time;value\n1;2\n")).toMatchObject({
    ok: false,
    error: { code: "READINGS_CSV_HEADER_UNKNOWN" },
  });
});
