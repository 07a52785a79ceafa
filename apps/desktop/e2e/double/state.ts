import type { BrowserContext, Page } from "playwright-core";

/** What the double's parts share about the running app. */
export const runtime: {
  isReady: boolean;
  isQuitting: boolean;
  context: BrowserContext | undefined;
  firstPage: Page | undefined;
  /** Everything that has to end before the process may. */
  readonly closers: (() => Promise<void>)[];
} = { isReady: false, isQuitting: false, context: undefined, firstPage: undefined, closers: [] };

/** A process of the app, as `app.getAppMetrics()` lists it. */
export interface ProcessMetric {
  readonly pid: number;
  readonly type: "Browser" | "Utility";
  readonly name?: string;
}

/** The utility processes that run now. */
export const utilities = new Set<ProcessMetric>();

/** What a test can read about the app, beyond what Electron itself offers. */
export const control: {
  cdpPort: number;
  readonly blockedRequests: string[];
  readonly preloadErrors: string[];
} = { cdpPort: 0, blockedRequests: [], preloadErrors: [] };

export function requireReady(what: string): void {
  if (!runtime.isReady) {
    throw new Error(`${what} cannot be used before the app is ready.`);
  }
}

export function requireNotReady(what: string): void {
  if (runtime.isReady) {
    throw new Error(`${what} must be called before the app is ready.`);
  }
}

export function warn(sentence: string): void {
  process.stderr.write(`[electron-double] ${sentence}\n`);
}

/** An event whose default can be prevented, as Electron passes it. */
export function cancelable<Extra extends object>(
  extra: Extra,
): Extra & { defaultPrevented: boolean; preventDefault(): void } {
  return {
    ...extra,
    defaultPrevented: false,
    preventDefault() {
      this.defaultPrevented = true;
    },
  };
}
