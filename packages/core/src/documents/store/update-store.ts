import type { Failure, Instant, Result } from "../../shared/index.ts";

/** Names one document: its workspace and its id (`ws`, `project~01j…`). */
export interface DocumentKey {
  readonly workspaceId: string;
  readonly documentId: string;
}

/** Who made a change, kept with every stored update. */
export interface Author {
  readonly userId: string;
  readonly deviceId: string;
}

export interface StoredUpdate {
  /** 1, 2, 3 … per document, in commit order and without gaps. */
  readonly seq: number;
  readonly data: Uint8Array;
}

export interface StoredDocument {
  /** Everything up to `snapshotSeq` in one update; `null` for a document that was never compacted. */
  readonly snapshot: Uint8Array | null;
  readonly snapshotSeq: number;
  /** The tail after the snapshot, ascending. */
  readonly updates: readonly StoredUpdate[];
  /** Rises when a restore must not be undone by clients that hold the newer past. */
  readonly epoch: number;
}

/** How far the log of one document goes. */
export interface DocumentHead {
  readonly documentId: string;
  readonly seq: number;
  readonly epoch: number;
}

export interface AppendRequest {
  readonly key: DocumentKey;
  readonly update: Uint8Array;
  readonly author: Author;
  readonly at: Instant;
}

export type StoreFailure = Failure<"SYNC_STORE_FAILED" | "SYNC_STORE_FULL">;

/**
 * Where the service keeps documents: an append-only log per document with snapshots. `append` resolves only when every
 * update of the batch is durable (fsynced, or committed in PostgreSQL); nothing is ever replaced.
 */
export interface UpdateStore {
  load(key: DocumentKey): Promise<Result<StoredDocument, StoreFailure>>;
  /** One transaction for the whole batch; returns the sequence number of each request, in its order. */
  append(batch: readonly AppendRequest[]): Promise<Result<readonly number[], StoreFailure>>;
  /** Updates after `seq`, ascending; for nodes that heard of a change elsewhere. */
  since(key: DocumentKey, seq: number): Promise<Result<readonly StoredUpdate[], StoreFailure>>;
  /** The documents of a workspace with their latest sequence numbers; for members who ask what is new. */
  heads(workspaceId: string): Promise<Result<readonly DocumentHead[], StoreFailure>>;
  /** Writes a snapshot and removes the tail it covers, in one transaction; refused when a newer one exists. */
  compact(key: DocumentKey, uptoSeq: number, snapshot: Uint8Array): Promise<Result<boolean, StoreFailure>>;
  /** Fails when the store cannot take a write now. */
  probe(): Promise<Result<true, StoreFailure>>;
  close(): Promise<void>;
}
