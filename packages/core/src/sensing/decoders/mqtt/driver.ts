import type { DriverSpec } from "../../driver.ts";
import { createMqttDecoder } from "./decoder.ts";

export const MQTT_DRIVER: DriverSpec = {
  id: "mqtt",
  title: "Messages of an MQTT broker",
  summary: "Values that devices publish: announced as for Home Assistant, The Things Stack uplinks, or mapped by you.",
  // A broker has no line; recorded messages can be played through one.
  serial: [{ baudRate: 115_200, dataBits: 8, parity: "none", stopBits: 1 }],
  quantities: [],
  expectedIntervalMs: 60_000,
  silentAfterMs: 3_600_000,
  storeIntervalMs: 60_000,
  interByteTimeoutMs: 5000,
  usbHints: [],
  network: true,
  manyDevices: true,
  createDecoder: (options) => createMqttDecoder(options),
};
