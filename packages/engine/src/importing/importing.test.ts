import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { createTempWorkspace, type TempWorkspace } from "@ecolocal/db/testing";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { exportReadings } from "../exporting/index.ts";
import { createStore, type Store } from "../store/index.ts";
import { createCsvReader } from "./csv-rows.ts";
import { createImportService } from "./index.ts";
import { readTime } from "./read-time.ts";

let workspace: TempWorkspace;
let store: Store;
beforeEach(() => {
  workspace = createTempWorkspace();
  workspace.clock.set(Date.parse("2026-06-01T00:00:00Z"));
  store = createStore(workspace.open().db, workspace);
});
afterEach(() => workspace.dispose());

type Begin = Parameters<ReturnType<typeof createImportService>["begin"]>[0];

async function importText(text: string, options: Partial<Begin> = {}, pieces = 1) {
  const service = createImportService(store);
  const begun = service.begin({ fileName: "file", format: "auto", columns: [], dryRun: false, ...options });
  if (!begun.ok) return begun;
  const size = Math.ceil(text.length / pieces);
  for (let at = 0; at < text.length - size; at += size) {
    const progress = await service.push(begun.value.importId, { text: text.slice(at, at + size), last: false });
    if (!progress.ok) return progress;
  }
  return service.push(begun.value.importId, { text: text.slice(size * (pieces - 1)), last: true });
}

function values(quantity: string) {
  return store.channels
    .list()
    .filter((channel) => channel.quantity === quantity)
    .flatMap((channel) => [...store.readings.range({ channelId: channel.id, from: 0, to: 4e12 })])
    .flatMap((block) => [...block.value]);
}

const SDS = "sensor_id;sensor_type;location;lat;lon;timestamp;P1;durP1;ratioP1;P2;durP2;ratioP2\n";

describe("a sensor.community file", () => {
  it("keeps P1 as PM10 and P2 as PM2.5, in UTC", async () => {
    const text = `${SDS}5;SDS011;7;57;-2;2026-02-05T00:00:14;12.43;;;6.83;;\n`;
    expect(await importText(text)).toMatchObject({ ok: true, value: { rowsRead: 1, inserted: 2, rejected: 0 } });
    expect(values("pm10")).toEqual([12.43]);
    expect(values("pm25")).toEqual([6.83]);
    const channel = store.channels.list().find(({ quantity }) => quantity === "pm25");
    expect(channel).toMatchObject({ key: "sds011-5", exposure: "outdoor" });
    expect(store.readings.latest([channel?.id ?? ""])[0]?.at).toBe(Date.parse("2026-02-05T00:00:14Z"));
  });

  it("turns Pa into hPa", async () => {
    const text = `sensor_id;sensor_type;location;lat;lon;timestamp;pressure;altitude;pressure_sealevel;temperature;humidity
9;BME280;7;57;-2;2026-02-05T00:00:14;100724.05;;;7.56;99.63
`;
    await importText(text);
    expect(values("pressure")).toEqual([1007.2405]);
    expect(values("temperature")).toEqual([7.56]);
  });

  it("reports a cut line with its number, and keeps the rest", async () => {
    const text = `${SDS}5;SDS011;7;57;-2;2026-02-05T00:00:14;12.43;;;6.83;;
5;SDS011;7;57;-2;2026-02-05T00:0
5;SDS011;7;57;-2;2026-02-05T00:05:14;13;;;7;;
`;
    const done = await importText(text);
    expect(done).toMatchObject({
      ok: true,
      value: { rowsRead: 3, inserted: 4, rejected: 1, problems: [{ row: 3, code: "IMPORT_ROW_TRUNCATED" }] },
    });
  });

  it("takes times that go backwards as they are, and keeps empty cells empty", async () => {
    const text = `${SDS}5;SDS011;7;57;-2;2026-02-05T00:10:00;12;;;6;;
5;SDS011;7;57;-2;2026-02-05T00:05:00;11;;;;;
`;
    expect(await importText(text)).toMatchObject({ ok: true, value: { inserted: 3, rejected: 0 } });
    expect(values("pm10")).toEqual([11, 12]);
  });

  it("marks a sensor at its full scale as saturated", async () => {
    await importText(`${SDS}5;SDS011;7;57;-2;2026-02-05T00:10:00;1999.90;;;691.83;;\n`);
    const channel = store.channels.list().find(({ quantity }) => quantity === "pm10");
    expect(store.readings.latest([channel?.id ?? ""])[0]?.quality).toBe(QUALITY_BITS.saturated);
  });
});

describe("any file", () => {
  it("imported twice changes nothing the second time, however it is cut", async () => {
    const text = `${SDS}${Array.from({ length: 200 }, (_, i) => `5;SDS011;7;57;-2;2026-02-05T0${Math.floor(i / 60)}:${String(i % 60).padStart(2, "0")}:00;${i};;;${i / 2};;`).join("\n")}\n`;
    expect(await importText(text, {}, 7)).toMatchObject({
      ok: true,
      value: { inserted: 400, unchanged: 0, done: true },
    });
    expect(await importText(text, {}, 3)).toMatchObject({ ok: true, value: { inserted: 0, unchanged: 400 } });
    expect(store.imports.list().map(({ status }) => status)).toEqual(["finished", "finished"]);
    expect(store.channels.list()).toHaveLength(2);
    expect(store.channels.list()[0]?.intervalMs).toBe(60_000);
  });

  it("is only counted in a dry run", async () => {
    const text = `${SDS}5;SDS011;7;57;-2;2026-02-05T00:00:14;12.43;;;6.83;;\n`;
    expect(await importText(text, { dryRun: true })).toMatchObject({ ok: true, value: { inserted: 2 } });
    expect(store.channels.list()).toEqual([]);
    expect(store.imports.list()).toEqual([]);
    expect(await importText(text)).toMatchObject({ ok: true, value: { inserted: 2 } });
  });

  it("names broken rows with their reason and imports the others", async () => {
    const text = `time,temperature,humidity
2026-05-01T10:00:00Z,21.5,40
not a time,21.5,40
2026-05-01T10:02:00Z,warm,41
2026-13-01T10:00:00Z,1,1
2026-05-01T10:03:00Z,22,nan
2036-05-01T10:03:00Z,22,40
`;
    const done = await importText(text);
    expect(done).toMatchObject({
      ok: true,
      value: {
        rowsRead: 6,
        inserted: 4,
        rejected: 4,
        problems: [
          { row: 3, code: "IMPORT_ROW_TIME_INVALID", reason: '"not a time" is not a time.' },
          { row: 4, code: "IMPORT_ROW_VALUE_INVALID" },
          { row: 5, code: "IMPORT_ROW_TIME_INVALID" },
          { row: 7, code: "READINGS_TIME_IN_FUTURE" },
        ],
      },
    });
  });

  it("without a known column is refused, naming what it has and what to do", async () => {
    expect(await importText("when,what\n1,2\n")).toMatchObject({
      ok: false,
      error: { code: "IMPORT_COLUMNS_UNKNOWN", detail: expect.stringContaining("when, what") },
    });
    expect(await importText("")).toMatchObject({ ok: false, error: { code: "IMPORT_FORMAT_UNKNOWN" } });
  });

  it("puts columns that the header names where the caller says", async () => {
    const defaults = { place: "kitchen", exposure: "indoor", intervalMs: 900_000 } as const;
    await importText("time,co2\n2026-05-01T10:00:00Z,612\n", { defaults });
    expect(store.channels.list()).toMatchObject([{ quantity: "co2", ...defaults }]);
  });

  it("takes German numbers and times, local to the workspace", async () => {
    await importText("Datum;Temperatur (°C)\n01.02.2026 12:30;21,5\n");
    const channel = store.channels.list()[0];
    expect(store.readings.latest([channel?.id ?? ""])).toMatchObject([
      { at: Date.parse("2026-02-01T11:30:00Z"), value: 21.5 },
    ]);
  });

  it("puts several sensors of one file into channels of their own (openSenseMap)", async () => {
    const text = `sensorId,createdAt,value,lat,lon,unit
a1,2026-02-26T08:27:09Z,1.73,52,13,µg/m³
b2,2026-02-26T08:27:10Z,2.5,52,13,µg/m³
`;
    const target = { quantity: "pm25", key: "", place: "Berlin", exposure: "outdoor", intervalMs: 300_000 } as const;
    await importText(text, { columns: [{ column: "value", target }] });
    expect(store.channels.list().map(({ key, place }) => [key, place])).toEqual([
      ["a1", "Berlin"],
      ["b2", "Berlin"],
    ]);
  });

  it("takes NDJSON, and says which line is none", async () => {
    const text = `{"time":"2026-05-01T10:00:00Z","co2":612}
{"time":"2026-05-01T10:01:00Z","co2":
{"time":"2026-05-01T10:02:00Z","co2":640}`;
    expect(await importText(text)).toMatchObject({
      ok: true,
      value: { inserted: 2, rejected: 1, problems: [{ row: 2 }] },
    });
    expect(values("co2")).toEqual([612, 640]);
  });

  it("that was exported here comes back as the same readings, flags and spread included", async () => {
    const channel = {
      id: store.ids.next(),
      sensorId: null,
      quantity: "pm25",
      key: "a,b",
      place: 'The "old" mill',
      exposure: "outdoor",
      intervalMs: 60_000,
    } as const;
    store.db.write("test", "x", () => store.channels.add(channel, 1));
    store.readings.registerChannel(channel);
    const at = Date.parse("2026-05-01T10:00:00Z");
    store.readings.append([
      { channelId: channel.id, at, value: 12.5, quality: QUALITY_BITS.gap_before | QUALITY_BITS.spike },
      { channelId: channel.id, at: at + 60_000, value: 13, quality: 0, n: 60, min: 11, max: 15 },
    ]);
    for (const format of ["csv", "ndjson"] as const) {
      const query = { channelIds: [channel.id], from: 0, to: 4e12, format };
      const text = [...exportReadings(store, query)].map((piece) => piece.text).join("");
      expect(text).toContain("2026-05-01T10:00:00Z");
      expect(await importText(text)).toMatchObject({ ok: true, value: { unchanged: 2, inserted: 0, corrected: 0 } });
      const other = createTempWorkspace({ seed: 9 });
      const source = store;
      store = createStore(other.open().db, { ...other, clock: workspace.clock });
      expect(await importText(text)).toMatchObject({ ok: true, value: { inserted: 2 } });
      const [copy] = store.channels.list();
      expect(copy).toMatchObject({ place: channel.place, key: channel.key, exposure: "outdoor" });
      const [block] = [...store.readings.range({ channelId: copy?.id ?? "", from: 0, to: 4e12 })];
      expect(block?.spread?.max[1]).toBe(15);
      expect(block?.quality[0]).toBe(QUALITY_BITS.gap_before | QUALITY_BITS.spike);
      other.dispose();
      store = source;
    }
  });
});

describe("the CSV reader", () => {
  const cell = fc.string({ unit: fc.constantFrom("a", "1", ".", '"', ",", "\n", " ", "µ"), maxLength: 8 });
  const quote = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it("finds the same records however the text is cut", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(cell, cell), { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(200)),
        (rows, cuts) => {
          const text = `${rows.map((row) => row.map(quote).join(",")).join("\n")}\n`;
          const reader = createCsvReader(",");
          const points = [0, ...cuts.map((cut) => Math.min(cut, text.length)).toSorted((a, b) => a - b), text.length];
          const found = points.slice(1).flatMap((end, i) => reader.push(text.slice(points[i], end)));
          expect([...found, ...reader.flush()].map(({ cells }) => cells)).toEqual(rows);
        },
      ),
    );
  });

  it("counts lines inside quotes", () => {
    const reader = createCsvReader();
    const rows = [...reader.push('a,b\n"x\ny",1\n\n2,3'), ...reader.flush()];
    expect(rows.map(({ row }) => row)).toEqual([1, 2, 5]);
  });
});

describe("a time", () => {
  it("is read in the customary spellings and never guessed", () => {
    const read = (text: string) => {
      const at = readTime(text, "Europe/Berlin");
      return at === undefined ? undefined : new Date(at).toISOString();
    };
    expect(read("2026-07-01T12:00:00Z")).toBe("2026-07-01T12:00:00.000Z");
    expect(read("2026-07-01T12:00:00.5+05:30")).toBe("2026-07-01T06:30:00.500Z");
    expect(read("2026-07-01 12:00")).toBe("2026-07-01T10:00:00.000Z");
    expect(read("2017/12/15 16:16:43")).toBe("2017-12-15T15:16:43.000Z");
    expect(read("1.7.2026 12:00")).toBe("2026-07-01T10:00:00.000Z");
    expect(read("1782900000")).toBe("2026-07-01T10:00:00.000Z");
    expect(read("1782900000000")).toBe("2026-07-01T10:00:00.000Z");
    for (const text of ["", "07/01/2026", "2026-02-30", "2026-07-01T25:00:00Z", "yesterday", "12", "1e12"]) {
      expect([text, read(text)]).toEqual([text, undefined]);
    }
  });
});

const captures = process.env["CAPTURES_DIR"] ?? new URL("../../../../../shared/captures", import.meta.url).pathname;
const community = join(captures, "sensor-community-csv");

describe("real sensor.community files", () => {
  const files = existsSync(community) ? readdirSync(community).filter((name) => name.endsWith(".csv")) : [];
  if (files.length === 0) {
    it("give the values their notes say", (context) => context.skip("no captures here (CAPTURES_DIR)"));
    return;
  }
  it.each(files)("%s gives the values its notes say", async (name) => {
    const expected = JSON.parse(readFileSync(join(community, name.replace(".csv", ".expected.json")), "utf8"));
    const done = await importText(readFileSync(join(community, name), "utf8"));
    expect(done).toMatchObject({
      ok: true,
      value: { rowsRead: expected.rows + expected.malformed_lines.length, rejected: expected.malformed_lines.length },
    });
    for (const [column, quantity] of [
      ["P1", "pm10"],
      ["P2", "pm25"],
    ] as const) {
      const channel = expected.ch[column];
      if (!channel || channel.n === 0) continue;
      const found = values(quantity);
      expect(found.length).toBe(channel.n);
      expect(Math.max(...found)).toBe(channel.max);
      expect(Math.min(...found)).toBe(channel.min);
    }
  });
});
