export { type CalendarPeriod, type CalendarUnit, equalEdges, periodEdges } from "./calendar.ts";
export type {
  AppendReport,
  LatestReading,
  Period,
  RangeQuery,
  Reading,
  ReadingBlock,
  ReadingRefusal,
  ReadingStore,
  ReadingStoreFailure,
  SeriesBuckets,
  TimeRange,
} from "./reading-store.ts";
export { isTimeZone, type OffsetSpan, offsetSpans, zoneOffsetMs } from "./zone-offset.ts";
