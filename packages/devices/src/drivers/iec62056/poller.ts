import type { AcceptedFrame } from "@ecolocal/core/sensing";
import type { Instant } from "@ecolocal/core/shared";
import type { PollEvent, Poller, PollStep } from "../../session/index.ts";
import { intervalOf, type PollSettings } from "../settings.ts";

const REQUEST = ascii("/?!\r\n");
const OPENING_BAUD = 300;
/** Speeds of mode C by the fifth character of the identification, and of mode B by a letter. */
const BAUD_BY_CHARACTER: Readonly<Record<string, number>> = {
  ...{ "0": 300, "1": 600, "2": 1200, "3": 2400, "4": 4800, "5": 9600, "6": 19_200 },
  ...{ A: 600, B: 1200, C: 2400, D: 4800, E: 9600, F: 19_200 },
};
/** Time a meter needs before it listens again; a lower-case third letter promises the short one. */
const REACTION_MS = 200;
const SHORT_REACTION_MS = 20;
/** Battery meters wake up when they see 2.2 s of NUL, at 300 baud with ten bits each. */
const WAKE = new Uint8Array(66);
const WAKE_MS = 2500;
const IDENTIFICATION_TIMEOUT_MS = 4000;
/** At 300 baud a long readout takes minutes, but it never pauses for long; what has paused is over, good or bad. */
const PAUSE_MS = 5000;
const LONGEST_READOUT_MS = 180_000;
const DEFAULT_INTERVAL_MS = 300_000;
/** Batteries of heat and water meters are not made for more. */
const BATTERY_INTERVAL_MS = 3_600_000;
const MAX_IDENTIFICATION_LENGTH = 64;
/** A round that fails is repeated soon, but not for ever: the head may lie on the table. */
const RETRY_MS = 5000;
const MAX_RETRIES = 2;

/**
 * Asks a meter for its readout: the request at 300 baud, then by what its identification says. Mode C is acknowledged
 * and goes on at the meter's speed, mode B changes speed by itself, mode A stays slow. `undefined` for meters that push.
 *
 * Variant `pull-wake` wakes battery meters first.
 * Source: IEC 62056-21:2002, §6.4 and §6.3.14 (identification), §6.3.2 (wake-up, annex B).
 */
export function createIec62056Poller(settings: PollSettings): Poller | undefined {
  const { variant } = settings;
  if (variant !== "pull" && variant !== "pull-wake") return undefined;
  const needsWaking = variant === "pull-wake";
  const defaultMs = needsWaking ? BATTERY_INTERVAL_MS : DEFAULT_INTERVAL_MS;
  return new AskedMeter(needsWaking, intervalOf(settings, defaultMs, needsWaking ? 900_000 : 10_000));
}

function ascii(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

type Phase = "waking" | "identifying" | "reacting" | "reading" | "resting";

class AskedMeter implements Poller {
  readonly quietForMs: number;
  readonly #needsWaking: boolean;
  readonly #intervalMs: number;
  #phase: Phase = "resting";
  #heard = "";
  #speed = "";
  #roundAt: Instant = 0;
  #retries = 0;

  constructor(needsWaking: boolean, intervalMs: number) {
    this.#needsWaking = needsWaking;
    this.#intervalMs = intervalMs;
    this.quietForMs = 2 * intervalMs + LONGEST_READOUT_MS;
  }

  next(event: PollEvent, at: Instant): PollStep {
    switch (event.kind) {
      case "opened":
        return this.#begin(at);
      case "bytes":
        return this.#hear(event.bytes);
      case "frame":
        this.#retries = 0;
        return this.#rest(at);
      case "answer":
        return {};
      case "due":
        return this.#due(at);
    }
  }

  mark(frame: AcceptedFrame): AcceptedFrame {
    return frame;
  }

  #begin(at: Instant): PollStep {
    this.#roundAt = at;
    if (!this.#needsWaking) return this.#ask();
    this.#phase = "waking";
    return { baudRate: OPENING_BAUD, write: WAKE, waitMs: WAKE_MS };
  }

  #ask(): PollStep {
    this.#phase = "identifying";
    this.#heard = "";
    return { baudRate: OPENING_BAUD, write: REQUEST, waitMs: IDENTIFICATION_TIMEOUT_MS };
  }

  #hear(bytes: Uint8Array): PollStep {
    if (this.#phase === "reading") return { waitMs: PAUSE_MS };
    if (this.#phase !== "identifying") return {};
    this.#heard = (this.#heard + String.fromCharCode(...bytes.subarray(0, MAX_IDENTIFICATION_LENGTH))).slice(
      -2 * MAX_IDENTIFICATION_LENGTH,
    );
    // The echo of the request begins with `/?` and is passed over.
    const [, maker = "", speed = ""] = /\/([A-Za-z]{3})(.)[^\r\n]*\r\n/.exec(this.#heard) ?? [];
    if (speed === "") return {};
    this.#phase = "reacting";
    this.#speed = speed;
    return { waitMs: maker.charAt(2) === maker.charAt(2).toLowerCase() ? SHORT_REACTION_MS : REACTION_MS };
  }

  /** Says yes to the meter's speed, or follows it. */
  #follow(): PollStep {
    this.#phase = "reading";
    const baud = BAUD_BY_CHARACTER[this.#speed];
    if (baud === undefined) return { waitMs: PAUSE_MS };
    if (!/\d/.test(this.#speed)) return { baudRate: baud, waitMs: PAUSE_MS };
    return { write: ascii(`\u00060${this.#speed}0\r\n`), thenBaudRate: baud, waitMs: PAUSE_MS };
  }

  #rest(at: Instant): PollStep {
    this.#phase = "resting";
    return { waitMs: Math.max(1000, this.#roundAt + this.#intervalMs - at) };
  }

  #failed(at: Instant): PollStep {
    this.#retries += 1;
    if (this.#retries <= MAX_RETRIES) {
      this.#phase = "resting";
      return { waitMs: RETRY_MS };
    }
    this.#retries = 0;
    return this.#rest(at);
  }

  #due(at: Instant): PollStep {
    if (this.#phase === "waking") return this.#ask();
    if (this.#phase === "reacting") return this.#follow();
    return this.#phase === "resting" ? this.#begin(at) : this.#failed(at);
  }
}
