import { estimateRemainingMs } from "@ecolocal/core/shared";
import type { Formatter } from "@ecolocal/messages";

/** Work shorter than this shows no progress. */
const QUIET_MS = 1000;
const REDRAW_MS = 200;

/** A line on stderr that says how far long work is; nothing at all where no person looks. */
export interface Progress {
  show(text: string): void;
  /** Shows the share that is done and how long the rest takes; where the end is not known, the text alone. */
  share(text: string, done: number, total: number | undefined): void;
  end(): void;
}

export function createProgress(wanted: boolean, texts: Formatter): Progress {
  const on = wanted && process.stderr.isTTY === true;
  const startedAt = performance.now();
  let drawnAt = 0;
  const show = (text: string): void => {
    const now = performance.now();
    if (!on || now - startedAt < QUIET_MS || now - drawnAt < REDRAW_MS) return;
    drawnAt = now;
    process.stderr.write(`\r\u001b[2K${text} …`);
  };
  return {
    show,
    share(text, done, total = 0) {
      show(`${text}${describeShare(done, total, performance.now() - startedAt, texts)}`);
    },
    end() {
      if (drawnAt > 0) process.stderr.write("\r\u001b[2K");
    },
  };
}

/** ` · 45 % · about 2 min left`; nothing where the end is not known. */
export function describeShare(done: number, total: number, elapsedMs: number, texts: Formatter): string {
  if (total <= 0) return "";
  const percent = Math.min(100, Math.floor((100 * done) / total));
  return ` · ${percent} %${describeRemaining(estimateRemainingMs({ elapsedMs, done, total }), texts)}`;
}

/** ` · about 2 min left`; nothing while it is not known. */
export function describeRemaining(ms: number | null, texts: Formatter): string {
  if (ms === null) return "";
  const seconds = Math.ceil(ms / 1000);
  const text =
    seconds < 90
      ? `${seconds} s`
      : seconds < 5400
        ? `${Math.round(seconds / 60)} min`
        : `${Math.round(seconds / 3600)} h`;
  return texts.message("cli.remaining", { time: text });
}
