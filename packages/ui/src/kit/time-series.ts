export { MultiSeriesChart } from "./charts/multi-series-chart.tsx";
export { DASH_BEFORE, type NamedSeries } from "./charts/multi-series-model.ts";
export { QualityStrip } from "./charts/quality-strip.tsx";
export { TimeSeriesChart } from "./charts/time-series-chart.tsx";
export { type QualityKind, type QualitySegment, qualitySegments } from "./charts/time-series-model.ts";
