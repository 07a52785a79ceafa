import type { Author, DocumentKey } from "@ecolocal/core/documents/store";
import type { Clock } from "@ecolocal/core/shared";
import type { GroupCommit } from "../store/index.ts";

export interface WriterEvents {
  onStarted(): void;
  onStored(seq: number): void;
  onAllStored(): void;
  onFailed(): void;
}

interface Change {
  readonly update: Uint8Array;
  readonly author: Author;
  readonly stored: (seq: number) => void;
}

/**
 * The way of one room's changes to the store. A change whose commit failed is kept and tried again after a pause, for
 * ever: the peers hold back their copies only until it is acknowledged.
 */
export class RoomWriter {
  readonly #key: DocumentKey;
  readonly #commit: GroupCommit;
  readonly #clock: Clock;
  readonly #retryDelayMs: number;
  readonly #events: WriterEvents;
  #inFlight = 0;
  #unsaved: Change[] = [];
  #retryDue = false;
  #whenAllStored: (() => void)[] = [];

  constructor(key: DocumentKey, commit: GroupCommit, clock: Clock, retryDelayMs: number, events: WriterEvents) {
    this.#key = key;
    this.#commit = commit;
    this.#clock = clock;
    this.#retryDelayMs = retryDelayMs;
    this.#events = events;
  }

  get idle(): boolean {
    return this.#inFlight === 0 && this.#unsaved.length === 0;
  }

  /** Makes a change durable; `stored` is called with its sequence number. */
  write(change: Change): void {
    if (this.#retryDue) {
      this.#unsaved.push(change);
      return;
    }
    this.#start(change);
  }

  /** Calls back once everything written so far is durable; at once when it is. */
  afterAllStored(callback: () => void): void {
    if (this.idle) callback();
    else this.#whenAllStored.push(callback);
  }

  #start(change: Change): void {
    this.#events.onStarted();
    this.#inFlight += 1;
    void this.#attempt(change);
  }

  async #attempt(change: Change): Promise<void> {
    const result = await this.#commit.append({
      key: this.#key,
      update: change.update,
      author: change.author,
      at: this.#clock.now(),
    });
    this.#inFlight -= 1;
    if (!result.ok) {
      this.#postpone(change);
      return;
    }
    this.#events.onStored(result.value);
    change.stored(result.value);
    if (!this.idle) return;
    const waiting = this.#whenAllStored;
    this.#whenAllStored = [];
    for (const callback of waiting) callback();
    this.#events.onAllStored();
  }

  #postpone(change: Change): void {
    this.#unsaved.push(change);
    this.#events.onFailed();
    if (this.#retryDue) return;
    this.#retryDue = true;
    setTimeout(() => {
      this.#retryDue = false;
      const again = this.#unsaved;
      this.#unsaved = [];
      for (const waiting of again) this.#start(waiting);
    }, this.#retryDelayMs);
  }
}
