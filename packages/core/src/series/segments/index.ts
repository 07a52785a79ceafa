export {
  SEGMENT_LIMITS,
  type SegmentHeader,
  type SegmentLimits,
  segmentHeaderSchema,
} from "./segment-header.ts";
export { judgeOrder } from "./segment-order.ts";
export type {
  NewSegment,
  SegmentEntry,
  SegmentHead,
  SegmentOutcome,
  SegmentPiece,
  SegmentStore,
  SegmentStoreFailure,
  SegmentUpload,
} from "./segment-store.ts";
