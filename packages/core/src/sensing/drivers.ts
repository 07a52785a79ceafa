import { AIRROHR_DRIVER } from "./decoders/airrohr/index.ts";
import { DSMR_DRIVER } from "./decoders/dsmr/index.ts";
import { IEC62056_DRIVER } from "./decoders/iec62056/index.ts";
import { LINES_DRIVER } from "./decoders/lines/index.ts";
import { MHZ19_DRIVER } from "./decoders/mhz19/index.ts";
import { MODBUS_METER_DRIVER } from "./decoders/modbus-meter/index.ts";
import { MQTT_DRIVER } from "./decoders/mqtt/index.ts";
import { NMEA_DRIVER } from "./decoders/nmea/index.ts";
import { PMS_DRIVER } from "./decoders/pms/index.ts";
import { RTL433_DRIVER } from "./decoders/rtl433/index.ts";
import { SCD30_DRIVER } from "./decoders/scd30/index.ts";
import { SDS011_DRIVER } from "./decoders/sds011/index.ts";
import { SENSEAIR_DRIVER } from "./decoders/senseair/index.ts";
import { SML_DRIVER } from "./decoders/sml/index.ts";
import { SPS30_DRIVER } from "./decoders/sps30/index.ts";
import { VEDIRECT_DRIVER } from "./decoders/vedirect/index.ts";
import type { DriverSpec } from "./driver.ts";

/** Every device family EcoLocal can decode; a new one is a folder under `decoders/` and one line here. */
export const DRIVERS: readonly DriverSpec[] = [
  SDS011_DRIVER,
  AIRROHR_DRIVER,
  LINES_DRIVER,
  DSMR_DRIVER,
  MQTT_DRIVER,
  PMS_DRIVER,
  SML_DRIVER,
  MODBUS_METER_DRIVER,
  SENSEAIR_DRIVER,
  SCD30_DRIVER,
  VEDIRECT_DRIVER,
  SPS30_DRIVER,
  MHZ19_DRIVER,
  IEC62056_DRIVER,
  NMEA_DRIVER,
  RTL433_DRIVER,
];

/** Finds a driver by its id; `undefined` when there is none of that name. */
export function driverById(id: string): DriverSpec | undefined {
  return DRIVERS.find((driver) => driver.id === id);
}
