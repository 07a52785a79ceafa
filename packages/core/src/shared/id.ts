import type { Clock } from "./instant.ts";
import type { Random } from "./random.ts";

/** A ULID: 26 Crockford base-32 characters, sortable by creation time. Source: github.com/ulid/spec. */
export type Ulid = string;

/** Makes ids; time and randomness are passed in by whoever creates it. */
export interface IdSource {
  next(): Ulid;
}

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const TIME_LENGTH = 10;
const RANDOM_LENGTH = 16;

/** Creates a source of lower-case ULIDs; ids made in one millisecond keep their order. */
export function createIdSource(clock: Clock, random: Random): IdSource {
  let lastAt = -1;
  let tail: number[] = [];
  return {
    next() {
      const at = clock.now();
      if (at > lastAt) {
        lastAt = at;
        tail = Array.from({ length: RANDOM_LENGTH }, () => Math.floor(random() * 32));
      } else {
        increment(tail);
      }
      return encodeTime(lastAt) + tail.map((digit) => ALPHABET[digit]).join("");
    },
  };
}

/** Tells whether a string has the shape of an id made here. */
export function isUlid(value: string): value is Ulid {
  return /^[0-9a-hjkmnp-tv-z]{26}$/.test(value);
}

function encodeTime(at: number): string {
  let rest = at;
  let text = "";
  for (let i = 0; i < TIME_LENGTH; i++) {
    text = ALPHABET[rest % 32] + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function increment(digits: number[]): void {
  for (let i = digits.length - 1; i >= 0; i--) {
    const digit = digits[i] ?? 0;
    if (digit < 31) {
      digits[i] = digit + 1;
      return;
    }
    digits[i] = 0;
  }
}
