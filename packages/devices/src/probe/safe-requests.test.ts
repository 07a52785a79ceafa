import { describe, expect, test } from "vitest";
import { SAFE_REQUESTS } from "./safe-requests.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** As printed in the manufacturers' documents. */
const PRINTED: readonly (readonly [string, string])[] = [
  ["mhz19", "ff0186000000000079"],
  ["senseair", "fe0400000004e5c6"],
  ["scd30", "610300280006 4c60".replace(" ", "")],
  ["sps30", "7e00d001032b7e"],
  ["modbus-meter", "01040000000271cb"],
];

describe("questions that probing may ask", () => {
  test.each(PRINTED)("asks a %s exactly as its document prints it", (driverId, printed) => {
    expect(hex(SAFE_REQUESTS.find((request) => request.driverId === driverId)?.request ?? new Uint8Array())).toBe(
      printed,
    );
  });

  test("never contains a Modbus write", () => {
    const modbus = SAFE_REQUESTS.filter(({ request }) => request.length === 8);
    expect(modbus).toHaveLength(4);
    for (const { request } of modbus) expect([3, 4]).toContain(request[1]);
  });

  test("recognises no answer in its own echo, in nothing, or in a damaged answer", () => {
    for (const { request, recognise } of SAFE_REQUESTS) {
      expect(recognise(request)).toBeNull();
      expect(recognise(new Uint8Array())).toBeNull();
    }
    const meter = SAFE_REQUESTS.find(({ driverId }) => driverId === "modbus-meter");
    const answer = Buffer.from("01040443664333 9529".replace(" ", ""), "hex");
    expect(meter?.recognise(answer.fill(0, 4, 5))).toBeNull();
  });

  test("reads a fine dust sensor's serial number from its answer", () => {
    const text = [...Buffer.from("4A7B1C2D\0")];
    const body = [0, 0xd0, 0, text.length, ...text];
    const sum = ~body.reduce((total, byte) => total + byte, 0) & 0xff;
    const sps30 = SAFE_REQUESTS.find(({ driverId }) => driverId === "sps30");
    expect(sps30?.recognise(Uint8Array.of(0x7e, ...body, sum, 0x7e))?.identity).toBe("4A7B1C2D");
  });
});
