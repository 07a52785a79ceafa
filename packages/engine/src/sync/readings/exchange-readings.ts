import { type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { EngineLog } from "../../log/index.ts";
import type { Store } from "../../store/index.ts";
import type { RosterEntry } from "../roster.ts";
import type { Session } from "../session.ts";
import { giveReadings, takeBack } from "./give-readings.ts";
import type { SegmentAuthor } from "./make-segment.ts";
import { isBehind, takeReadings } from "./take-readings.ts";

export interface ReadingExchangeOptions {
  readonly store: Store;
  readonly log: EngineLog;
  readonly signal: AbortSignal;
  /** Everything, whatever was sent last and however much it is. */
  readonly isComplete: boolean;
  roster(): Promise<readonly RosterEntry[]>;
}

export interface ReadingReport {
  /** Days of own channels that the server confirmed. */
  readonly sent: number;
  /** Days of others' channels that came. */
  readonly received: number;
  /** Something is left for a next time that should come soon. */
  readonly more: boolean;
}

/** Days in one background exchange, so that documents are not kept waiting by years of readings. */
const AT_MOST = 200;
const NOTHING: ReadingReport = { sent: 0, received: 0, more: false };

/** Brings own shared readings to the server and others' from it; may stop anywhere and goes on the next time. */
export async function exchangeReadings(
  session: Session,
  { store, log, signal, isComplete, roster }: ReadingExchangeOptions,
): Promise<Result<ReadingReport, Failure>> {
  const { segments: server, membership } = session;
  const back = await takeBack({ store, server });
  if (!back.ok) return back;
  const heads = await server.heads();
  if (!heads.ok) return heads;
  // A server of an earlier version: there is nobody to share with.
  if (heads.value === null) return ok(NOTHING);
  const atMost = isComplete ? Number.POSITIVE_INFINITY : AT_MOST;
  const given =
    membership().role === "guest"
      ? ok({ sent: 0, more: false })
      : await giveReadings({ store, server, author: authorOf(session), signal, isComplete, atMost }, heads.value);
  if (!given.ok) return given;
  const isNews = heads.value.some((head) => store.channels.find(head.channelId) === null && isBehind(store, head));
  const context = { store, server, groupId: membership().groupId, log, signal, atMost };
  const taken = await takeReadings({ ...context, roster: isNews ? await roster() : [] }, heads.value);
  if (!taken.ok) return taken;
  if (taken.value.received + taken.value.forgotten > 0) store.changes.notify("readings", "sensors");
  return ok({
    sent: given.value.sent,
    received: taken.value.received,
    more: given.value.more || taken.value.more,
  });
}

export function authorOf({ membership, key }: Pick<Session, "membership" | "key">): SegmentAuthor {
  const { groupId, userId, userName, deviceId } = membership();
  return { groupId, userId, userName, deviceId, key };
}
