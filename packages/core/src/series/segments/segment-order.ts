import type { SegmentHead, SegmentOutcome } from "./segment-store.ts";

interface Numbered {
  readonly epoch: number;
  readonly seq: number;
}

/**
 * Whether a segment may follow the newest one of its channel: the next number of its epoch, or the first of a later
 * one. `null` lets it in. The very segment that is the newest already is `known`: its confirmation was lost on the way.
 */
export function judgeOrder(
  segment: Numbered & { readonly userId: string; readonly sha256: string },
  head: (Numbered & Pick<SegmentHead, "userId" | "withdrawn">) | null,
  newestSha256: string | null,
): SegmentOutcome | null {
  if (head === null) return segment.seq === 1 ? null : { kind: "stale", epoch: 0, seq: 0 };
  if (head.userId !== segment.userId) return { kind: "foreign" };
  const { epoch, seq } = head;
  if (!head.withdrawn && segment.epoch === epoch && segment.seq === seq && newestSha256 === segment.sha256) {
    return { kind: "known" };
  }
  const isNext = !head.withdrawn && segment.epoch === epoch && segment.seq === seq + 1;
  const isNewEpoch = segment.epoch > epoch && segment.seq === 1;
  return isNext || isNewEpoch ? null : { kind: "stale", epoch, seq };
}
