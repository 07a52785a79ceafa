import type { Audience } from "../../community/index.ts";
import type { Failure, Instant, Result, Ulid } from "../../shared/index.ts";
import type { SegmentLimits } from "./segment-header.ts";

export type SegmentStoreFailure = Failure<"SYNC_STORE_FAILED" | "SYNC_STORE_FULL">;

/** How far one channel's segments go on the server. */
export interface SegmentHead {
  readonly channelId: Ulid;
  readonly userId: string;
  readonly audience: Exclude<Audience, "none">;
  readonly epoch: number;
  readonly seq: number;
  /** Its owner, or a steward, has taken everything back; what was fetched is to be forgotten. */
  readonly withdrawn: boolean;
  /** Everything up to this epoch was taken back at some time, whatever was shared anew since; 0 for never. */
  readonly withdrawnEpoch: number;
}

/** One segment as a list names it. */
export interface SegmentEntry {
  readonly sha256: string;
  readonly epoch: number;
  readonly seq: number;
  /** Days since 1970-01-01, UTC. */
  readonly day: number;
  readonly bytes: number;
}

/** A segment that was checked and is to be kept. */
export interface NewSegment extends SegmentEntry {
  readonly workspaceId: string;
  readonly channelId: Ulid;
  readonly userId: string;
  readonly deviceId: string;
  readonly audience: Exclude<Audience, "none">;
  readonly data: Uint8Array;
}

/**
 * What became of a segment: `stored`; `known` already; `stale`, because it does not follow what the head tells;
 * `foreign`, because another member's channel has this id; `quota`, because there is no room.
 */
export type SegmentOutcome =
  | { readonly kind: "stored" | "known" | "foreign" | "quota" }
  | { readonly kind: "stale"; readonly epoch: number; readonly seq: number };

/** A segment that a member is sending, in pieces. */
export interface SegmentUpload {
  readonly workspaceId: string;
  readonly userId: string;
  readonly sha256: string;
}

/** Part of a segment, and what it is part of. */
export interface SegmentPiece {
  readonly bytes: Uint8Array;
  readonly total: number;
  readonly audience: Exclude<Audience, "none">;
}

/**
 * Where the service keeps shared readings: the newest segment of every channel and day. Numbers rise per channel, so
 * that a member who knows epoch and number of the last one asks only for what came after; a superseded segment is gone
 * with the transaction that stores its successor. Everything it confirms is durable.
 */
export interface SegmentStore {
  heads(workspaceId: string): Promise<Result<readonly SegmentHead[], SegmentStoreFailure>>;
  /** Segments of a channel after (epoch, seq), in that order. */
  list(
    workspaceId: string,
    channelId: Ulid,
    after: { readonly epoch: number; readonly seq: number },
    limit: number,
  ): Promise<Result<readonly SegmentEntry[], SegmentStoreFailure>>;
  /** At most `length` bytes from `at` on; null when there is no such segment (any more). */
  read(
    workspaceId: string,
    sha256: string,
    at: number,
    length: number,
  ): Promise<Result<SegmentPiece | null, SegmentStoreFailure>>;
  /**
   * Appends a piece to an upload of a member, where it begins at its end. Answers how much is there: a piece that
   * begins elsewhere changes nothing. `null` when the member has too many uploads under way.
   */
  receive(
    upload: SegmentUpload,
    at: number,
    piece: Uint8Array,
    context: { readonly now: Instant; readonly openUploads: number },
  ): Promise<Result<number | null, SegmentStoreFailure>>;
  /** What was received of an upload; null when there is none. */
  received(upload: SegmentUpload): Promise<Result<Uint8Array | null, SegmentStoreFailure>>;
  /** Ends an upload, kept or not. */
  discard(upload: SegmentUpload): Promise<Result<void, SegmentStoreFailure>>;
  /** Keeps a segment, unless it does not follow the last one of its channel; decided and done in one transaction. */
  store(
    segment: NewSegment,
    limits: Pick<SegmentLimits, "groupBytes" | "channelsPerMember">,
    now: Instant,
  ): Promise<Result<SegmentOutcome, SegmentStoreFailure>>;
  /** Deletes all segments of a channel for good; false when no channel of this id is shared. */
  withdraw(workspaceId: string, channelId: Ulid, now: Instant): Promise<Result<boolean, SegmentStoreFailure>>;
}
