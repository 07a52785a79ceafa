export type { Channel, Exposure } from "./channel.ts";
export {
  type AcceptedFrame,
  type DecodedReading,
  type DecodeEvent,
  type Decoder,
  REJECT_CODES,
  type RejectCode,
  type RejectedStretch,
} from "./decoder.ts";
export { createSds011Decoder, SDS011_DRIVER } from "./decoders/sds011/index.ts";
export type { DecoderOptions, DriverSpec, LineMapping, SerialSettings } from "./driver.ts";
export { DRIVERS, driverById } from "./drivers.ts";
export { createReading, isOutOfRange } from "./plausibility.ts";
export { isUsable, QUALITY_BITS, type QualityFlag, qualityBits, qualityFlags, UNUSABLE_BITS } from "./quality.ts";
export { type Sds011Sample, writeSds011Frame } from "./simulate/sds011.ts";
