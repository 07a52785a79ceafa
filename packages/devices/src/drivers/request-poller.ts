import type { AcceptedFrame } from "@ecolocal/core/sensing";
import type { Instant } from "@ecolocal/core/shared";
import type { PollEvent, Poller, PollStep } from "../session/index.ts";
import { isMeasurement, markWarmUp } from "./mark-warm-up.ts";

/** How a device that only answers is asked. */
export interface RequestPlan {
  /** Asked once after opening: who are you. An answer that does not come is done without. */
  readonly setUp: readonly Uint8Array[];
  /** Asked when measurements stay away: start measuring. */
  readonly revive: readonly Uint8Array[];
  /** Asked every `intervalMs`. */
  readonly cycle: readonly Uint8Array[];
  readonly intervalMs: number;
  /** How long an answer may take. */
  readonly timeoutMs: number;
  /** Rest between an answer and the next request. */
  readonly gapMs: number;
  /** Written before a request is repeated, `wakeMs` ahead: some devices sleep through the first bytes. */
  readonly wake?: Uint8Array;
  readonly wakeMs?: number;
  /** Readings are warming up for this long after opening, which is when the device usually gets its power. */
  readonly warmUpMs?: number;
  /** So many measurements after opening are warming up. */
  readonly warmUpFrames?: number;
  readonly farewell?: Uint8Array;
}

/** Every request is made so often before it is given up for this round. */
const MAX_TRIES = 3;
/** Rounds without a measurement after which the device is revived. */
const ROUNDS_TO_REVIVE = 3;

/**
 * Asks by a plan, one request at a time: set-up, then the cycle for ever.
 *
 * A request that is not answered is repeated twice, after a wake-up where the plan has one, and then left out for this
 * round. After three rounds without a measurement the device is revived: it may have lost its power in between.
 */
export function createRequestPoller(plan: RequestPlan): Poller {
  return new RequestPoller(plan);
}

type Phase = "idle" | "waking" | "asking" | "resting";

class RequestPoller implements Poller {
  readonly quietForMs: number;
  readonly farewell?: Uint8Array;
  readonly #plan: RequestPlan;
  #queue: readonly Uint8Array[] = [];
  #tries = 0;
  #phase: Phase = "idle";
  #openedAt: Instant = 0;
  #roundAt: Instant = 0;
  #roundsWithout = 0;
  #measured = false;
  #frames = 0;
  /** How much of the last request has come back: adapters for two-wire lines hear themselves. */
  #echoed = 0;
  #asked: Uint8Array = new Uint8Array(0);

  constructor(plan: RequestPlan) {
    this.#plan = plan;
    const patienceMs = (plan.cycle.length + plan.revive.length) * MAX_TRIES * (plan.timeoutMs + plan.gapMs);
    this.quietForMs = (ROUNDS_TO_REVIVE + 1) * plan.intervalMs + patienceMs;
    if (plan.farewell !== undefined) this.farewell = plan.farewell;
  }

  next(event: PollEvent, at: Instant): PollStep {
    switch (event.kind) {
      case "opened":
        this.#openedAt = at;
        return this.#beginRound(this.#plan.setUp, at);
      case "frame":
        this.#measured ||= isMeasurement(event.frame);
        return this.#answered(at);
      case "answer":
        return this.#isEcho() ? {} : this.#answered(at);
      case "bytes":
        this.#listenForEcho(event.bytes);
        return {};
      case "due":
        return this.#due(at);
    }
  }

  mark(frame: AcceptedFrame, at: Instant): AcceptedFrame {
    if (frame.readings.length === 0) return frame;
    this.#frames += isMeasurement(frame) ? 1 : 0;
    const { warmUpMs = 0, warmUpFrames = 0 } = this.#plan;
    return at - this.#openedAt < warmUpMs || this.#frames <= warmUpFrames ? markWarmUp(frame) : frame;
  }

  #beginRound(first: readonly Uint8Array[], at: Instant): PollStep {
    this.#roundAt = at;
    this.#measured = false;
    this.#queue = [...first, ...this.#plan.cycle];
    this.#tries = 0;
    return this.#ask();
  }

  #ask(): PollStep {
    const [request] = this.#queue;
    if (request === undefined) throw new TypeError("A plan needs at least one request in its cycle.");
    const { wake, wakeMs = 0, timeoutMs } = this.#plan;
    if (this.#tries > 0 && wake !== undefined && this.#phase !== "waking") {
      this.#phase = "waking";
      return { write: wake, waitMs: wakeMs };
    }
    this.#tries += 1;
    this.#phase = "asking";
    this.#asked = request;
    this.#echoed = 0;
    return { write: request, waitMs: timeoutMs };
  }

  /** Follows the bytes that come first, as long as they are those that were sent. */
  #listenForEcho(bytes: Uint8Array): void {
    for (const byte of bytes) {
      if (this.#echoed < 0 || this.#echoed >= this.#asked.length) return;
      this.#echoed = byte === this.#asked[this.#echoed] ? this.#echoed + 1 : -1;
    }
  }

  /** The first intact message is the request itself; what follows is the answer. */
  #isEcho(): boolean {
    const complete = this.#asked.length > 0 && this.#echoed === this.#asked.length;
    if (complete) this.#echoed = -1;
    return complete;
  }

  #answered(at: Instant): PollStep {
    if (this.#phase !== "asking") return {};
    this.#queue = this.#queue.slice(1);
    this.#tries = 0;
    return this.#rest(at);
  }

  #rest(at: Instant): PollStep {
    this.#phase = "resting";
    if (this.#queue.length > 0) return { waitMs: this.#plan.gapMs };
    this.#roundsWithout = this.#measured ? 0 : this.#roundsWithout + 1;
    return { waitMs: Math.max(this.#plan.gapMs, this.#roundAt + this.#plan.intervalMs - at) };
  }

  #due(at: Instant): PollStep {
    if (this.#phase === "waking") return this.#ask();
    if (this.#phase === "asking") return this.#missed(at);
    return this.#queue.length > 0 ? this.#ask() : this.#beginRound(this.#reviving(), at);
  }

  #missed(at: Instant): PollStep {
    if (this.#tries < MAX_TRIES) return this.#ask();
    this.#queue = this.#queue.slice(1);
    this.#tries = 0;
    return this.#rest(at);
  }

  #reviving(): readonly Uint8Array[] {
    if (this.#roundsWithout < ROUNDS_TO_REVIVE) return [];
    this.#roundsWithout = 0;
    return this.#plan.revive;
  }
}
