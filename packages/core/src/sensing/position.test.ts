import { describe, expect, it } from "vitest";
import { formatPosition, parsePosition } from "./position.ts";

describe("a position", () => {
  it.each([
    ["52.0907, 5.1214", 52.0907, 5.1214],
    ["52.0907,5.1214", 52.0907, 5.1214],
    ["52.0907 5.1214", 52.0907, 5.1214],
    ["52,0907; 5,1214", 52.0907, 5.1214],
    ["52,0907 5,1214", 52.0907, 5.1214],
    ["-33.8568, 151.2153", -33.8568, 151.2153],
    ["33.8568° S, 151.2153° E", -33.8568, 151.2153],
    ["40.6892N 74.0445W", 40.6892, -74.0445],
    ["0, 0", 0, 0],
  ])("is read from %s", (text, latitude, longitude) => {
    expect(parsePosition(text)).toEqual({ latitude, longitude });
  });

  it.each(["", "52.0907", "here", "91, 5", "52, 181", "52.0907, 5.1214, 12", "5.1.2, 4", "NaN, 1"])(
    "is not read from %j",
    (text) => {
      expect(parsePosition(text)).toBeNull();
    },
  );

  it("is read again from how it is written", () => {
    const position = { latitude: -0.12345, longitude: 179.99999 };
    expect(parsePosition(formatPosition(position))).toEqual(position);
  });
});
