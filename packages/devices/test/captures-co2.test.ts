import { expect, test } from "vitest";
import { capturesIn, describeCaptures, framesOf, hexBytes, readValue, vectorsIn } from "./capture-folder.ts";

interface Co2Frames {
  readonly frames: readonly {
    readonly offset: number;
    readonly values: { readonly co2_ppm: number; readonly temperature_c_undocumented: number };
    readonly status: number;
  }[];
}

function describeMhz19(): void {
  test.each(capturesIn<Co2Frames>("mhz19b"))("$name gives every value", ({ bytes, expected }) => {
    const frames = framesOf("mhz19", bytes);
    expect(frames.map(({ offset }) => offset)).toEqual(expected.frames.map(({ offset }) => offset));
    for (const [i, { values, status }] of expected.frames.entries()) {
      expect(readValue(frames[i], "co2", "[ppm]")).toBe(values.co2_ppm);
      expect(frames[i]?.raw).toMatchObject({ ...values, status });
    }
  });

  test("nothing malformed gives a usable value, and no command is taken for one", () => {
    const vectors = vectorsIn<{ id: string; hex: string }[]>("mhz19b/mhz19b_malformed.json");
    const commands = vectorsIn<Record<string, string>>("mhz19b/mhz19b_commands.json");
    for (const hex of [...vectors.map((vector) => vector.hex), ...Object.values(commands)]) {
      const readings = framesOf("mhz19", hexBytes(hex)).flatMap((frame) => frame.readings);
      expect([hex, readings.filter(({ quality }) => quality.length === 0)]).toEqual([hex, []]);
    }
  });
}

describeCaptures("captured MH-Z19B answers", describeMhz19);
