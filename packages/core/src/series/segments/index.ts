export {
  AUDIENCES,
  type Audience,
  SEGMENT_LIMITS,
  type SegmentHeader,
  type SegmentLimits,
  SHARED_RESOLUTIONS,
  type SharedResolution,
  segmentHeaderSchema,
} from "./segment-header.ts";
