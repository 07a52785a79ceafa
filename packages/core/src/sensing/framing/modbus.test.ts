import { describe, expect, test } from "vitest";
import { asciiBytes } from "../simulate/ascii.ts";
import { hexBytes } from "../testing/fixtures/decoder-promises.ts";
import { crc16Modbus } from "./crc16-modbus.ts";
import { modbusAnswer, modbusRequest, modbusWrite, readModbusRequest } from "./modbus.ts";

describe("Modbus messages", () => {
  test("computes CRC-16/MODBUS", () => {
    expect(crc16Modbus(asciiBytes("123456789"))).toBe(0x4b37);
  });

  test("writes requests and answers as the makers' documents print them", () => {
    expect(modbusRequest(1, 4, 0, 2)).toEqual(hexBytes("01 04 00 00 00 02 71 CB"));
    expect(modbusAnswer(1, 4, hexBytes("43663334"))).toEqual(hexBytes("01 04 04 43 66 33 34 1B 38"));
    expect(modbusRequest(0xfe, 4, 3, 1)).toEqual(hexBytes("FE 04 00 03 00 01 D5 C5"));
    expect(modbusWrite(0x61, 0x36, 0)).toEqual(hexBytes("61 06 00 36 00 00 60 64"));
  });

  test("reads back the request that was written, and nothing else", () => {
    expect(readModbusRequest(modbusRequest(17, 3, 0x7c, 2))).toEqual({
      kind: "request",
      unit: 17,
      functionCode: 3,
      register: 0x7c,
      count: 2,
    });
    expect(readModbusRequest(modbusWrite(1, 0x1f, 180))).toBeNull();
    expect(readModbusRequest(modbusRequest(1, 4, 0, 2).with(7, 0))).toBeNull();
  });
});
