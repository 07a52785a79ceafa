import { describe, expect, test } from "vitest";
import { hexBytes } from "../testing/fixtures/decoder-promises.ts";
import { readFloat32 } from "./float32.ts";

describe("32-bit floats", () => {
  test("are given the digits they have, and nothing for what is not a number", () => {
    expect(readFloat32(hexBytes("43663334"), 0)).toBe(230.2);
    expect(readFloat32(hexBytes("0043db8c2e"), 1)).toBe(439.0952);
    expect(readFloat32(hexBytes("7fc00000"), 0)).toBeNull();
    expect(readFloat32(hexBytes("7f800000"), 0)).toBeNull();
  });

  test("are rounded as decimal numbers are", () => {
    const view = new DataView(new ArrayBuffer(4));
    for (let i = 1; i < 5000; i++) {
      view.setUint32(0, (i * 2_654_435_761) >>> 0);
      const exact = view.getFloat32(0);
      const value = readFloat32(new Uint8Array(view.buffer), 0);
      if (value === null) continue;
      expect(Math.abs(value - exact)).toBeLessThanOrEqual(Math.abs(exact) * 5.1e-7);
      expect(value).toBe(Number(value.toPrecision(7)));
    }
  });
});
