import { modbusRequest, READ_INPUT } from "@ecolocal/core/sensing";
import type { Poller } from "../../session/index.ts";
import { createRequestPoller } from "../request-poller.ts";
import { intervalOf, type PollSettings } from "../settings.ts";

const ANY_SENSOR = 0xfe;
const STATUS_TO_CO2 = modbusRequest(ANY_SENSOR, READ_INPUT, 0, 4);
const SERIAL = modbusRequest(ANY_SENSOR, READ_INPUT, 29, 2);

/**
 * Asks a SenseAir for status and CO2, and once for its serial number. Nothing is ever written to its settings. Some of
 * them sleep through the first byte: a request that is repeated has a null byte ahead.
 *
 * Source: Senseair, Modbus on Senseair S8, TDE2067; measures every 4 s.
 */
export function createSenseairPoller(settings: PollSettings): Poller {
  return createRequestPoller({
    setUp: [SERIAL],
    revive: [],
    cycle: [STATUS_TO_CO2],
    intervalMs: intervalOf(settings, 10_000, 4000),
    timeoutMs: 500,
    gapMs: 100,
    wake: Uint8Array.of(0),
    wakeMs: 5,
  });
}
