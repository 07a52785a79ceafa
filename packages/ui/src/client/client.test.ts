import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { throttled } from "./follow-changes.ts";
import { overlay } from "./live-buckets.ts";
import { isChart, touches } from "./topics.ts";

describe("a change in the engine", () => {
  it("refetches what shows it and nothing else", () => {
    expect(touches("project.get", new Set(["projects"]))).toBe(true);
    expect(touches("project.get", new Set(["readings"]))).toBe(false);
    expect(touches("driver.list", new Set(["sensors", "readings", "projects"]))).toBe(false);
  });

  it("treats charts as slower than the newest values", () => {
    expect(isChart("data.downsample")).toBe(true);
    expect(isChart("home.overview")).toBe(false);
  });
});

describe("a live chart", () => {
  const buckets = (from: number[], n: number[]) => {
    const column = Float64Array.from(n);
    return { from: Float64Array.from(from), n: column, mean: column, min: column, max: column, coverage: column };
  };

  it("takes over the buckets it is told, and leaves the answer it came from as it was", () => {
    const answer = buckets([0, 60, 120], [1, 2, 3]);
    const live = overlay(answer, buckets([60, 120, 180], [7, 8, 9]));
    expect([live.from, live.n, live.coverage]).toEqual([
      answer.from,
      Float64Array.of(1, 7, 8),
      Float64Array.of(1, 7, 8),
    ]);
    expect(answer.n).toEqual(Float64Array.of(1, 2, 3));
  });
});

describe("a throttled refetch", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("runs at once, then once after the pause for any number of calls", () => {
    const run = vi.fn();
    const lane = throttled(run, 1000);
    for (let i = 0; i < 50; i++) lane.run();
    expect(run).toHaveBeenCalledTimes(1);
    vi.advanceTimersByTime(1000);
    expect(run).toHaveBeenCalledTimes(2);
    vi.advanceTimersByTime(5000);
    expect(run).toHaveBeenCalledTimes(2);
  });

  it("stops when it is told to", () => {
    const run = vi.fn();
    const lane = throttled(run, 1000);
    lane.run();
    lane.run();
    lane.stop();
    vi.advanceTimersByTime(10_000);
    expect(run).toHaveBeenCalledTimes(1);
  });
});
