import type { Reading } from "@ecolocal/core/series";

const START = Date.UTC(2025, 0, 1);

/** A number in 0 … 2^32 − 1 that looks random and depends on `k` only. */
function scrambled(k: number): number {
  let x = Math.imul(k ^ (k >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Time of reading number `k` of a crash run: ten seconds a tick, four channels a tick. */
export function crashStart(k: number): number {
  return START + Math.floor(k / 4) * 300_000;
}

/** Reading number `k`: 3 % arrive up to three days late, 1 % repeat an instant with another value. */
export function crashReading(k: number): Reading {
  const random = scrambled(k);
  const share = random % 100;
  const late = share < 3 ? 1 + (scrambled(k + 7) % 800) : share === 3 ? 2 : 0;
  const tick = Math.max(0, Math.floor(k / 4) - late);
  const shift = share < 3 ? 50_000 : 0;
  return { channelId: `s${k % 4}`, at: START + tick * 300_000 + shift, value: (random % 500) / 10, quality: 0 };
}

/** What must be stored once the first `count` readings are acknowledged: channel → time → value. */
export function crashExpectation(count: number): Map<string, Map<number, number>> {
  const expected = new Map<string, Map<number, number>>();
  for (let k = 0; k < count; k++) {
    const { channelId, at, value } = crashReading(k);
    const series = expected.get(channelId) ?? new Map<number, number>();
    expected.set(channelId, series.set(at, value));
  }
  return expected;
}
