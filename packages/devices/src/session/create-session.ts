import type { AcceptedFrame, DecodeEvent, Decoder, RejectCode } from "@ecolocal/core/sensing";
import { err } from "@ecolocal/core/shared";
import { systemScheduler } from "../time/index.ts";
import { type OpenTransport, openFailure, type TransportFailure, type TransportListener } from "../transport/index.ts";
import { createEmitter } from "./emitter.ts";
import { createPollRunner, type PollRunner } from "./poll-runner.ts";
import { createQuietLog } from "./quiet-log.ts";
import type {
  DeviceSession,
  SessionCounters,
  SessionEvents,
  SessionFailure,
  SessionOptions,
  SessionState,
} from "./session.ts";
import { garbledFailure, otherDeviceFailure, silentFailure } from "./session-failure.ts";

/** Pauses before the next attempt; the last one repeats for ever. */
const BACKOFF_MS = [1000, 2000, 5000, 10_000, 30_000] as const;
/** While waiting, a device that appears is noticed within this time. */
const PRESENCE_POLL_MS = 1000;
/** A device is given at least this long before it counts as silent. */
const MIN_SILENCE_MS = 10_000;
const FAREWELL_TIMEOUT_MS = 500;

/** Refused stretches that are damaged messages; prose between lines and the cut ends of a stream are not. */
const BAD_FRAME_CODES: ReadonlySet<RejectCode> = new Set([
  "SENSING_FRAME_CHECKSUM",
  "SENSING_FRAME_MALFORMED",
  "SENSING_FRAME_TOO_LONG",
  "SENSING_FRAME_UNSUPPORTED",
]);

type Counters = { -readonly [Key in keyof SessionCounters]: SessionCounters[Key] };

/**
 * Creates a session that reads one device and keeps at it.
 *
 * Loss of the port is noticed at once, silence and unreadable bytes by a watchdog (`max(driver.silentAfterMs, 10 s)`
 * without a good frame), which closes and reopens the port; attempts go on for ever, 1, 2, 5, 10, then 30 s apart,
 * and start anew after a good frame, after `retryNow()`, and when the device appears. A file that has come to its end leaves it `disconnected` for good.
 */
export function createSession(options: SessionOptions): DeviceSession {
  return new Session(options);
}

class Session implements DeviceSession {
  readonly #options: SessionOptions;
  readonly #emitter = createEmitter<SessionEvents>();
  readonly #log: ReturnType<typeof createQuietLog>;
  readonly #counters: Counters = {
    framesOk: 0,
    framesBad: 0,
    bytesReceived: 0,
    bytesDiscarded: 0,
    reconnects: 0,
    lastFrameAt: null,
  };
  #state: SessionState;
  #decoder: Decoder | null = null;
  #header: string | undefined;
  #link: OpenTransport | null = null;
  #polling: PollRunner | null = null;
  /** Grows with every opening and closing, so that late news from an older port is recognised. */
  #epoch = 0;
  #attempt = 0;
  /** Where the port was opened. */
  #path = "";
  #everRead = false;
  #bytesSinceFrame = 0;
  #cancelRetry = (): void => undefined;
  #cancelPresence = (): void => undefined;
  #cancelWatchdog = (): void => undefined;
  #cancelPause = (): void => undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#header = options.decoderOptions?.header;
    this.#log = createQuietLog(options.clock, options.logger);
    this.#state = { name: "idle", since: options.clock.now() };
  }

  get state(): SessionState {
    return this.#state;
  }

  get counters(): SessionCounters {
    return { ...this.#counters };
  }

  on<Name extends keyof SessionEvents>(name: Name, listener: (event: SessionEvents[Name]) => void): () => void {
    return this.#emitter.on(name, listener);
  }

  start(): void {
    if (this.#state.name === "idle" || this.#state.name === "stopped") this.#open();
  }

  async stop(): Promise<void> {
    if (this.#state.name === "idle" || this.#state.name === "stopped") return;
    const closing = this.#detach(false, this.#polling?.farewell);
    this.#enter({ name: "stopped", since: this.#now() });
    await closing;
  }

  retryNow(): void {
    if (this.#state.name !== "waiting") return;
    this.#attempt = 0;
    this.#open();
  }

  async write(bytes: Uint8Array): ReturnType<DeviceSession["write"]> {
    return this.#link?.write(bytes) ?? err(notOpen(this.#options.path));
  }

  #open(): void {
    this.#cancelRetry();
    this.#cancelPresence();
    this.#epoch += 1;
    this.#enter({ name: "opening", since: this.#now() });
    this.#openEpoch(this.#epoch).catch((error: unknown) => {
      this.#fail({ ...notOpen(this.#options.path), code: "SENSING_PORT_FAILED", detail: String(error) });
    });
  }

  async #openEpoch(epoch: number): Promise<void> {
    const { driver, path, serial, raiseLines, transport, decoderOptions } = this.#options;
    this.#decoder = driver.createDecoder({
      ...decoderOptions,
      ...(this.#header === undefined ? {} : { header: this.#header }),
    });
    this.#bytesSinceFrame = 0;
    const settings = serial ?? driver.serial[0];
    if (settings === undefined) throw new TypeError(`The driver ${driver.id} names no line settings.`);
    const listener: TransportListener = {
      onData: (chunk) => this.#ifCurrent(epoch, () => this.#receive(chunk)),
      onClosed: (failure) => this.#ifCurrent(epoch, () => this.#fail(failure)),
    };
    const located = await this.#locate();
    if (epoch !== this.#epoch) return;
    this.#path = located ?? path;
    const target = { path: this.#path, serial: settings, ...(raiseLines === undefined ? {} : { raiseLines }) };
    const opened =
      located === null ? err(openFailure("SENSING_PORT_MISSING", path, "")) : await transport.open(target, listener);
    if (epoch !== this.#epoch) {
      if (opened.ok) await opened.value.close();
      return;
    }
    if (!opened.ok) {
      this.#fail(opened.error);
      return;
    }
    this.#link = opened.value;
    if (this.#everRead) this.#counters.reconnects += 1;
    if (this.#state.name === "opening") this.#enter({ name: "listening", since: this.#now() });
    this.#beginPolling(opened.value);
    this.#watch();
    this.#polling?.opened();
  }

  #beginPolling(link: OpenTransport): void {
    const { createPoller, clock } = this.#options;
    // A file or a pipe answers nothing.
    if (createPoller === undefined || this.#decoder === null || link.startsWhole === true) return;
    const after = (delayMs: number, task: () => void): (() => void) => this.#after(delayMs, task);
    this.#polling = createPollRunner({ poller: createPoller(), link, decoder: this.#decoder, clock, after });
  }

  async #locate(): Promise<string | null> {
    const { locate, path } = this.#options;
    return locate === undefined ? path : locate();
  }

  #ifCurrent(epoch: number, task: () => void): void {
    if (epoch === this.#epoch) task();
  }

  #receive(chunk: Uint8Array): void {
    const decoder = this.#decoder;
    if (decoder === null) return;
    this.#counters.bytesReceived += chunk.length;
    this.#bytesSinceFrame += chunk.length;
    this.#polling?.received(chunk);
    this.#publish(decoder.push(chunk));
    this.#cancelPause();
    this.#cancelPause = this.#after(this.#options.driver.interByteTimeoutMs, () => this.#publish(decoder.reset()));
  }

  #publish(events: readonly DecodeEvent[]): void {
    const receivedAt = this.#now();
    const epoch = this.#epoch;
    for (const event of events) {
      if (epoch !== this.#epoch) return;
      if (event.kind === "frame") this.#acceptFrame(this.#marked(event), receivedAt);
      else this.#acceptRejection(event, receivedAt);
      this.#polling?.decoded(event);
    }
    const header = this.#decoder?.header;
    if (header !== undefined && header !== this.#header) {
      this.#header = header;
      this.#emitter.emit("header", header);
    }
  }

  #acceptFrame(frame: AcceptedFrame, receivedAt: number): void {
    const mayBeCut = this.#options.driver.firstFrameMayBeCut === true && this.#link?.startsWhole !== true;
    if (mayBeCut && frame.offset === 0) return;
    if (this.#isOther(frame.identity)) {
      this.#fail(otherDeviceFailure(this.#path, this.#options.driver, frame.identity ?? ""));
      return;
    }
    this.#counters.framesOk += 1;
    this.#counters.lastFrameAt = receivedAt;
    this.#everRead = true;
    this.#attempt = 0;
    this.#bytesSinceFrame = 0;
    if (this.#state.name !== "reading") this.#enter({ name: "reading", since: receivedAt });
    this.#watch();
    this.#emitter.emit("frame", { frame, receivedAt });
  }

  #marked(frame: AcceptedFrame): AcceptedFrame {
    return this.#polling?.mark(frame) ?? frame;
  }

  #isOther(identity: string | undefined): boolean {
    return identity !== undefined && this.#options.isOwnDevice?.(identity, this.#path) === false;
  }

  #acceptRejection(stretch: Extract<DecodeEvent, { kind: "rejected" }>, receivedAt: number): void {
    if (stretch.code !== "SENSING_FRAME_NOT_A_READING") this.#counters.bytesDiscarded += stretch.length;
    if (BAD_FRAME_CODES.has(stretch.code)) {
      this.#counters.framesBad += 1;
      this.#log("A message of a sensor was damaged.", {
        port: this.#options.path,
        driver: this.#options.driver.id,
        code: stretch.code,
        framesBad: this.#counters.framesBad,
        bytesDiscarded: this.#counters.bytesDiscarded,
      });
    }
    this.#emitter.emit("rejected", { stretch, receivedAt });
  }

  #watch(): void {
    this.#cancelWatchdog();
    const { silentAfterMs } = this.#options.driver;
    const limitMs = Math.max(silentAfterMs, MIN_SILENCE_MS, this.#polling?.quietForMs ?? 0);
    this.#cancelWatchdog = this.#after(limitMs, () => this.#fail(this.#silence(limitMs)));
  }

  #silence(limitMs: number): SessionFailure {
    const { path, driver } = this.#options;
    const received = this.#bytesSinceFrame;
    return received > 0 ? garbledFailure(path, driver, received, limitMs) : silentFailure(path, driver, limitMs);
  }

  #fail(failure: SessionFailure): void {
    const closing = this.#detach(failure.code === "SENSING_PORT_ENDED");
    this.#attempt += 1;
    const since = this.#now();
    const silent = failure.code === "SENSING_PORT_SILENT" || failure.code === "SENSING_PORT_GARBLED";
    this.#log(failure.detail, { port: failure.subject, code: failure.code, attempt: this.#attempt });
    this.#enter({ name: silent ? "silent" : "disconnected", since, failure });
    this.#emitter.emit("failure", failure);
    if (failure.retry === "never") return;
    const epoch = this.#epoch;
    closing.then(
      () => this.#ifCurrent(epoch, () => this.#waitToRetry(failure)),
      () => this.#ifCurrent(epoch, () => this.#waitToRetry(failure)),
    );
  }

  #waitToRetry(failure: SessionFailure): void {
    const pauseMs = BACKOFF_MS[Math.min(this.#attempt, BACKOFF_MS.length) - 1] ?? BACKOFF_MS[0];
    const since = this.#now();
    this.#cancelRetry = this.#after(pauseMs, () => this.#open());
    this.#enter({ name: "waiting", since, failure, retryAt: since + pauseMs, attempt: this.#attempt });
    this.#watchPresence(this.#epoch, true);
  }

  /** Opens at once when a device that was away appears, instead of at the end of the pause. */
  #watchPresence(epoch: number, wasPresent: boolean): void {
    this.#cancelPresence = this.#after(PRESENCE_POLL_MS, () => {
      this.#isPresent().then(
        (present) =>
          this.#ifCurrent(epoch, () => {
            if (present && !wasPresent) this.retryNow();
            else this.#watchPresence(epoch, present);
          }),
        () => undefined,
      );
    });
  }

  async #isPresent(): Promise<boolean> {
    const { transport } = this.#options;
    const path = await this.#locate();
    return path !== null && (await transport.isPresent?.(path)) !== false;
  }

  /**
   * Leaves the present port: no timer and no late event of it counts any more. A stream that is complete may end in a
   * frame, and a device that was asked may be told to rest.
   */
  #detach(complete = false, farewell?: Uint8Array): Promise<void> {
    this.#polling?.stop();
    const decoder = this.#decoder;
    if (decoder !== null) this.#publish(complete ? decoder.flush() : decoder.reset());
    this.#decoder = null;
    this.#epoch += 1;
    this.#cancelRetry();
    this.#cancelPresence();
    this.#cancelWatchdog();
    this.#cancelPause();
    const link = this.#link;
    this.#link = null;
    this.#polling = null;
    if (link === null) return Promise.resolve();
    return farewell === undefined ? link.close() : link.write(farewell, FAREWELL_TIMEOUT_MS).then(() => link.close());
  }

  #enter(state: SessionState): void {
    this.#state = state;
    this.#emitter.emit("state", state);
  }

  #after(delayMs: number, task: () => void): () => void {
    return (this.#options.scheduler ?? systemScheduler).after(delayMs, task);
  }

  #now(): number {
    return this.#options.clock.now();
  }
}

function notOpen(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_WRITE_FAILED",
    op: "write port",
    subject: path,
    detail: "The port is not open.",
    retry: "backoff",
  };
}
