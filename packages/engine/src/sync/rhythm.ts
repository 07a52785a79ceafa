import type { Failure, Result } from "@ecolocal/core/shared";
import { HOUR_MS, MINUTE_MS, ok, SECOND_MS } from "@ecolocal/core/shared";
import type { EngineLog } from "../log/index.ts";
import type { Store } from "../store/index.ts";
import { type Backoff, createBackoff } from "./backoff.ts";
import { type ExchangeReport, exchange } from "./exchange.ts";
import { exchangeReadings, type ReadingReport } from "./readings/exchange-readings.ts";
import type { Replica } from "./replica.ts";
import type { RosterEntry } from "./roster.ts";
import { type Session, strongRandom } from "./session.ts";
import type { SyncMemory } from "./status.ts";
import { isPassing, type SyncFailure } from "./sync-failure.ts";

/** What one exchange brought: documents, and shared readings. */
export interface FullReport extends ExchangeReport {
  readonly readings: ReadingReport;
}

export interface RhythmContext {
  readonly replica: Replica;
  readonly store: Store;
  readonly log: EngineLog;
  readonly session: () => Session | null;
  /** The group's devices and their keys. */
  roster(): Promise<readonly RosterEntry[]>;
  onChange(): void;
  /** Others' changes have arrived. */
  onNews(): void;
  /** The server was put back on purpose: documents here are about to follow it. */
  onRestored(documentIds: readonly string[]): Promise<Result<void, Failure>>;
  /** An exchange succeeded; a complete one compared every document. */
  onWorking(isComplete: boolean): void;
}

/** Typing is sent in small bundles, not letter by letter. */
const SOON_MS = 300;
/** Without a live connection this is how news of others arrive. */
const EVERY_MS = 30 * SECOND_MS;
const COMPARE_EVERY_MS = 6 * HOUR_MS;
/** What needs somebody's attention is tried again now and then: it may have been put right elsewhere. */
const AFTER_REFUSAL_MS = 10 * MINUTE_MS;
const BACKOFF = { firstMs: SECOND_MS, longestMs: 5 * MINUTE_MS };
type Remembered = Omit<SyncMemory, "isActive">;

/** What is kept from one start to the next. */
type Stored = Partial<Pick<SyncMemory, "lastSyncAt" | "failure"> & { readonly comparedAt: number }>;

const NO_READINGS: ReadingReport = { sent: 0, received: 0, more: false };

const MEMORY_KEY = "sync.memory";

const FORGOTTEN: Remembered = { lastSyncAt: null, failure: null, nextAttemptAt: null, progress: null };

/** Decides when to exchange: soon after a change, regularly, and after failures in growing pauses, for ever. */
export class Rhythm {
  readonly #context: RhythmContext;
  readonly #backoff: Backoff = createBackoff(BACKOFF);
  readonly #stop = new AbortController();
  #memory: Remembered;
  #running: Promise<unknown> = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #started = false;
  #exchanging = 0;
  /** Something changed while an exchange was under way, which may have passed it by. */
  #askedMeanwhile = false;
  #comparedAt = 0;

  constructor(context: RhythmContext) {
    this.#context = context;
    const stored = context.store.settings.get(MEMORY_KEY) as Stored | undefined;
    this.#memory = { ...FORGOTTEN, lastSyncAt: stored?.lastSyncAt ?? null, failure: stored?.failure ?? null };
    this.#comparedAt = stored?.comparedAt ?? 0;
  }

  memory(): SyncMemory {
    return { ...this.#memory, isActive: this.#started || this.#exchanging > 0 };
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    this.#schedule(0);
  }

  /** Something changed here or there. */
  soon(): void {
    if (!this.#started || this.#isWaitingAfterFailure()) return;
    this.#askedMeanwhile = this.#exchanging > 0;
    this.#schedule(SOON_MS * (0.5 + strongRandom()));
  }

  /** The next exchange compares every document. */
  compareSoon(): void {
    this.#comparedAt = 0;
    this.soon();
  }

  /** A complete exchange, whatever the rhythm; what the server refused before is tried again. */
  async now(): Promise<Result<FullReport, Failure>> {
    this.#backoff.reset();
    return await this.exclusively(() => this.#exchange(true));
  }

  /** Runs `work` while nothing else is exchanged. */
  async exclusively<T>(work: () => Promise<T>): Promise<T> {
    this.#exchanging += 1;
    const turn = this.#running.then(work).finally(() => {
      this.#exchanging -= 1;
    });
    this.#running = turn.catch(() => undefined);
    return await turn;
  }

  failed(failure: Failure): void {
    this.#remember({ failure, progress: null });
  }

  /** The workspace belongs to another group, or to none. */
  forget(): void {
    this.#comparedAt = 0;
    this.#backoff.reset();
    this.#remember(FORGOTTEN);
  }

  async close(): Promise<void> {
    this.#stop.abort();
    clearTimeout(this.#timer);
    await this.#running;
  }

  #isWaitingAfterFailure(): boolean {
    return this.#memory.failure !== null && this.#memory.nextAttemptAt !== null;
  }

  #schedule(pauseMs: number): void {
    clearTimeout(this.#timer);
    if (this.#stop.signal.aborted) return;
    this.#timer = setTimeout(() => void this.#beat(), pauseMs);
    this.#timer.unref();
  }

  async #beat(): Promise<void> {
    const session = this.#context.session();
    if (session === null || session.membership().paused) {
      this.#schedule(EVERY_MS);
      return;
    }
    this.#askedMeanwhile = false;
    const done = await this.exclusively(() => this.#exchange(false));
    if (this.#stop.signal.aborted) return;
    const pauseMs = this.#pauseAfter(done);
    this.#schedule(done.ok && this.#askedMeanwhile ? SOON_MS : pauseMs);
  }

  #pauseAfter(done: Result<FullReport, Failure>): number {
    const random = strongRandom();
    if (done.ok && done.value.readings.more) return SOON_MS;
    if (done.ok) return EVERY_MS * (0.75 + random / 2);
    const pauseMs = isPassing(done.error) ? this.#backoff.next(random) : AFTER_REFUSAL_MS * (0.75 + random / 2);
    this.#memory = { ...this.#memory, nextAttemptAt: this.#context.store.clock.now() + pauseMs };
    this.#context.onChange();
    return pauseMs;
  }

  async #exchange(complete: boolean): Promise<Result<FullReport, Failure>> {
    const session = this.#context.session();
    if (session === null) return ok({ received: 0, sent: 0, failures: [], readings: NO_READINGS });
    this.#context.onChange();
    const now = this.#context.store.clock.now();
    const compareAll = complete || this.#comparedAt === 0 || Math.abs(now - this.#comparedAt) > COMPARE_EVERY_MS;
    const done = await this.#attempt(session, { compareAll, retryRefused: complete });
    if (this.#stop.signal.aborted || this.#context.session() !== session) return done;
    if (!done.ok) {
      // Whatever was under way at the server may be lost there: look closely the next time.
      this.#comparedAt = 0;
      session.greeted = false;
      this.#remember({ failure: done.error, progress: null });
      this.#context.log.write("info", `Sync did not work: ${done.error.detail}`, { code: done.error.code });
      return done;
    }
    if (compareAll) this.#comparedAt = now;
    this.#backoff.reset();
    if (done.value.received > 0) this.#context.onNews();
    const [failure] = done.value.failures;
    this.#remember({ failure: failure ?? null, lastSyncAt: now, nextAttemptAt: null, progress: null });
    this.#context.onWorking(compareAll);
    return done;
  }

  async #attempt(
    session: Session,
    wishes: { readonly compareAll: boolean; readonly retryRefused: boolean },
  ): Promise<Result<FullReport, Failure>> {
    if (!session.greeted) {
      const spoken = await session.connection.protocol();
      if (!spoken.ok) return spoken;
      session.greeted = true;
    }
    const documents = await exchange(this.#context.replica, session.documents, {
      ...wishes,
      isCarried: (documentId) => session.live.carries(documentId),
      onRestored: (documentIds) => this.#context.onRestored(documentIds),
      onProgress: (doneCount, total) => {
        this.#memory = { ...this.#memory, progress: { done: doneCount, total } };
        this.#context.onChange();
      },
      signal: this.#stop.signal,
    });
    if (!documents.ok) return documents;
    const { store, log } = this.#context;
    const readings = await exchangeReadings(session, {
      ...{ store, log, signal: this.#stop.signal, isComplete: wishes.retryRefused },
      roster: () => this.#context.roster(),
    });
    if (readings.ok) return ok({ ...documents.value, readings: readings.value });
    // The documents are where they should be: what went wrong with readings is told beside them.
    const failures = [...documents.value.failures, readings.error as SyncFailure];
    return ok({ ...documents.value, failures, readings: NO_READINGS });
  }

  #remember(change: Partial<Remembered>): void {
    const before = this.#memory;
    this.#memory = { ...before, ...change };
    const { lastSyncAt, failure } = this.#memory;
    if (lastSyncAt !== before.lastSyncAt || failure?.code !== before.failure?.code) {
      const { db, settings } = this.#context.store;
      const stored: Stored = { lastSyncAt, failure, comparedAt: this.#comparedAt };
      db.write("sync.remember", MEMORY_KEY, () => settings.set(MEMORY_KEY, stored));
    }
    this.#context.onChange();
  }
}
