import type { AcceptedFrame } from "@ecolocal/core/sensing";
import type { Instant } from "@ecolocal/core/shared";
import type { PollEvent, Poller, PollStep } from "../../session/index.ts";
import { markWarmUp } from "../mark-warm-up.ts";
import type { PollSettings } from "../settings.ts";

const WAKE = command(0xe4, 1);
const SLEEP = command(0xe4, 0);
const ACTIVE = command(0xe1, 1);
const PASSIVE = command(0xe1, 0);
const READ = command(0xe2, 0);

/** A sensor that speaks by itself does so every 2.3 s at the latest. */
const SILENT_AFTER_MS = 5000;
const COMMAND_GAP_MS = 1000;
const WARM_UP_MS = 30_000;
const READ_GAP_MS = 1000;
const READS_PER_CYCLE = 10;
const MIN_SLEEP_MS = 30_000;

/**
 * Keeps a PMS talking. Without `measureEveryMs` it only listens, and wakes a sensor that stays silent: an earlier program may
 * have put it to sleep. With it laser and fan rest between measurements: wake, 30 s of warming up, ten readings,
 * sleep. Waking makes a sensor talk by itself again, so that it is told to be passive each time.
 *
 * Source: Plantower, PMS5003 data manual V2.3, appendix II; stabilising time 30 s.
 */
export function createPmsPoller({ measureEveryMs = 0 }: PollSettings): Poller {
  if (measureEveryMs === 0) return new ListeningPms();
  return new RestingPms(Math.max(measureEveryMs - WARM_UP_MS - READS_PER_CYCLE * READ_GAP_MS, MIN_SLEEP_MS));
}

function command(code: number, value: number): Uint8Array {
  const sum = 0x42 + 0x4d + code + value;
  return Uint8Array.of(0x42, 0x4d, code, 0, value, sum >> 8, sum & 0xff);
}

class ListeningPms implements Poller {
  readonly quietForMs = 0;
  #wokenAt: Instant | null = null;
  #waking = false;

  next(event: PollEvent, at: Instant): PollStep {
    if (event.kind !== "due")
      return event.kind === "bytes" || event.kind === "answer" ? {} : { waitMs: SILENT_AFTER_MS };
    this.#waking = !this.#waking;
    if (!this.#waking) return { write: ACTIVE, waitMs: SILENT_AFTER_MS };
    this.#wokenAt = at;
    return { write: WAKE, waitMs: COMMAND_GAP_MS };
  }

  mark(frame: AcceptedFrame, at: Instant): AcceptedFrame {
    return this.#wokenAt !== null && at - this.#wokenAt < WARM_UP_MS ? markWarmUp(frame) : frame;
  }
}

type RestingPhase = "waking" | "warming" | "reading" | "sleeping";

class RestingPms implements Poller {
  readonly quietForMs: number;
  readonly #sleepMs: number;
  #phase: RestingPhase = "sleeping";
  #wokenAt: Instant = 0;
  #reads = 0;

  constructor(sleepMs: number) {
    this.#sleepMs = sleepMs;
    this.quietForMs = 2 * (sleepMs + WARM_UP_MS + READS_PER_CYCLE * READ_GAP_MS);
  }

  next(event: PollEvent, at: Instant): PollStep {
    if (event.kind !== "opened" && event.kind !== "due") return {};
    switch (this.#phase) {
      case "sleeping":
        this.#phase = "waking";
        this.#wokenAt = at;
        return { write: WAKE, waitMs: COMMAND_GAP_MS };
      case "waking":
        this.#phase = "warming";
        return { write: PASSIVE, waitMs: WARM_UP_MS };
      case "warming":
        this.#phase = "reading";
        this.#reads = 1;
        return { write: READ, waitMs: READ_GAP_MS };
      case "reading":
        return this.#readOn();
    }
  }

  mark(frame: AcceptedFrame, at: Instant): AcceptedFrame {
    return at - this.#wokenAt < WARM_UP_MS ? markWarmUp(frame) : frame;
  }

  #readOn(): PollStep {
    this.#reads += 1;
    if (this.#reads <= READS_PER_CYCLE) return { write: READ, waitMs: READ_GAP_MS };
    this.#phase = "sleeping";
    return { write: SLEEP, waitMs: this.#sleepMs };
  }
}
