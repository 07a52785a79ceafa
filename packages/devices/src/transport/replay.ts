import { err, ok, type Random } from "@ecolocal/core/shared";
import type { Scheduler } from "../time/index.ts";
import { lostFailure, openFailure } from "./serial-failure.ts";
import type { Transport, TransportListener } from "./transport.ts";

/** Bytes that a device sends, so many milliseconds after the ones before. */
export interface ReplayChunk {
  readonly afterMs: number;
  readonly bytes: Uint8Array;
}

/** What goes wrong at one chunk, counted from 0. */
export type ReplayFault =
  | { readonly chunk: number; readonly kind: "drop" | "split" | "duplicate" | "corrupt" }
  | { readonly chunk: number; readonly kind: "delay" | "unplug"; readonly durationMs: number }
  | { readonly chunk: number; readonly kind: "garbage"; readonly bytes: Uint8Array };

export interface ReplayOptions {
  readonly chunks: Iterable<ReplayChunk>;
  readonly scheduler: Scheduler;
  readonly faults?: readonly ReplayFault[];
  /** Hears what the session writes. */
  readonly onWrite?: (bytes: Uint8Array) => void;
  /** Called when the last chunk is sent. */
  readonly onEnd?: () => void;
}

/**
 * Pretends to be a port on which a recorded or simulated device speaks, with faults at chosen chunks.
 *
 * The device starts to speak when the port is first opened and then goes on in its own time: what it says while the
 * port is closed or unplugged is lost, as in life. While unplugged, opening fails with `SENSING_PORT_MISSING`.
 */
export function createReplayTransport(options: ReplayOptions): Transport {
  const device = new ReplayedDevice(options);
  return {
    isPresent: async () => !device.unplugged,
    async open({ path }, listener) {
      if (device.unplugged) return err(openFailure("SENSING_PORT_MISSING", path, "unplugged"));
      device.attach(path, listener);
      return ok({
        async write(bytes) {
          options.onWrite?.(bytes);
          return ok(undefined);
        },
        async close() {
          device.detach(listener);
        },
      });
    },
  };
}

/** Draws faults of every kind at random chunks; the same for the same source of randomness. */
export function drawFaults(count: number, chunkCount: number, random: Random): ReplayFault[] {
  const kinds = ["drop", "split", "duplicate", "corrupt", "delay", "unplug", "garbage"] as const;
  return Array.from({ length: count }, () => {
    const chunk = Math.floor(random() * chunkCount);
    const kind = kinds[Math.floor(random() * kinds.length)] ?? "drop";
    if (kind === "garbage") {
      return { chunk, kind, bytes: Uint8Array.from({ length: 40 }, () => Math.floor(random() * 256)) };
    }
    if (kind === "delay" || kind === "unplug") return { chunk, kind, durationMs: 500 + Math.floor(random() * 60_000) };
    return { chunk, kind };
  });
}

class ReplayedDevice {
  readonly #scheduler: Scheduler;
  readonly #chunks: Iterator<ReplayChunk>;
  readonly #faults = new Map<number, ReplayFault[]>();
  readonly #onEnd: (() => void) | undefined;
  #listener: TransportListener | null = null;
  #path = "";
  #index = -1;
  #away = 0;

  constructor({ scheduler, chunks, faults = [], onEnd }: ReplayOptions) {
    this.#scheduler = scheduler;
    this.#chunks = chunks[Symbol.iterator]();
    this.#onEnd = onEnd;
    for (const fault of faults) this.#faults.set(fault.chunk, [...(this.#faults.get(fault.chunk) ?? []), fault]);
  }

  get unplugged(): boolean {
    return this.#away > 0;
  }

  attach(path: string, listener: TransportListener): void {
    this.#listener = listener;
    this.#path = path;
    if (this.#index === -1) this.#scheduleNext();
  }

  detach(listener: TransportListener): void {
    if (this.#listener === listener) this.#listener = null;
  }

  #scheduleNext(): void {
    const next = this.#chunks.next();
    if (next.done === true) {
      this.#onEnd?.();
      return;
    }
    this.#index += 1;
    const faults = this.#faults.get(this.#index) ?? [];
    const delayMs = faults.reduce((sum, fault) => sum + (fault.kind === "delay" ? fault.durationMs : 0), 0);
    this.#scheduler.after(next.value.afterMs + delayMs, () => {
      this.#speak(next.value.bytes, faults);
      this.#scheduleNext();
    });
  }

  #speak(bytes: Uint8Array, faults: readonly ReplayFault[]): void {
    for (const fault of faults) {
      if (fault.kind === "unplug") this.#unplug(fault.durationMs);
      if (fault.kind === "garbage") this.#send(fault.bytes);
    }
    const has = (kind: ReplayFault["kind"]): boolean => faults.some((fault) => fault.kind === kind);
    if (has("drop")) return;
    const sent = has("corrupt") ? bytes.with(bytes.length >> 1, (bytes[bytes.length >> 1] ?? 0) ^ 0x55) : bytes;
    const cut = has("split") ? sent.length >> 1 : sent.length;
    this.#send(sent.subarray(0, cut));
    this.#send(sent.subarray(cut));
    if (has("duplicate")) this.#send(sent);
  }

  #send(bytes: Uint8Array): void {
    if (bytes.length > 0) this.#listener?.onData(bytes);
  }

  #unplug(durationMs: number): void {
    this.#away += 1;
    this.#scheduler.after(durationMs, () => {
      this.#away -= 1;
    });
    const listener = this.#listener;
    this.#listener = null;
    listener?.onClosed(lostFailure(this.#path, "unplugged"));
  }
}
