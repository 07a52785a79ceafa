export { type Aggregator, createAggregator } from "./aggregate.ts";
export type { Channel, Exposure } from "./channel.ts";
export {
  CONFIGURABLE_DRIVERS,
  type Co2Change,
  type ConfigurePlan,
  type ConfigureStep,
  FRESH_AIR_PPM,
  planCo2Change,
} from "./configure/index.ts";
export { type DecodedReadingLine, type DecodeLine, toDecodeLine } from "./decode-line.ts";
export {
  type AcceptedFrame,
  type DecodedReading,
  type DecodeEvent,
  type Decoder,
  REJECT_CODES,
  type RejectCode,
  type RejectedStretch,
} from "./decoder.ts";
export { AIRROHR_DRIVER, createAirrohrDecoder } from "./decoders/airrohr/index.ts";
export { createDsmrDecoder, DSMR_DRIVER } from "./decoders/dsmr/index.ts";
export { createIec62056Decoder, IEC62056_DRIVER } from "./decoders/iec62056/index.ts";
export {
  createLinesDecoder,
  type FieldGuess,
  type GuessedField,
  guessFields,
  LINES_DRIVER,
  type MappingProposal,
  proposeMapping,
  proposeMeanings,
} from "./decoders/lines/index.ts";
export { createMhz19Decoder, MHZ19_DRIVER } from "./decoders/mhz19/index.ts";
export {
  createModbusMeterDecoder,
  METER_PROFILES,
  type MeterProfile,
  MODBUS_METER_DRIVER,
  meterSelection,
} from "./decoders/modbus-meter/index.ts";
export { createMqttDecoder, MAX_MESSAGE_LENGTH, MQTT_DRIVER, writeMessageLine } from "./decoders/mqtt/index.ts";
export { createNmeaDecoder, NMEA_DRIVER } from "./decoders/nmea/index.ts";
export { createPmsDecoder, PMS_DRIVER } from "./decoders/pms/index.ts";
export { createRtl433Decoder, RTL433_DRIVER } from "./decoders/rtl433/index.ts";
export { createScd30Decoder, SCD30_DRIVER } from "./decoders/scd30/index.ts";
export { createSds011Decoder, SDS011_DRIVER } from "./decoders/sds011/index.ts";
export { createSenseairDecoder, SENSEAIR_DRIVER } from "./decoders/senseair/index.ts";
export { createSmlDecoder, SML_DRIVER } from "./decoders/sml/index.ts";
export { createSps30Decoder, SPS30_DRIVER } from "./decoders/sps30/index.ts";
export { createVeDirectDecoder, VEDIRECT_DRIVER } from "./decoders/vedirect/index.ts";
export type { DecoderOptions, DriverSpec, DriverVariant, LineMapping, SerialSettings } from "./driver.ts";
export { DRIVERS, driverById } from "./drivers.ts";
export { modbusRequest, modbusWrite, READ_HOLDING, READ_INPUT, readModbusRequest } from "./framing/modbus.ts";
export { findSds011Reply, SDS011_PERIOD, SDS011_WORK, writeSds011Command } from "./framing/sds011-command.ts";
export { shdlcCommand } from "./framing/shdlc.ts";
export { checkMapping, type MappingFailure } from "./line-mapping.ts";
export { normaliseUnit } from "./normalise-unit.ts";
export { createReading, isOutOfRange } from "./plausibility.ts";
export { formatPosition, type Position, parsePosition } from "./position.ts";
export { isUsable, QUALITY_BITS, type QualityFlag, qualityBits, qualityFlags, UNUSABLE_BITS } from "./quality.ts";
export type { AggregatedReading, Sample } from "./sample.ts";
export {
  AIRROHR_HEADER,
  type AirrohrSample,
  createDeviceSimulator,
  type DeviceSimulator,
  type DsmrSample,
  type LineStyle,
  type PmsSample,
  type Sds011Sample,
  type SimulatorOptions,
  type SmlSample,
  type SmlSampleEntry,
  simulatedDrivers,
  writeAirrohrHeader,
  writeAirrohrRow,
  writeCsvHeader,
  writeDsmrTelegram,
  writePmsFrame,
  writePmsWords,
  writeSds011Frame,
  writeSmlFile,
  writeTelegram,
  writeTextLine,
  writeTimestamp,
} from "./simulate/index.ts";
export { longestStandstillMs } from "./standstill.ts";
export { convertToCanonical, isKnownUnit, type UnitFailure, unitCode } from "./unit.ts";
