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
