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
});
