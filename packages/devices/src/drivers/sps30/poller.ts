import { shdlcCommand } from "@ecolocal/core/sensing";
import type { Poller } from "../../session/index.ts";
import { createRequestPoller } from "../request-poller.ts";
import { intervalOf, type PollSettings } from "../settings.ts";

const FLOAT_FORMAT = [0x01, 0x03];
const WAKE = Uint8Array.of(0xff, ...shdlcCommand(0x11));
const SERIAL = shdlcCommand(0xd0, [0x03]);
const START = shdlcCommand(0x00, FLOAT_FORMAT);
const STOP = shdlcCommand(0x01);
const READ = shdlcCommand(0x03);

/**
 * Wakes an SPS30, starts it, reads it every second and stops laser and fan at the end. For 30 s after the start values
 * are warming up. A sensor that lost its power is started again.
 *
 * Source: Sensirion, SPS30 datasheet v1.0, §4.2 (wake-up: a byte FF, then the command within 100 ms), table 1 (start-up).
 */
export function createSps30Poller(settings: PollSettings): Poller {
  return createRequestPoller({
    setUp: [WAKE, SERIAL, START],
    revive: [WAKE, START],
    cycle: [READ],
    intervalMs: intervalOf(settings, 1000, 1000),
    timeoutMs: 200,
    gapMs: 20,
    warmUpMs: 30_000,
    farewell: STOP,
  });
}
