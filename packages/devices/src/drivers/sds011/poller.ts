import {
  type AcceptedFrame,
  findSds011Reply,
  SDS011_PERIOD,
  SDS011_WORK,
  writeSds011Command,
} from "@ecolocal/core/sensing";
import { type Instant, MINUTE_MS } from "@ecolocal/core/shared";
import type { PollEvent, Poller, PollStep } from "../../session/index.ts";
import { markWarmUp } from "../mark-warm-up.ts";
import type { PollSettings } from "../settings.ts";

const WORK = writeSds011Command({ command: SDS011_WORK, sets: true, value: 1 });
const ASK_PERIOD = writeSds011Command({ command: SDS011_PERIOD, sets: false, value: 0 });

const ANSWER_MS = 1000;
const WARM_UP_MS = 30_000;
const MAX_TRIES = 3;
const LONGEST_PERIOD_MIN = 30;
/** An answer of ten bytes is in here, however it was cut. */
const HEARD_LENGTH = 20;

/**
 * Gives an SDS011 its working period: woken, asked for the present one, told another only where it differs, and asked
 * again. From then on the sensor measures and rests by itself, also while nobody reads it. What it says in the 30 s after
 * waking is warming up; at the end of each period it has been working that long already. `undefined` without
 * `measureEveryMs`: a period that somebody else set stays.
 *
 * Source: Nova Fitness, Laser Dust Sensor Control Protocol V1.3 (commands 6 and 8; stable after 30 s).
 */
export function createSds011Poller({ measureEveryMs }: PollSettings): Poller | undefined {
  if (measureEveryMs === undefined) return undefined;
  return new PeriodKeeper(Math.min(Math.round(measureEveryMs / MINUTE_MS), LONGEST_PERIOD_MIN));
}

type Phase = "waking" | "asking" | "setting" | "settled";

class PeriodKeeper implements Poller {
  readonly quietForMs: number;
  readonly #periodMin: number;
  readonly #set: Uint8Array;
  #phase: Phase = "waking";
  #wokenAt: Instant = 0;
  #tries = 0;
  #heard: Uint8Array = new Uint8Array(0);

  constructor(periodMin: number) {
    this.#periodMin = periodMin;
    this.#set = writeSds011Command({ command: SDS011_PERIOD, sets: true, value: periodMin });
    this.quietForMs = 2 * periodMin * MINUTE_MS;
  }

  next(event: PollEvent, at: Instant): PollStep {
    switch (event.kind) {
      case "opened":
        this.#wokenAt = at;
        return { write: WORK, waitMs: ANSWER_MS };
      case "bytes":
        return this.#hear(event.bytes);
      case "due":
        return this.#due();
      default:
        return {};
    }
  }

  mark(frame: AcceptedFrame, at: Instant): AcceptedFrame {
    return at - this.#wokenAt < WARM_UP_MS ? markWarmUp(frame) : frame;
  }

  #hear(bytes: Uint8Array): PollStep {
    if (this.#phase !== "asking" && this.#phase !== "setting") return {};
    this.#heard = Uint8Array.of(...this.#heard, ...bytes).slice(-HEARD_LENGTH);
    const reply = findSds011Reply(this.#heard);
    if (reply?.command !== SDS011_PERIOD) return {};
    this.#heard = new Uint8Array(0);
    if (reply.value === this.#periodMin) this.#phase = "settled";
    else if (this.#phase === "asking") return this.#write("setting", this.#set);
    return {};
  }

  #due(): PollStep {
    if (this.#phase === "settled") return {};
    if (this.#phase === "waking") return this.#write("asking", ASK_PERIOD);
    if (this.#tries >= MAX_TRIES) {
      // The wire to the sensor may be missing; what it says by itself is read all the same.
      this.#phase = "settled";
      return {};
    }
    this.#tries += 1;
    return this.#phase === "asking"
      ? { write: ASK_PERIOD, waitMs: ANSWER_MS }
      : { write: this.#set, waitMs: ANSWER_MS };
  }

  #write(phase: Phase, bytes: Uint8Array): PollStep {
    this.#phase = phase;
    this.#tries = 1;
    return { write: bytes, waitMs: ANSWER_MS };
  }
}
