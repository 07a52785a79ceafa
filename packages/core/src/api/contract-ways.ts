/** The part of the contract about finding, reaching and calibrating devices. */
import * as z from "zod";
import { call, stream } from "./rpc/define.ts";
import { emptySchema, timeRangeShape, ulidSchema } from "./schema/common.ts";
import { channelSchema } from "./schema/sensor.ts";
import {
  appliedCorrectionSchema,
  calibrationApplySchema,
  calibrationFitInputSchema,
  calibrationFitSchema,
  calibrationOptionsSchema,
  channelAddSchema,
  deviceFindingSchema,
  feedInputSchema,
  feedReportSchema,
  flaggedStretchSchema,
  portListenEventSchema,
  portListenInputSchema,
  probeEventSchema,
  probeInputSchema,
  pushConfigureSchema,
  pushStatusSchema,
} from "./schema/ways.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;

export const waysContract = {
  /** Listens to a port to find out what is on it; ends with one report. Takes 3 to 45 seconds. */
  "port.probe": stream(probeInputSchema, probeEventSchema, [
    "SENSING_PORT_MISSING",
    "SENSING_PORT_DENIED",
    "SENSING_PORT_BUSY",
    "SENSING_PORT_TAKEN",
    "SENSING_PORT_FAILED",
    "SENSING_PORT_NOT_SERIAL",
  ]),
  /** What a port says, byte by byte, for a device that nobody knows. Opening it restarts most boards. */
  "port.listen": stream(portListenInputSchema, portListenEventSchema, [
    "SENSING_PORT_MISSING",
    "SENSING_PORT_DENIED",
    "SENSING_PORT_BUSY",
    "SENSING_PORT_TAKEN",
    "SENSING_PORT_FAILED",
    "SENSING_PORT_NOT_SERIAL",
  ]),

  /** Bytes that another program has read, for a sensor on a `pipe:` port, and what became of them. */
  "sensor.feed": call(feedInputSchema, feedReportSchema, [
    "SENSOR_NOT_FOUND",
    "SENSING_PORT_TAKEN",
    "SENSING_PORT_FAILED",
  ]),
  /** Why a sensor may not be seen by this computer. Reads what the system says; opens no port. */
  "port.diagnose": call(emptySchema, z.array(deviceFindingSchema)),
  "push.status": call(emptySchema, pushStatusSchema),
  "push.configure": call(pushConfigureSchema, pushStatusSchema, [...WRITES, "SENSING_PUSH_PORT_TAKEN"]),
  /** Gives the channel of that name and kind where there is one already. */
  "channel.add": call(channelAddSchema, channelSchema, [...WRITES]),

  "calibration.options": call(z.strictObject({ channelId: ulidSchema }), calibrationOptionsSchema, [
    "CHANNEL_NOT_FOUND",
  ]),
  /** Stuck, spikes, gaps, duplicates, clocks: stretches of flagged readings, at most 1,000. Nothing is changed. */
  "calibration.review": call(
    z.strictObject({ channelId: ulidSchema, ...timeRangeShape }),
    z.array(flaggedStretchSchema),
    ["CHANNEL_NOT_FOUND"],
  ),
  "calibration.fit": call(calibrationFitInputSchema, calibrationFitSchema, [
    "CHANNEL_NOT_FOUND",
    "CALIBRATION_TOO_SHORT",
    "CALIBRATION_NO_VARIATION",
    "CALIBRATION_MISMATCH",
  ]),
  /** Makes a derived channel and fills it from all that is stored; the raw channel stays as it is. */
  "calibration.apply": call(calibrationApplySchema, appliedCorrectionSchema, [
    ...WRITES,
    "CHANNEL_NOT_FOUND",
    "CALIBRATION_REFUSED",
    "CALIBRATION_UNVALIDATED",
  ]),
  "calibration.list": call(emptySchema, z.array(appliedCorrectionSchema)),
  /** Stops a correction; what it has derived stays. */
  "calibration.remove": call(z.strictObject({ channelId: ulidSchema }), emptySchema, [...WRITES, "CHANNEL_NOT_FOUND"]),
} as const;
