export { type ChooseTransport, chooseTransport } from "./choose-transport.ts";
export { createFeedHub, FEED_PREFIX, type FeedHub } from "./feed-hub.ts";
export { createIngestService, type IngestOptions, type IngestService } from "./ingest-service.ts";
export { readMeasureEvery, writeMeasureEvery } from "./measuring-cycle.ts";
export { createPortTurns, type PortTurns } from "./port-turns.ts";
export { driverUnknown, type PreviewTarget, previewDevice } from "./preview.ts";
export { expectedStoreInterval } from "./sensor-channels.ts";
export type { SensorStatus } from "./sensor-reader.ts";
export { readVariant, writeVariant } from "./variant.ts";
