import type { Clock } from "@ecolocal/core/shared";

/** Allows `perSecond` on average and `burst` at once. */
export interface TokenBucket {
  /** Takes `amount` if it is there; `false` means over the limit and nothing was taken. */
  take(amount: number): boolean;
}

export function createTokenBucket(perSecond: number, burst: number, clock: Clock): TokenBucket {
  let available = burst;
  let refilledAt = clock.now();
  return {
    take(amount) {
      const now = clock.now();
      // A clock that jumps back must not hand out a burst later.
      available = Math.min(burst, available + (Math.max(0, now - refilledAt) / 1000) * perSecond);
      refilledAt = now;
      if (amount > available) return false;
      available -= amount;
      return true;
    },
  };
}
