import { describe, expect, it } from "vitest";
import { createLocalTime, localDay, localToInstant } from "./index.ts";

const wall = (text: string) => Date.parse(`${text}Z`);

describe("local time", () => {
  it("follows daylight saving", () => {
    const berlin = createLocalTime("Europe/Berlin");
    expect(berlin.format(Date.parse("2026-03-29T00:59:59Z"))).toEqual({ date: "2026-03-29", time: "01:59:59" });
    expect(berlin.format(Date.parse("2026-03-29T01:00:00Z"))).toEqual({ date: "2026-03-29", time: "03:00:00" });
    expect(localDay("Asia/Kathmandu", Date.parse("2026-01-01T18:30:00Z"))).toBe("2026-01-02");
  });

  it("finds the instant of a wall clock, taking the first of two and stepping over a gap", () => {
    const at = (text: string) => new Date(localToInstant("Europe/Berlin", wall(text))).toISOString();
    expect(at("2026-07-01T12:00:00")).toBe("2026-07-01T10:00:00.000Z");
    expect(at("2026-03-29T02:30:00")).toBe("2026-03-29T01:30:00.000Z");
    expect(at("2026-10-25T02:30:00")).toBe("2026-10-25T00:30:00.000Z");
    expect(at("2026-10-25T03:30:00")).toBe("2026-10-25T02:30:00.000Z");
  });
});
