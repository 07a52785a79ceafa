import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConnection } from "./connection-flags.ts";
import { parseLineMapping } from "./line-mapping.ts";
import { nearestOf } from "./nearest.ts";
import { textPieces } from "./text-chunks.ts";
import { parseDuration, parseInstant, parseRange } from "./time.ts";

const NOW = Date.UTC(2026, 10, 25, 12);

describe("times as typed", () => {
  it("reads spans in their usual units", () => {
    expect(["500ms", "30s", "15m", "24h", "7d", "2w", "1.5h"].map(parseDuration)).toEqual([
      500, 30_000, 900_000, 86_400_000, 604_800_000, 1_209_600_000, 5_400_000,
    ]);
    expect(() => parseDuration("soon")).toThrow("is no span of time");
  });

  it("reads instants as ISO 8601 or counted back from now", () => {
    expect(parseInstant("2026-11-25T08:00:00Z", NOW)).toBe(Date.UTC(2026, 10, 25, 8));
    expect(parseInstant("2h", NOW)).toBe(NOW - 7_200_000);
    expect(() => parseInstant("yesterday", NOW)).toThrow("is no time");
  });

  it("takes the last 24 hours when nothing is said, the present instant included", () => {
    const silent = { since: undefined, from: undefined, to: undefined };
    expect(parseRange(silent, NOW)).toEqual({ from: NOW - 86_400_000, to: NOW + 1 });
    expect(() => parseRange({ ...silent, from: "1h", to: "2h" }, NOW)).toThrow("ends before it begins");
  });
});

describe("a connection as typed", () => {
  it("takes the driver from the flag, from a simulated port, or from the one likely driver", () => {
    expect(parseConnection({ port: "/dev/ttyUSB0", driver: "sds011" }, []).driverId).toBe("sds011");
    expect(parseConnection({ port: "sim:dsmr?seed=3" }, []).driverId).toBe("dsmr");
    expect(parseConnection({ port: "/dev/ttyUSB0" }, ["sds011"]).driverId).toBe("sds011");
    expect(() => parseConnection({ port: "/dev/ttyUSB0" }, ["sds011", "airrohr"])).toThrow("More than one driver");
    expect(() => parseConnection({}, [])).toThrow("No port");
  });

  it("reads line settings and refuses what are none", () => {
    expect(parseConnection({ port: "a", driver: "b", serial: "115200-7e1" }, []).serial).toEqual({
      baudRate: 115_200,
      dataBits: 7,
      parity: "even",
      stopBits: 1,
    });
    expect(() => parseConnection({ port: "a", driver: "b", serial: "fast" }, [])).toThrow("no line settings");
  });

  it("reads what a key of a text line means", () => {
    expect(parseLineMapping("a=b.t=temperature:[degF]:roof")).toEqual({
      key: "a=b.t",
      quantity: "temperature",
      unit: "[degF]",
      channel: "roof",
    });
    expect(parseLineMapping("rh=humidity").unit).toBe("%");
    expect(() => parseLineMapping("t=warmth")).toThrow("no quantity");
  });
});

it("suggests the nearest word, and none when all are far", () => {
  expect(nearestOf("sensr list", ["sensor list", "sensor show"])).toBe("sensor list");
  expect(nearestOf("sing", ["sensor list", "status"])).toBeUndefined();
});

it("gives the same text however the bytes of a file are cut, without a byte order mark", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: "binary" }), fc.integer({ min: 1, max: 7 }), async (text, size) => {
      const bytes = Buffer.from(`\ufeff${text}`);
      const pieces: string[] = [];
      for await (const piece of textPieces(cut(bytes, size))) pieces.push(piece.text);
      expect(pieces.join("")).toBe(Buffer.from(text).toString());
    }),
  );
});

async function* cut(bytes: Buffer, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
