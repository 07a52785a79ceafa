import { createHash } from "node:crypto";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createStore, type Store } from "../store/index.ts";
import { createImportService, type ImportService } from "./index.ts";

let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = createTempWorkspace();
  workspace.clock.set(Date.parse("2026-06-01T00:00:00Z"));
  store = createStore(workspace.open().db, workspace);
});
afterEach(() => workspace.dispose());

const REQUEST = { fileName: "log", format: "auto", columns: [], dryRun: false, resume: true } as const;

function begin(service: ImportService, fileName = "log") {
  const begun = service.begin({ ...REQUEST, fileName });
  if (!begun.ok) throw new TypeError(begun.error.detail);
  return begun.value;
}

async function push(service: ImportService, importId: string, text: string, last: boolean) {
  const pushed = await service.push(importId, { text, last });
  if (!pushed.ok) throw new TypeError(pushed.error.detail);
  return pushed.value;
}

const time = (i: number) => new Date(Date.UTC(2026, 4, 1) + i * 60_000).toISOString();
const csv = (rows: number) =>
  `time,temperature,"co2\n[ppm]"\r\n${Array.from({ length: rows }, (_, i) => `${time(i)},${i % 40},${i % 7 === 3 ? "bad" : 400 + i}\r\n`).join("")}`;
const ndjson = (rows: number) =>
  Array.from({ length: rows }, (_, i) => {
    const row = { timestamp: time(i), temperature: i % 40, ...(i > 5 ? { co2: i % 7 === 3 ? "bad" : 400 + i } : {}) };
    return `${JSON.stringify(row)}\n`;
  }).join("");

function stored(of: Store = store) {
  return of.channels
    .list()
    .map((channel) => ({
      quantity: channel.quantity,
      blocks: [...of.readings.range({ channelId: channel.id, from: 0, to: 4e12 })].flatMap((block) =>
        [...block.at].map((at, i) => [at, block.value[i], block.quality[i]]),
      ),
    }))
    .sort((a, b) => (a.quantity < b.quantity ? -1 : 1));
}

function record(fileName = "log") {
  const [found] = store.imports.list().filter((one) => one.fileName === fileName);
  return found;
}

describe.each([
  ["CSV", csv],
  ["NDJSON", ndjson],
])("an import of %s that stopped", (_name, make) => {
  it("goes on behind what was kept, and ends as if it had never stopped", async () => {
    const text = make(60);
    const whole = createImportService(store);
    const plain = await push(whole, begin(whole, "whole").importId, text, true);
    const expected = stored();
    expect(plain.rejected).toBeGreaterThan(0);
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: text.length }), { maxLength: 4 }), async (cuts) => {
        using other = createTempWorkspace();
        other.clock.set(workspace.clock.now());
        const place = createStore(other.open().db, other);
        const ends = [...new Set([...cuts.toSorted((a, b) => a - b), text.length])];
        let progress: Awaited<ReturnType<typeof push>> | undefined;
        for (const end of ends) {
          // Each stretch is sent to a service of its own: the one before died with its process.
          const service = createImportService(place);
          const { importId, resumesAt } = begin(service);
          const parts = resumesAt?.parts ?? [];
          const from = parts.at(-1)?.to ?? 0;
          parts.reduce((at, { to, sha256 }) => {
            expect(createHash("sha256").update(text.slice(at, to)).digest("hex")).toBe(sha256);
            return to;
          }, 0);
          if (from < end) progress = await push(service, importId, text.slice(from, end), end === text.length);
        }
        expect(progress).toMatchObject({
          done: true,
          unchanged: 0,
          inserted: plain.inserted,
          rejected: plain.rejected,
        });
        expect(progress?.rowsRead).toBe(plain.rowsRead);
        expect(stored(place)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });
});

describe("the record of an import", () => {
  it("counts what was really kept when the disk is full, and the failure says how to go on", async () => {
    const service = createImportService(store);
    const { importId } = begin(service);
    const text = csv(40_000);
    const middle = Math.floor(text.length / 2);
    await push(service, importId, text.slice(0, middle), false);
    const kept = record();
    const pages = store.db.sqlite.pragma("page_count", { simple: true });
    store.db.sqlite.pragma(`max_page_count = ${pages}`);
    const stopped = await service.push(importId, { text: text.slice(middle), last: true });
    expect(stopped).toMatchObject({
      error: {
        code: "IMPORT_STOPPED",
        detail: expect.stringContaining(`${kept?.rowsRead} rows of log were read and kept`),
        hint: expect.stringContaining("import the same file again: it goes on where it stopped"),
      },
    });
    expect(record()).toMatchObject({ rowsRead: kept?.rowsRead, readingsInserted: kept?.readingsInserted });
    const there = stored().reduce((sum, { blocks }) => sum + blocks.length, 0);
    expect(there).toBe(kept?.readingsInserted);
    store.db.sqlite.pragma("max_page_count = 1073741823");
    const again = createImportService(store);
    const { importId: same, resumesAt } = begin(again);
    const rest = text.slice(resumesAt?.parts.at(-1)?.to);
    expect(await push(again, same, rest, true)).toMatchObject({ rowsRead: 40_000, unchanged: 0, done: true });
    expect(store.imports.list()).toMatchObject([{ id: importId, status: "finished", rowsRead: 40_000 }]);
  });

  it("belongs to one caller at a time: who takes an import over ends it for the one before", async () => {
    const service = createImportService(store);
    const text = csv(50);
    const before = begin(service).importId;
    await push(service, before, text.slice(0, 900), false);
    const { importId, resumesAt } = begin(service);
    const late = await service.push(before, { text: text.slice(900), last: true });
    expect(late).toMatchObject({ error: { code: "IMPORT_NOT_FOUND" } });
    const rest = text.slice(resumesAt?.parts.at(-1)?.to);
    expect(await push(service, importId, rest, true)).toMatchObject({ importId, rowsRead: 50, unchanged: 0 });
  });

  it("of a file that is read in another way, or was finished, is not gone on with", async () => {
    const service = createImportService(store);
    await push(service, begin(service).importId, csv(50).slice(0, 900), false);
    expect(service.begin({ ...REQUEST, timeZone: "Asia/Tokyo" })).toMatchObject({ value: { resumesAt: null } });
    expect(service.begin({ ...REQUEST, resume: false })).toMatchObject({ value: { resumesAt: null } });
    const { importId, resumesAt } = begin(service);
    expect(resumesAt?.rowsRead).toBeGreaterThan(0);
    await push(service, importId, csv(50).slice(resumesAt?.parts.at(-1)?.to), true);
    expect(begin(service).resumesAt).toBeNull();
  });
});

describe("a file without line breaks", () => {
  it.each([
    ["CSV", "time,co2\n2026-05-01T10:00:00Z,400\n", "2026-05-01T10:01:00Z,401 "],
    ["NDJSON", '{"time":"2026-05-01T10:00:00Z","co2":400}\n', '{"time":"2026-05-01T10:01:00Z","co2":401} '],
    ["any kind", "", "time,co2 "],
  ])("is refused with its line instead of being collected: %s", async (_kind, start, repeated) => {
    const service = createImportService(store);
    const { importId } = begin(service);
    if (start !== "") await push(service, importId, start, false);
    const piece = repeated.repeat(Math.ceil(400_000 / repeated.length));
    const answers = [];
    for (let i = 0; i < 4; i++) answers.push(await service.push(importId, { text: piece, last: false }));
    const line = start === "" ? 1 : start.startsWith("{") ? 2 : 3;
    expect(answers.find(({ ok }) => !ok)).toMatchObject({
      error: {
        code: "IMPORT_LINE_TOO_LONG",
        subject: `line ${line}`,
        detail: expect.stringContaining(`Line ${line} is`),
      },
    });
    expect(answers.at(-1)).toMatchObject({ error: { code: "IMPORT_NOT_FOUND" } });
  });
});
