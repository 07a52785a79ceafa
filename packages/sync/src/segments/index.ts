export { deviceKeys, type SegmentServices } from "./accept-segment.ts";
export { handleSegments, SEGMENTS_PATH } from "./segment-routes.ts";
export { segmentName, type VerifiedSegment, verifySegment } from "./verify-segment.ts";
