import { expect, test } from "vitest";
import { capturesIn, describeCaptures, eventsOf, framesOf, hexBytes, readValue, vectorsIn } from "./capture-folder.ts";

interface Readouts {
  readonly readouts: readonly Readonly<Record<string, string>>[];
}

function describeReadouts(): void {
  test.each(capturesIn<Readouts>("iec62056-21"))("$name gives every value", ({ bytes, expected }) => {
    const frames = framesOf("iec62056", bytes);
    expect(frames).toHaveLength(expected.readouts.length);
    for (const [i, { id, ...values }] of expected.readouts.entries()) {
      const { identification, ...raw } = frames[i]?.raw ?? {};
      expect(`/${identification}`).toBe(id);
      const printed = Object.entries(raw).map(([name, text]) => [name, String(text).replace("*", " ")]);
      expect(Object.fromEntries(printed)).toEqual(values);
    }
  });

  test("the meter of Landis+Gyr is read in kWh, with its number", () => {
    const capture = capturesIn<Readouts>("iec62056-21").find(({ name }) => name.startsWith("landisgyr"));
    const [frame] = framesOf("iec62056", capture?.bytes ?? new Uint8Array());
    expect(frame?.identity).toBe("20000");
    expect(readValue(frame, "energy_import", "kW.h")).toBe(1846);
    expect(readValue(frame, "energy_import", "kW.h", "t1")).toBe(1846);
    expect(readValue(frame, "energy_export", "kW.h")).toBe(4329.6);
  });

  test("block check characters are judged as recorded", () => {
    for (const { hex, ok } of vectorsIn<{ hex: string; ok: boolean }[]>("iec62056-21/bcc_vectors.json")) {
      const block = hexBytes(hex);
      // Only a block with an end mark is a readout; the others are answers of the programming mode.
      if (!Buffer.from(block).includes("!\r\n")) continue;
      const events = eventsOf("iec62056", Buffer.concat([Buffer.from("/ABC5TEST\r\n"), block]));
      expect([hex, events[0]?.kind]).toEqual([hex, ok ? "frame" : "rejected"]);
    }
  });
}

describeCaptures("captured IEC 62056-21 readouts", describeReadouts);
