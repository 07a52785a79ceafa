import type { BucketsView, ChannelView, PortListenEvent } from "@ecolocal/core/api";
import { QUALITY_BITS } from "@ecolocal/core/sensing";
import { describe, expect, it } from "vitest";
import { networkAddress, networkProblems } from "./add/network-address.ts";
import { serialKey, USUAL_SERIALS, unusualFrame } from "./add/serial-text.ts";
import { coverageDays } from "./health/coverage-days.ts";
import { doubtsOf, fromFieldTime, isMeter, toFieldTime } from "./manual/meter-check.ts";
import { withRawEvent } from "./probe/use-raw.ts";

const DAY = 86_400_000;

describe("a device on the network", () => {
  const broker = { kind: "mqtt", host: "broker.local", port: "", topic: "garden/#", credentialsFile: "" } as const;

  it("is named by an address without anything secret", () => {
    expect(networkAddress(broker)).toBe("mqtt://broker.local/?topic=garden%2F%23");
    expect(networkAddress({ ...broker, kind: "mqtts", port: "8884", credentialsFile: "/etc/eco/mqtt" })).toBe(
      "mqtts://broker.local:8884/?topic=garden%2F%23&credentials=%2Fetc%2Feco%2Fmqtt",
    );
    expect(networkAddress({ ...broker, kind: "tcp", host: " 192.168.1.20 ", port: "3001" })).toBe(
      "tcp://192.168.1.20:3001",
    );
  });

  it("tells what is missing, field by field", () => {
    expect(networkProblems(broker)).toEqual([]);
    expect(networkProblems({ ...broker, host: "a b", port: "70000", topic: " " })).toEqual(["host", "port", "topic"]);
    expect(networkProblems({ ...broker, kind: "tcp", topic: "" })).toEqual(["port"]);
  });
});

describe("line settings", () => {
  it("are each other, and say what is unusual about them", () => {
    expect(new Set(USUAL_SERIALS.map(serialKey)).size).toBe(USUAL_SERIALS.length);
    expect(unusualFrame({ baudRate: 9600, dataBits: 8, parity: "none", stopBits: 1 })).toBeNull();
    expect(unusualFrame({ baudRate: 300, dataBits: 7, parity: "even", stopBits: 1 })).toBe("7E1");
  });
});

describe("days measured", () => {
  it("tell a gap from a time before the sensor, and today by what has passed of it", () => {
    const start = Date.UTC(2026, 10, 1);
    const buckets = {
      from: Float64Array.from([0, 1, 2, 3, 4], (day) => start + day * DAY),
      n: Float64Array.from([0, 100, 0, 40, 10]),
      coverage: Float64Array.from([0, 1, 0, 0.4, 0.25]),
    } as unknown as BucketsView;
    const days = coverageDays(buckets, start + DAY, start + 4.25 * DAY);
    expect(days.map(({ kind }) => kind)).toEqual(["before", "good", "gap", "partly", "good"]);
    expect(coverageDays(buckets, start, start + 3 * DAY)).toHaveLength(3);
  });
});

describe("a meter reading", () => {
  const last = { at: 1000, value: 50 };

  it("is offered for what people read by eye, and not for recordings that were imported", () => {
    const channel = { sensorId: null, key: "", intervalMs: 60_000, latest: null } as unknown as ChannelView;
    const typed = { at: 0, value: 5, quality: QUALITY_BITS.manual };
    expect(isMeter(channel)).toBe(false);
    expect(isMeter({ ...channel, latest: { ...typed, quality: 0 } })).toBe(false);
    expect(isMeter({ ...channel, latest: typed })).toBe(true);
    expect(isMeter({ ...channel, intervalMs: 7 * DAY })).toBe(true);
    expect(isMeter({ ...channel, intervalMs: 7 * DAY, key: "corrected:linear@1" })).toBe(false);
    expect(isMeter({ ...channel, latest: typed, sensorId: "01" })).toBe(false);
  });

  it("is doubted when it runs backwards or lies ahead", () => {
    const reading = { quantity: "gas_volume", value: 49, at: 2000, last } as const;
    expect(doubtsOf(reading, 5000)).toEqual(["backwards"]);
    expect(doubtsOf({ ...reading, value: 51, at: 5000 + DAY }, 5000)).toEqual(["future"]);
    expect(doubtsOf({ ...reading, quantity: "temperature" }, 5000)).toEqual([]);
    expect(doubtsOf({ ...reading, at: 500 }, 5000)).toEqual([]);
  });

  it("keeps its minute through the form field, and is no time while it is incomplete", () => {
    const at = Math.floor(Date.now() / 60_000) * 60_000;
    expect(fromFieldTime(toFieldTime(at))).toBe(at);
    expect(fromFieldTime("2026-11")).toBeNull();
  });
});

describe("what an unknown device says", () => {
  it("is kept to a screenful, counted in full", () => {
    const piece: PortListenEvent = { kind: "bytes", at: 0, length: 10, hex: "00", text: null };
    const empty = { pieces: [], bytesHeard: 0, fields: null, problem: null };
    const raw = Array.from({ length: 100 }, () => piece).reduce(withRawEvent, empty);
    expect(raw.pieces).toHaveLength(60);
    expect(raw.bytesHeard).toBe(1000);
  });
});
