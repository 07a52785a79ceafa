import type { AcceptedFrame } from "@ecolocal/core/sensing";
import { expect, test } from "vitest";
import { capturesIn, describeCaptures, framesOf } from "./capture-folder.ts";

interface SmlEntry {
  readonly obis: string;
  readonly value?: string;
  readonly hex?: string;
  readonly unit?: string | null;
  readonly status?: number;
  readonly time?: { readonly v: number };
}
interface SmlExpected {
  readonly crc_ok_frames: number;
  readonly frames?: readonly {
    readonly offset: number;
    readonly end: number;
    readonly transport: string;
    readonly server_id?: string;
    readonly entries?: readonly SmlEntry[];
  }[];
}

/** Readings by OBIS code, as quantity, factor to the canonical unit and channel. */
const READINGS: Readonly<Record<string, readonly [quantity: string, factor: number, channel?: string]>> = {
  "1-0:1.8.0": ["energy_import", 0.001],
  "1-0:1.8.1": ["energy_import", 0.001, "t1"],
  "1-0:1.8.2": ["energy_import", 0.001, "t2"],
  "1-0:2.8.0": ["energy_export", 0.001],
  "1-0:2.8.1": ["energy_export", 0.001, "t1"],
  "1-0:2.8.2": ["energy_export", 0.001, "t2"],
  "1-0:16.7.0": ["power", 1],
  "1-0:15.7.0": ["power", 1, "absolute"],
  "1-0:1.7.0": ["power", 1, "import"],
  "1-0:1.7.1": ["power", 1, "import_t1"],
  "1-0:36.7.0": ["power", 1, "l1"],
  "1-0:56.7.0": ["power", 1, "l2"],
  "1-0:76.7.0": ["power", 1, "l3"],
  "1-0:32.7.0": ["voltage", 1, "l1"],
  "1-0:52.7.0": ["voltage", 1, "l2"],
  "1-0:72.7.0": ["voltage", 1, "l3"],
  "1-0:31.7.0": ["current", 1, "l1"],
  "1-0:51.7.0": ["current", 1, "l2"],
  "1-0:71.7.0": ["current", 1, "l3"],
  "1-0:14.7.0": ["frequency", 1],
};

function expectEntry(frame: AcceptedFrame, { obis, value, hex, unit, status, time }: SmlEntry): void {
  expect([obis, frame.raw[obis]]).toEqual([obis, value === undefined ? hex : Number(value)]);
  if (unit) expect(frame.raw[`${obis}:unit`]).toBe(unit);
  expect([obis, frame.raw[`${obis}:status`]]).toEqual([obis, status]);
  expect([obis, frame.raw[`${obis}:time`]]).toEqual([obis, time?.v]);
  const [quantity, factor, channel] = READINGS[obis.replace(/\*\d+$/, "")] ?? [];
  if (value === undefined || quantity === undefined || factor === undefined) return;
  const reading = frame.readings.find((each) => each.quantity === quantity && each.channel === channel);
  expect([obis, reading?.value]).toEqual([obis, expect.closeTo(Number(value) * factor, 9)]);
}

function describeSml(): void {
  test.each(capturesIn<SmlExpected>("sml"))("$name gives every value, unit and identity", ({ bytes, expected }) => {
    const frames = framesOf("sml", bytes);
    expect(frames).toHaveLength(expected.crc_ok_frames);
    const files = (expected.frames ?? []).filter(({ transport }) => transport === "x25" || transport === "kermit");
    for (const [i, { offset, end, server_id, entries = [], transport }] of files.entries()) {
      const frame = frames[i];
      if (frame === undefined) throw new TypeError(`There is no file ${i}.`);
      expect(frame).toMatchObject({ offset, length: end - offset, identity: server_id, raw: { crc: transport } });
      for (const entry of entries) expectEntry(frame, entry);
    }
  });
}

describeCaptures("captured SML files", describeSml);
