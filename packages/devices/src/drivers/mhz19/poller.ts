import type { Poller } from "../../session/index.ts";
import { createRequestPoller } from "../request-poller.ts";
import { intervalOf, type PollSettings } from "../settings.ts";

const READ = Uint8Array.of(0xff, 0x01, 0x86, 0, 0, 0, 0, 0, 0x79);

/**
 * Asks an MH-Z19 every ten seconds, which is as often as its values change. What it says in the first three minutes is
 * warming up: after power-up it shows 410 ppm for a minute, and the port does not tell when that was.
 *
 * Source: Winsen, MH-Z19B user's manual v1.6 (preheat time 3 min).
 */
export function createMhz19Poller(settings: PollSettings): Poller {
  return createRequestPoller({
    setUp: [],
    revive: [],
    cycle: [READ],
    intervalMs: intervalOf(settings, 10_000, 5000),
    timeoutMs: 1000,
    gapMs: 100,
    warmUpMs: 180_000,
  });
}
