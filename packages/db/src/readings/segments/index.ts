export { encodeSegment, type SegmentContent } from "./encode-segment.ts";
export {
  type ParsedSegment,
  parseSegment,
  readSegment,
  type SegmentInvalid,
  segmentStatement,
} from "./read-segment.ts";
export { summariseReadings } from "./summarise.ts";
