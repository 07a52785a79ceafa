export { type ChartWindow, chartWindow, RANGES, type RangeName, SPAN_MS, windowTickMs } from "./chart-window.ts";
export { ClientContext, type EngineClient, useClient } from "./client-context.ts";
export { failureOf } from "./failure.ts";
export { followChanges, throttled } from "./follow-changes.ts";
export { followReadings, useLiveReading, useLiveStore } from "./live-readings.ts";
export { CHARTS_PAUSE_MS, isChart, READINGS_PAUSE_MS, TOPICS_OF, touches } from "./topics.ts";
export { useEngine, useEngineAction } from "./use-engine.ts";
export { useLinkState } from "./use-link-state.ts";
export { useNow } from "./use-now.ts";
