import { describe, expect, test } from "vitest";
import { CHECKSUMS, readChecksum } from "./checksums.ts";

const CHECK = new Uint8Array(Buffer.from("123456789"));

describe("checks by name", () => {
  // Check values of the nine digits. Source: Greg Cook, Catalogue of parametrised CRC algorithms; sums by hand.
  test.each([
    ["sum8", 0xdd],
    ["sum8-negative", 0x23],
    ["sum8-inverted", 0x22],
    ["xor8", 0x31],
    ["sum16-be", 0x01dd],
    ["sum16-le", 0x01dd],
    ["crc8-31", 0xf7],
    ["crc16-modbus", 0x4b37],
    ["crc16-arc", 0xbb3d],
    ["crc16-ccitt", 0x29b1],
  ])("%s of the nine digits is %i", (name, expected) => {
    expect(CHECKSUMS[name]?.compute(CHECK, 0, CHECK.length)).toBe(expected);
  });

  test("are read in the order of bytes that each has", () => {
    const bytes = Uint8Array.of(0x12, 0x34);
    const { sum8, "sum16-be": big, "crc16-modbus": little } = CHECKSUMS;
    expect(sum8 && readChecksum(bytes, 0, sum8)).toBe(0x12);
    expect(big && readChecksum(bytes, 0, big)).toBe(0x1234);
    expect(little && readChecksum(bytes, 0, little)).toBe(0x3412);
  });
});
