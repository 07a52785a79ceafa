import type { AppendRequest, StoreFailure, UpdateStore } from "@ecolocal/core/documents/store";
import { err, ok, type Result } from "@ecolocal/core/shared";

/** Gathers updates of all documents into one transaction, so that a burst costs one fsync. */
export interface GroupCommit {
  /** Resolves with the update's sequence number when it is durable. */
  append(request: AppendRequest): Promise<Result<number, StoreFailure>>;
  /** Updates that are not durable yet. */
  readonly depth: number;
  /** Resolves when everything handed over so far is durable or has failed. */
  drain(): Promise<void>;
}

export interface GroupCommitOptions {
  /** How long the first update of a batch waits for company, in milliseconds. */
  readonly maxDelayMs: number;
  readonly maxBatch: number;
  readonly onBatch?: (rows: number, durationMs: number, stored: boolean) => void;
}

interface Waiting {
  readonly request: AppendRequest;
  readonly settle: (result: Result<number, StoreFailure>) => void;
}

export function createGroupCommit(store: UpdateStore, options: GroupCommitOptions): GroupCommit {
  let queue: Waiting[] = [];
  let inFlight = 0;
  let running: Promise<void> | null = null;

  async function run(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, options.maxDelayMs));
    while (queue.length > 0) {
      const batch = queue.slice(0, options.maxBatch);
      queue = queue.slice(options.maxBatch);
      await commit(batch);
    }
  }

  async function commit(batch: readonly Waiting[]): Promise<void> {
    inFlight = batch.length;
    const startedAt = performance.now();
    const result = await store.append(batch.map((waiting) => waiting.request)).catch((cause: unknown) =>
      err<StoreFailure>({
        code: "SYNC_STORE_FAILED",
        op: "append",
        subject: `${batch.length} updates`,
        detail: cause instanceof Error ? cause.message : String(cause),
        retry: "backoff",
      }),
    );
    options.onBatch?.(batch.length, performance.now() - startedAt, result.ok);
    inFlight = 0;
    batch.forEach((waiting, index) => {
      waiting.settle(result.ok ? ok(result.value[index] ?? 0) : result);
    });
  }

  return {
    append(request) {
      return new Promise((settle) => {
        queue.push({ request, settle });
        running ??= run().finally(() => {
          running = null;
        });
      });
    },
    get depth() {
      return queue.length + inFlight;
    },
    async drain() {
      while (running !== null) await running;
    },
  };
}
