import { meterSelection, modbusRequest, READ_HOLDING } from "@ecolocal/core/sensing";
import type { Poller } from "../../session/index.ts";
import { createRequestPoller } from "../request-poller.ts";
import { intervalOf, type PollSettings } from "../settings.ts";

/**
 * Asks a meter for the blocks of its register map, and once for its serial number. Only reads: nothing is ever written
 * to an energy bus.
 *
 * Source: Eastron, SDM630 Modbus protocol (at most 40 parameters a request); mbmd for the pause between requests.
 */
export function createModbusMeterPoller(settings: PollSettings): Poller {
  const { profile, unit } = meterSelection(settings.variant);
  const serial = profile.serialRegister;
  return createRequestPoller({
    setUp: serial === undefined ? [] : [modbusRequest(unit, READ_HOLDING, serial, 2)],
    revive: [],
    cycle: profile.blocks.map(([first, count]) => modbusRequest(unit, profile.functionCode, first, count)),
    intervalMs: intervalOf(settings, 10_000, 1000),
    timeoutMs: 500,
    gapMs: 100,
  });
}
