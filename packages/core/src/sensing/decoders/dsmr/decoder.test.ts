import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createRandom } from "../../../shared/index.ts";
import type { DecodeEvent } from "../../decoder.ts";
import { crc16Arc } from "../../framing/crc16-arc.ts";
import { asciiBytes } from "../../simulate/ascii.ts";
import { writeDsmrTelegram, writeTelegram } from "../../simulate/dsmr.ts";
import {
  CHUNK_LENGTHS,
  decodeInChunks,
  decodeInPieces,
  decodeInRandomChunks,
  findCoverageGap,
  randomBytes,
} from "../../testing/chunking.ts";
import { framesOf, readingTexts, refusalsOf } from "../../testing/expect-events.ts";
import { createDsmrDecoder } from "./decoder.ts";

// Synthetic telegrams, written from the P1 Companion Standard 2.2 to 5.0.2 and e-MUCS P1 1.7.1; CRC computed here,
// because the ones printed in the standards' own examples are wrong.
const IDENTITY = "0-0:96.1.1(4530303939)";
const V5 = writeTelegram("ECO5\\TEST", [
  "1-3:0.2.8(50)",
  "0-0:1.0.0(261025023000S)",
  IDENTITY,
  "1-0:1.8.1(000004.426*kWh)",
  "1-0:1.8.2(000002.399*kWh)",
  "1-0:2.8.1(000002.444*kWh)",
  "1-0:2.8.2(000000.000*kWh)",
  "0-0:96.14.0(0002)",
  "1-0:1.7.0(00.000*kW)",
  "1-0:2.7.0(02.027*kW)",
  "1-0:99.97.0(1)(0-0:96.7.19)(260101000001W)(0000000240*s)",
  "0-0:96.13.0()",
  "1-0:32.7.0(0230.1*V)",
  "1-0:31.7.0(0.48*A)",
  "1-0:21.7.0(00.000*kW)",
  "1-0:22.7.0(02.027*kW)",
]);
const V2_LINES = [
  "0-0:96.1.1(4530303939)",
  "1-0:1.8.1(00001.001*kWh)",
  "0-0:96.14.0(0001)",
  "1-0:1.7.0(0001.01*kW)",
  "0-1:24.1.0(3)",
  "0-1:24.3.0(161107190000)(00)(60)(1)(0-1:24.2.1)(m3)",
  "(00001.001)",
  "0-1:24.4.0(1)",
];
const V2 = writeTelegram("ECO5\\OLD", V2_LINES, { crc: false });

function join(...parts: readonly Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function decode(stream: Uint8Array): DecodeEvent[] {
  return decodeInChunks(createDsmrDecoder(), stream, 4096);
}

function readingsOf(lines: readonly string[]): string[] {
  return readingTexts(framesOf(decode(writeTelegram("ECO5\\TEST", lines)))[0]);
}

function textOf(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}

describe("P1 telegram decoder", () => {
  test("computes CRC-16/ARC", () => {
    expect(crc16Arc(asciiBytes("123456789"))).toBe(0xbb3d);
  });

  test("reads registers in kWh, W, V and A, with tariffs and phases apart and the net power beside them", () => {
    const [frame] = framesOf(decode(V5));
    expect(frame).toMatchObject({ offset: 0, length: V5.length, identity: "E0099" });
    expect(readingTexts(frame)).toEqual([
      "energy_import/t1 4.426 kW.h",
      "energy_import/t2 2.399 kW.h",
      "energy_export/t1 2.444 kW.h",
      "energy_export/t2 0 kW.h",
      "power/import 0 W",
      "power/export 2027 W",
      "voltage/l1 230.1 V",
      "current/l1 0.48 A",
      "power/l1_import 0 W",
      "power/l1_export 2027 W",
      "power -2027 W",
    ]);
  });

  test("keeps every line in raw under its own code", () => {
    expect(framesOf(decode(V5))[0]?.raw).toMatchObject({
      identification: "ECO5\\TEST",
      "1-3:0.2.8": "50",
      "1-0:1.8.1": "000004.426*kWh",
      "1-0:99.97.0": "(1)(0-0:96.7.19)(260101000001W)(0000000240*s)",
      "0-0:96.13.0": "",
      crc: expect.stringMatching(/^[0-9A-F]{4}$/),
    });
  });

  test("tells the two 02:30 of the autumn night apart", () => {
    const winter = writeTelegram("ECO5\\TEST", ["0-0:1.0.0(261025023000W)"]);
    expect(framesOf(decode(join(V5, winter))).map(({ at }) => new Date(at ?? 0).toISOString())).toEqual([
      "2026-10-25T00:30:00.000Z",
      "2026-10-25T01:30:00.000Z",
    ]);
  });

  test("reads Belgian gas that is not corrected, the quarter-hour average and the month's peak with its time", () => {
    expect(
      readingsOf([
        "0-0:1.0.0(261125135409W)",
        "1-0:1.4.0(02.351*kW)",
        "1-0:1.6.0(261109134558W)(02.589*kW)",
        "0-1:24.1.0(003)",
        "0-1:24.2.3(261125134558W)(00112.384*m3)",
        "0-2:24.1.0(007)",
        "0-2:24.2.1(261125134558W)(00872.234*m3)",
      ]),
    ).toEqual([
      "power/quarter_hour_average 2351 W",
      "power/month_peak 2589 W",
      "gas_volume 112.384 m3",
      "water_volume 872.234 m3",
    ]);
  });

  test("finds the gas meter on whichever M-Bus channel it is, with the time of its own value", () => {
    const lines = ["0-2:24.2.1(261125210000W)(01543.012*m3)", "0-2:24.1.0(003)"];
    const [frame] = framesOf(decode(writeTelegram("ECO5\\TEST", lines)));
    expect(frame?.readings).toEqual([
      { quantity: "gas_volume", value: 1543.012, unit: "m3", quality: [], at: Date.UTC(2026, 10, 25, 20) },
    ]);
  });

  test("passes over the channel that a replaced gas meter left behind", () => {
    expect(
      readingsOf([
        "0-1:24.1.0(003)",
        "0-1:24.2.1(700101010000W)(00000000)",
        "0-2:24.1.0(003)",
        "0-2:24.2.1(261125210000W)(00246.138*m3)",
      ]),
    ).toEqual(["gas_volume 246.138 m3"]);
  });

  test("tells two gas meters apart by their channel", () => {
    const meters = [1, 2].flatMap((n) => [`0-${n}:24.1.0(003)`, `0-${n}:24.2.1(261125210000W)(0000${n}.5*m3)`]);
    expect(readingsOf(meters)).toEqual(["gas_volume/mbus1 1.5 m3", "gas_volume/mbus2 2.5 m3"]);
  });

  test("reads Luxembourg and Swedish totals, plain Wh and W, and heat in GJ", () => {
    expect(
      readingsOf([
        "1-0:1.8.0(006545766*Wh)",
        "1-0:2.8.0(000000.058*kWh)",
        "1-0:1.7.0(000000286*W)",
        "0-1:24.1.0(012)",
        "0-1:24.2.1(261125210000W)(3.600*GJ)",
      ]),
    ).toEqual([
      "energy_import 6545.766 kW.h",
      "energy_export 0.058 kW.h",
      "power/import 286 W",
      "heat_energy 1000 kW.h",
    ]);
  });

  test("reads Hungarian frequency and power factors, which have no unit", () => {
    expect(readingsOf(["1-0:14.7.0(50.01*Hz)", "1-0:13.7.0(0.998*)", "1-0:33.7.0(1.000)"])).toEqual([
      "frequency 50.01 Hz",
      "power_factor 0.998 1",
      "power_factor/l1 1 1",
    ]);
  });

  test("marks a gas time ahead of the meter's own, and a meter clock that was never set", () => {
    const gas = ["0-1:24.1.0(003)", "0-1:24.2.1(261129200000W)(00981.443*m3)"];
    expect(readingsOf(["0-0:1.0.0(261113205757W)", ...gas])).toEqual(["gas_volume 981.443 m3 !clock_suspect"]);
    expect(readingsOf(["0-0:1.0.0(000101000001W)", "1-0:1.7.0(00.100*kW)"])).toEqual([
      "power/import 100 W !clock_suspect",
    ]);
  });

  test("reads a DSMR 2.2 telegram without CRC, whose gas value stands on the next line and whose time has no zone", () => {
    const [frame] = framesOf(decode(V2));
    expect(readingTexts(frame)).toEqual(["energy_import/t1 1.001 kW.h", "power/import 1010 W", "gas_volume 1.001 m3"]);
    expect(frame).not.toHaveProperty("at");
    expect(frame?.readings.at(-1)).not.toHaveProperty("at");
  });

  test("refuses a telegram without CRC when any line of it is damaged", () => {
    const damaged = V2_LINES.with(1, "1-0:1.8.1(00001.0#1*kWh)");
    const cut = V2_LINES.with(3, "1-0:1.7.0(0001.01*kW");
    for (const lines of [damaged, cut]) {
      const events = decode(writeTelegram("ECO5\\OLD", lines, { crc: false }));
      expect(refusalsOf(events).map(([, , code]) => code)).toEqual(["SENSING_FRAME_MALFORMED"]);
    }
  });

  test("refuses a telegram of a newer meter whose CRC is missing", () => {
    const stripped = writeTelegram("ECO5\\TEST", ["1-3:0.2.8(50)", "1-0:1.7.0(00.100*kW)"], { crc: false });
    expect(refusalsOf(decode(stripped))).toEqual([[0, stripped.length, "SENSING_FRAME_CHECKSUM"]]);
  });

  test("refuses a wrong CRC", () => {
    const wrong = asciiBytes(textOf(V5).replace("000004.426", "000004.427"));
    expect(refusalsOf(decode(wrong))).toEqual([[0, V5.length, "SENSING_FRAME_CHECKSUM"]]);
  });

  test("accepts an unpadded or lower-case CRC, NUL before the line end, and text that a gateway adds behind it", () => {
    const text = textOf(V5);
    const [, crc = ""] = /!(\w{4})\r\n$/.exec(text) ?? [];
    const body = text.slice(0, -crc.length - 2);
    const lines = Array.from({ length: 3000 }, (_, i) => writeTelegram("ECO5\\PAD", [`1-0:1.7.0(${i}*W)`]));
    const padded = lines.find((telegram) => /!0[1-9A-F]\w\w\r\n$/.test(textOf(telegram))) ?? V5;
    const variants = [
      `${body}${crc.toLowerCase()}\r\n`,
      `${body}${crc}\u0000\r\n`,
      `${body}${crc} via gateway\r\n`,
      `${body}${crc}`,
      textOf(padded).replace("!0", "!"),
    ];
    for (const variant of variants) {
      expect(decode(asciiBytes(variant))).toMatchObject([{ kind: "frame", length: variant.length }]);
    }
  });

  test("does not end a telegram at a `!` inside a damaged line", () => {
    const damaged = asciiBytes(textOf(V5).replace("(0002)", "(0!02)"));
    const events = decode(join(damaged, V5));
    expect(refusalsOf(events)).toEqual([[0, V5.length, "SENSING_FRAME_CHECKSUM"]]);
    expect(framesOf(events).map(({ offset }) => offset)).toEqual([V5.length]);
  });

  test("starts in the middle of a telegram and ends in one", () => {
    const events = decode(join(V5.subarray(200), V5, V5.subarray(0, 100)));
    expect(events.map((event) => (event.kind === "frame" ? "frame" : event.code))).toEqual([
      "SENSING_FRAME_PARTIAL",
      "frame",
      "SENSING_FRAME_PARTIAL",
    ]);
  });

  test("reads the telegram that begins where another was cut off", () => {
    const events = decode(join(V5.subarray(0, 250), V5));
    expect(refusalsOf(events)).toEqual([[0, 250, "SENSING_FRAME_PARTIAL"]]);
    expect(framesOf(events)).toHaveLength(1);
  });

  test("gives up on a telegram that does not end", () => {
    const endless = asciiBytes(`/ECO5\\TEST\r\n\r\n${"1-0:1.7.0(00.100*kW)\r\n".repeat(500)}`);
    const events = decode(join(endless, V5));
    expect(events[0]).toMatchObject({ kind: "rejected", code: "SENSING_FRAME_TOO_LONG", length: 8192 });
    expect(framesOf(events)).toHaveLength(1);
  });

  test("reads what the simulator writes", () => {
    const at = Date.UTC(2026, 6, 1, 12);
    const telegram = writeDsmrTelegram({
      at,
      importLowKwh: 1,
      importNormalKwh: 2,
      exportLowKwh: 3,
      exportNormalKwh: 4,
      powerImportW: 244,
      powerExportW: 0,
      voltageV: 230.1,
      gasM3: 5.5,
      gasAt: at - 60_000,
    });
    const [frame] = framesOf(decode(telegram));
    expect(frame).toMatchObject({ at, identity: "E0099000000000001" });
    expect(readingTexts(frame)).toContain("power 244 W");
    expect(frame?.readings.find(({ quantity }) => quantity === "gas_volume")).toMatchObject({
      value: 5.5,
      at: at - 60_000,
    });
  });

  test("loses at most one telegram to one corrupted byte, and never shows a wrong one", async () => {
    const stream = join(V5, V5, V5);
    const [good] = framesOf(decode(V5));
    await fc.assert(
      fc.property(fc.integer({ min: 0, max: stream.length - 1 }), fc.integer({ min: 1, max: 255 }), (at, flip) => {
        const frames = framesOf(decode(stream.with(at, (stream[at] ?? 0) ^ flip)));
        expect(frames.length).toBeGreaterThanOrEqual(2);
        for (const frame of frames) expect(frame.readings).toEqual(good?.readings);
      }),
    );
  });

  test("gives the same events however the stream is cut", async () => {
    const part = fc.oneof(
      fc.constantFrom(
        V5,
        V2,
        V5.subarray(0, 300),
        V5.subarray(100),
        asciiBytes("/!\r\n"),
        asciiBytes("!\r"),
        asciiBytes("/ABC5x\r\n!"),
      ),
      fc.uint8Array({ maxLength: 20 }),
    );
    const lengths = fc.infiniteStream(fc.integer({ min: 1, max: 300 }));
    await fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), lengths, (parts, cuts) => {
        const stream = join(...parts);
        const whole = decode(stream);
        expect(findCoverageGap(whole, stream.length)).toBeNull();
        for (const length of CHUNK_LENGTHS) {
          expect(decodeInChunks(createDsmrDecoder(), stream, length)).toEqual(whole);
        }
        expect(decodeInPieces(createDsmrDecoder(), stream, () => cuts.next().value ?? 1)).toEqual(whole);
      }),
    );
  });

  test("accepts nothing from a million random bytes", () => {
    const random = createRandom(20_261_125);
    const stream = randomBytes(1_000_000, random);
    const events = decodeInRandomChunks(createDsmrDecoder(), stream, random);
    expect(framesOf(events)).toEqual([]);
    expect(findCoverageGap(events, stream.length)).toBeNull();
  });
});
