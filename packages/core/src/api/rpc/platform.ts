/**
 * The few globals that a browser and Node share and this transport uses, typed here because core's compiler settings
 * know neither environment.
 */

/** What the transport needs of an `AbortSignal`. */
export interface SignalShape {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void, options?: { once?: boolean }): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** The environment's own `AbortSignal` where its types are known, else the part of it used here. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer Known } } ? Known : SignalShape;

interface ControllerShape {
  readonly signal: Signal;
  abort(): void;
}

interface Encoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}

interface StrictDecoder {
  decode(bytes: Uint8Array): string;
}

interface Platform {
  readonly AbortController: new () => ControllerShape;
  readonly TextEncoder: new () => Encoder;
  readonly TextDecoder: new (label: string, options: { fatal: boolean }) => StrictDecoder;
  setTimeout(run: () => void, delayMs: number): unknown;
  clearTimeout(timer: unknown): void;
  setInterval(run: () => void, everyMs: number): unknown;
  clearInterval(timer: unknown): void;
}

const platform = globalThis as unknown as Platform;

export function createController(): ControllerShape {
  return new platform.AbortController();
}

export function createTextEncoder(): Encoder {
  return new platform.TextEncoder();
}

/** A UTF-8 decoder that throws on malformed bytes. */
export function createTextDecoder(): StrictDecoder {
  return new platform.TextDecoder("utf-8", { fatal: true });
}

/** Runs `run` once after `delayMs`; the returned function calls it off. */
export function startTimer(run: () => void, delayMs: number): () => void {
  const timer = platform.setTimeout(run, delayMs);
  return () => platform.clearTimeout(timer);
}

/** Runs `run` every `everyMs` without keeping a Node process alive; the returned function stops it. */
export function startTicker(run: () => void, everyMs: number): () => void {
  const timer = platform.setInterval(run, everyMs);
  if (typeof timer === "object" && timer !== null && "unref" in timer) (timer as { unref(): void }).unref();
  return () => platform.clearInterval(timer);
}
