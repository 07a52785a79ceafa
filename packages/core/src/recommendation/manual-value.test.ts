import { expect, test } from "vitest";
import { loadKnowledge } from "../knowledge/index.ts";
import { bindMetrics, checkManualValue, describeMetrics, enterableMetrics } from "./index.ts";

const knowledge = loadKnowledge();
const at = Date.UTC(2026, 10, 1);

test("a value in its unit and range is accepted, others are refused with the reason", () => {
  const sealed = { metricId: "sealed_m2", value: 150, unit: "m2", at };
  expect(checkManualValue(sealed, knowledge)).toEqual({ ok: true, value: sealed });
  expect(checkManualValue({ ...sealed, unit: "ha" }, knowledge)).toMatchObject({
    error: { code: "METRIC_UNIT_MISMATCH" },
  });
  expect(checkManualValue({ ...sealed, value: -1 }, knowledge)).toMatchObject({
    error: { code: "METRIC_VALUE_IMPLAUSIBLE" },
  });
  expect(checkManualValue({ ...sealed, value: Number.NaN }, knowledge)).toMatchObject({
    error: { code: "METRIC_VALUE_IMPLAUSIBLE" },
  });
  expect(checkManualValue({ ...sealed, metricId: "moon" }, knowledge)).toMatchObject({
    error: { code: "METRIC_NOT_FOUND" },
  });
});

test("a count of its own has a unit of its own", () => {
  const mown = { metricId: "green_pct", statistic: "mown_grass_m2", value: 300, unit: "m2", at };
  expect(checkManualValue(mown, knowledge).ok).toBe(true);
  expect(checkManualValue({ ...mown, unit: "%" }, knowledge)).toMatchObject({
    error: { code: "METRIC_UNIT_MISMATCH" },
  });
  expect(checkManualValue({ ...mown, statistic: "nothing" }, knowledge)).toMatchObject({
    error: { code: "METRIC_NOT_FOUND" },
  });
});

test("every metric that a trigger asks for is listed once with the projects that ask", () => {
  const metrics = enterableMetrics(knowledge);
  const keys = metrics.map((m) => `${m.metricId}/${m.statistic ?? ""}`);
  expect(new Set(keys).size).toBe(keys.length);
  expect(metrics.find((m) => m.metricId === "sealed_m2")?.usedBy).toEqual(["heat.depave", "water.rain-garden"]);
});

test("a metric says whether a channel, a value entered by hand or nothing carries it", () => {
  const channel = { id: "c", sensorId: null, quantity: "pm25", exposure: "indoor", place: "Hall" } as const;
  const values = [{ metricId: "sealed_m2", value: 150, unit: "m2", at }];
  const states = describeMetrics(bindMetrics([channel], values, knowledge), knowledge);
  const stateOf = (id: string) => states.find((s) => s.metricId === id && s.statistic === undefined);
  expect(stateOf("pm25_in")).toMatchObject({ boundTo: "channel", channelIds: ["c"] });
  expect(stateOf("sealed_m2")).toMatchObject({ boundTo: "manual", manual: { value: 150 } });
  expect(stateOf("pm25_out")).toMatchObject({ boundTo: "nothing", manual: null });
});
