import { startTicker } from "./platform.ts";
import type { Link } from "./wire.ts";

export interface HeartbeatOptions {
  /** Silence after which a ping is sent, in ms. Default 20 000; 0 turns the heartbeat off. */
  readonly everyMs?: number;
  /** Pings without any frame in return after which the link counts as dead. Default 3. */
  readonly missed?: number;
}

const DEFAULT_EVERY_MS = 20_000;
const DEFAULT_MISSED = 3;

export interface Heartbeat {
  /** Says that a frame arrived. */
  heard(): void;
  stop(): void;
}

/**
 * Pings a silent peer and closes the link after several pings without an answer.
 *
 * It counts ticks instead of comparing clocks, so that neither a suspended laptop nor a background tab's throttled
 * timers end a healthy link.
 */
export function startHeartbeat(link: Link, options: HeartbeatOptions = {}): Heartbeat {
  const everyMs = options.everyMs ?? DEFAULT_EVERY_MS;
  const missed = options.missed ?? DEFAULT_MISSED;
  let silentTicks = 0;
  if (everyMs <= 0) return { heard: () => undefined, stop: () => undefined };
  const stop = startTicker(() => {
    silentTicks++;
    if (silentTicks > missed) {
      stop();
      link.close();
    } else {
      link.send({ t: "ping" });
    }
  }, everyMs);
  return {
    heard: () => {
      silentTicks = 0;
    },
    stop,
  };
}
