/** Asks a finished store while it goes on storing, and prints what that cost: run by asking.bench.ts. */
import type { ReadingDatabase } from "../../packages/db/src/readings/index.ts";
import { median } from "../lib/timing.ts";
import { forgetPeak, peakBytes } from "./resident.ts";
import { openOurs } from "./stores/ours.ts";

export const ASKED: readonly string[] = Array.from({ length: 10 }, (_, i) => `asked-${i}`);
export const MEASURED: readonly string[] = Array.from({ length: 10 }, (_, i) => `measured-${i}`);

export interface Asked {
  /** Longest delay of the write that is due each second. */
  readonly delayMs: number;
  /** Resident memory added by charts, and then by every kind of question. */
  readonly chartsMb: number;
  readonly allMb: number;
  /** A year as a thousand buckets, median. */
  readonly tookMs: number;
  readonly cancelMs: number;
}

const MINUTE_MS = 60_000;
const SECOND_MS = 1000;
const CALLERS = 4;

type Ask = (store: ReadingDatabase, channelId: string, signal?: AbortSignal) => Promise<unknown>;

const [file, from, to, seconds] = process.argv.slice(2);
if (import.meta.main && file) {
  process.stdout.write(JSON.stringify(await run(file, { from: Number(from), to: Number(to) }, Number(seconds))));
}

async function run(path: string, span: { readonly from: number; readonly to: number }, forS: number): Promise<Asked> {
  const now = { at: span.to };
  const { db, store } = openOurs(path, now, [...ASKED, ...MEASURED]);
  const stop = startIngest(store, now);
  const questions = questionsAbout(span);
  globalThis.gc?.();
  forgetPeak();
  const before = process.memoryUsage().rss;
  const addedMb = (): number => (peakBytes() - before) / 2 ** 20;
  const tookMs = median(await askFor((forS / 2) * SECOND_MS, store, questions.slice(0, 2)));
  const chartsMb = addedMb();
  await askFor((forS / 2) * SECOND_MS, store, questions);
  const allMb = addedMb();
  const cancelMs = await cancelled(store, questions[2] as Ask);
  const delayMs = Math.max(...stop());
  db.close();
  return { delayMs, chartsMb, allMb, tookMs, cancelMs };
}

/** Stores a reading per sensor and second; the returned function ends it and says how late each write began, in ms. */
function startIngest(store: ReadingDatabase, now: { at: number }): () => number[] {
  const delaysMs: number[] = [];
  let due = performance.now() + SECOND_MS;
  const write = (): void => {
    delaysMs.push(Math.max(0, performance.now() - due));
    now.at += SECOND_MS;
    const kept = store.append(MEASURED.map((channelId, i) => ({ channelId, at: now.at, value: 20 + i, quality: 0 })));
    if (!kept.ok) throw new TypeError(kept.error.detail);
    due += SECOND_MS;
    timer = setTimeout(write, due - performance.now());
  };
  let timer = setTimeout(write, SECOND_MS);
  return () => {
    clearTimeout(timer);
    return delaysMs;
  };
}

function questionsAbout(span: { readonly from: number; readonly to: number }): readonly Ask[] {
  const to = (signal?: AbortSignal) => (signal ? { signal } : {});
  return [
    ({ background }, channelId, signal) => background.downsample({ channelId, ...span, points: 1000 }, to(signal)),
    ({ background }, channelId, signal) => background.lines({ channelId, ...span, points: 1000 }, to(signal)),
    ({ background }, channelId, signal) => background.exceedance({ channelId, ...span, threshold: 18 }, to(signal)),
    ({ background }, channelId, signal) => background.histogram({ channelId, ...span, bins: 40 }, to(signal)),
    ({ background }, channelId, signal) =>
      background.profile({ channelId, ...span, timeZone: "Asia/Kathmandu" }, to(signal)),
    ({ background }, _, signal) => background.join({ channelIds: ASKED, ...span, stepMs: 60 * MINUTE_MS }, to(signal)),
  ];
}

/** Every caller asks one question after another; returns how long each answer to the first kind took, in ms. */
async function askFor(durationMs: number, store: ReadingDatabase, questions: readonly Ask[]): Promise<number[]> {
  const end = performance.now() + durationMs;
  const tookMs: number[] = [];
  const caller = async (first: number): Promise<void> => {
    for (let i = first; performance.now() < end; i++) {
      const start = performance.now();
      await questions[i % questions.length]?.(store, ASKED[i % ASKED.length] ?? "");
      if (i % questions.length === 0) tookMs.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, i) => caller(i)));
  return tookMs;
}

async function cancelled(store: ReadingDatabase, ask: Ask): Promise<number> {
  const controller = new AbortController();
  const asked = ask(store, ASKED[0] ?? "", controller.signal).catch(() => undefined);
  await new Promise((resolve) => setTimeout(resolve, 10));
  const start = performance.now();
  controller.abort();
  await asked;
  return performance.now() - start;
}
