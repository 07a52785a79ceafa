/** Work shorter than this shows no progress. */
const QUIET_MS = 1000;
const REDRAW_MS = 200;

/** A line on stderr that says how far long work is; nothing at all where no person looks. */
export interface Progress {
  show(text: string): void;
  end(): void;
}

export function createProgress(wanted: boolean): Progress {
  const on = wanted && process.stderr.isTTY === true;
  const startedAt = performance.now();
  let drawnAt = 0;
  return {
    show(text) {
      const now = performance.now();
      if (!on || now - startedAt < QUIET_MS || now - drawnAt < REDRAW_MS) return;
      drawnAt = now;
      process.stderr.write(`\r\u001b[2K${text} …`);
    },
    end() {
      if (drawnAt > 0) process.stderr.write("\r\u001b[2K");
    },
  };
}
