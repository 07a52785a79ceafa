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
export type { DecoderOptions, DriverSpec, LineMapping, SerialSettings } from "./driver.ts";
export { isUsable, QUALITY_BITS, type QualityFlag, qualityBits, qualityFlags, UNUSABLE_BITS } from "./quality.ts";
