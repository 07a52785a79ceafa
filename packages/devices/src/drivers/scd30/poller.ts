import { modbusRequest, modbusWrite, READ_HOLDING } from "@ecolocal/core/sensing";
import type { Poller } from "../../session/index.ts";
import { createRequestPoller } from "../request-poller.ts";
import { intervalOf, type PollSettings } from "../settings.ts";

const UNIT = 0x61;
const READ_MEASUREMENT = modbusRequest(UNIT, READ_HOLDING, 0x28, 6);
/** Without pressure compensation; the sensor remembers it, so that it is written only when nothing is measured. */
const START = modbusWrite(UNIT, 0x36, 0);

/**
 * Reads an SCD30's last measurement. The first two after opening are warming up; measuring is started when three rounds
 * bring none.
 *
 * Source: Sensirion, SCD30 Interface Description V0.94, §1.4.1 and §1.4.5.
 */
export function createScd30Poller(settings: PollSettings): Poller {
  return createRequestPoller({
    setUp: [],
    revive: [START],
    cycle: [READ_MEASUREMENT],
    intervalMs: intervalOf(settings, 10_000, 2000),
    timeoutMs: 500,
    gapMs: 50,
    warmUpFrames: 2,
  });
}
