import { EXIT } from "../exit-codes.ts";

/** A terminal and a launcher may both deliver one Ctrl-C; a second press by a person comes later than this. */
const SAME_PRESS_MS = 400;

export interface Interrupt {
  readonly signal: AbortSignal;
  /** Gives the signals back to Node. */
  release(): void;
}

/**
 * Turns Ctrl-C and SIGTERM into an abort, so that a command can store and close; a second Ctrl-C skips that.
 * The exit code is 130 after Ctrl-C and 0 after SIGTERM, which is how a service is stopped.
 */
export function watchInterrupt(): Interrupt {
  const abort = new AbortController();
  let firstAt: number | undefined;
  const onInterrupt = (): void => {
    const now = performance.now();
    if (firstAt !== undefined && now - firstAt > SAME_PRESS_MS) process.exit(EXIT.interrupted);
    firstAt ??= now;
    process.exitCode = EXIT.interrupted;
    abort.abort();
  };
  const onTerminate = (): void => abort.abort();
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onTerminate);
  return {
    signal: abort.signal,
    release() {
      process.off("SIGINT", onInterrupt);
      process.off("SIGTERM", onTerminate);
    },
  };
}
