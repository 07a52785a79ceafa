import type { Poller } from "../session/index.ts";
import { createIec62056Poller } from "./iec62056/poller.ts";
import { createMhz19Poller } from "./mhz19/poller.ts";
import { createModbusMeterPoller } from "./modbus-meter/poller.ts";
import { createPmsPoller } from "./pms/poller.ts";
import { createScd30Poller } from "./scd30/poller.ts";
import { createSds011Poller } from "./sds011/poller.ts";
import { createSenseairPoller } from "./senseair/poller.ts";
import type { PollSettings } from "./settings.ts";
import { createSps30Poller } from "./sps30/poller.ts";

type CreatePoller = (settings: PollSettings) => Poller | undefined;

const POLLERS: ReadonlyMap<string, CreatePoller> = new Map<string, CreatePoller>([
  ["sds011", createSds011Poller],
  ["pms", createPmsPoller],
  ["sps30", createSps30Poller],
  ["mhz19", createMhz19Poller],
  ["senseair", createSenseairPoller],
  ["scd30", createScd30Poller],
  ["modbus-meter", createModbusMeterPoller],
  ["iec62056", createIec62056Poller],
]);

/**
 * How a driver's device is asked, as `SessionOptions.createPoller`; `undefined` for devices that speak by themselves.
 *
 * Asking writes to the port: use it for sensors that a person has set up, never to find out what is there.
 */
export function pollerFor(driverId: string, settings: PollSettings = {}): (() => Poller) | undefined {
  const create = POLLERS.get(driverId);
  if (create?.(settings) === undefined) return undefined;
  return () => create(settings) as Poller;
}
