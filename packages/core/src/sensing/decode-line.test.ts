import { describe, expect, test } from "vitest";
import { toDecodeLine } from "./decode-line.ts";

describe("sensor decode line", () => {
  test("shows a frame with its readings, times in UTC and quality as a list", () => {
    const at = Date.UTC(2026, 10, 25, 8);
    const line = toDecodeLine({
      kind: "frame",
      offset: 3,
      length: 10,
      identity: "58D9",
      at,
      readings: [
        { quantity: "pm10", value: 1999.9, unit: "ug/m3", quality: ["saturated"] },
        { quantity: "gas_volume", value: 5, unit: "m3", quality: [], channel: "mbus1", at: at + 1 },
      ],
      raw: { pm10_register: 19_999 },
    });
    expect(JSON.stringify(line)).toBe(
      '{"offset":3,"length":10,"identity":"58D9","at":"2026-11-25T08:00:00Z","readings":[' +
        '{"quantity":"pm10","value":1999.9,"unit":"ug/m3","quality":["saturated"]},' +
        '{"quantity":"gas_volume","value":5,"unit":"m3","quality":[],"channel":"mbus1","at":"2026-11-25T08:00:00.001Z"}' +
        '],"raw":{"pm10_register":19999}}',
    );
  });

  test("shows a refused stretch with its code and nothing else", () => {
    expect(toDecodeLine({ kind: "rejected", offset: 0, length: 4, code: "SENSING_FRAME_PARTIAL" })).toEqual({
      offset: 0,
      length: 4,
      rejected: "SENSING_FRAME_PARTIAL",
    });
  });
});
