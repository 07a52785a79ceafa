import type { Clock, Instant } from "@ecolocal/core/shared";

/** Lets through so many calls of one caller per minute, with short bursts. */
export interface RateLimit {
  /** True when the caller may go on. */
  take(caller: string): boolean;
}

interface Bucket {
  tokens: number;
  at: Instant;
}

const MINUTE_MS = 60_000;
const MAX_CALLERS = 1000;

/** A token bucket per caller; the oldest callers are forgotten when there are too many. */
export function createRateLimit(clock: Clock, perMinute: number): RateLimit {
  const buckets = new Map<string, Bucket>();
  return {
    take(caller) {
      const now = clock.now();
      const bucket = buckets.get(caller) ?? { tokens: perMinute, at: now };
      const gained = (Math.max(0, now - bucket.at) * perMinute) / MINUTE_MS;
      bucket.tokens = Math.min(perMinute, bucket.tokens + gained);
      bucket.at = now;
      buckets.delete(caller);
      buckets.set(caller, bucket);
      const [oldest] = buckets.keys();
      if (buckets.size > MAX_CALLERS && oldest !== undefined) buckets.delete(oldest);
      if (bucket.tokens < 1) return false;
      bucket.tokens -= 1;
      return true;
    },
  };
}
