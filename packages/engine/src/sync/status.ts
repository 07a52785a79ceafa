import type { SyncState, SyncStatus } from "@ecolocal/core/api";
import type { Failure, Instant } from "@ecolocal/core/shared";
import type { Replica } from "./replica.ts";
import type { Session } from "./session.ts";
import { isPassing, syncFailure } from "./sync-failure.ts";

/** What the client knows about its last attempts. */
export interface SyncMemory {
  /** Whether an exchange is under way or comes by itself; otherwise changes wait until somebody asks for one. */
  readonly isActive: boolean;
  readonly lastSyncAt: Instant | null;
  readonly failure: Failure | null;
  readonly nextAttemptAt: Instant | null;
  readonly progress: { readonly done: number; readonly total: number } | null;
}

export interface StatusContext {
  readonly replica: Replica;
  readonly session: Session | null;
  readonly memory: SyncMemory;
  readonly titleOf: (documentId: string) => string;
}

/** The status while the workspace is on this computer only. */
export const LOCAL_STATUS: SyncStatus = {
  state: "local",
  paused: false,
  server: null,
  groupId: null,
  me: null,
  waitingChanges: 0,
  waiting: [],
  lastSyncAt: null,
  failure: null,
  nextAttemptAt: null,
  progress: null,
  people: [],
  clockAheadMs: null,
};

export function describeSync({ replica, session, memory, titleOf }: StatusContext): SyncStatus {
  if (session === null)
    return { ...LOCAL_STATUS, failure: memory.failure, state: memory.failure ? "attention" : "local" };
  const { server, groupId, paused, userId, userName, deviceId, deviceName, role } = session.membership();
  const waiting = replica.progress.waiting().map(({ documentId, changes }) => ({
    documentId,
    title: titleOf(documentId),
    changes,
    refusedCode: replica.progress.find(documentId).refusedCode,
  }));
  const refused = waiting.find((document) => document.refusedCode !== null);
  const failure = memory.failure ?? (refused ? refusalFailure(refused) : null);
  const waitingChanges = waiting.reduce((sum, { changes }) => sum + changes, 0);
  return {
    state: stateOf(paused, failure, waitingChanges, memory),
    paused,
    server,
    groupId,
    me: { userId, name: userName, deviceId, deviceName, role },
    waitingChanges,
    waiting,
    lastSyncAt: memory.lastSyncAt,
    failure,
    nextAttemptAt: memory.nextAttemptAt,
    progress: memory.progress,
    people: session.live.people(),
    clockAheadMs: session.connection.clockAheadMs(),
  };
}

function stateOf(paused: boolean, failure: Failure | null, waitingChanges: number, memory: SyncMemory): SyncState {
  if (failure !== null && !isPassing(failure)) return "attention";
  if (paused || failure !== null) return "offline";
  // Never says "up to date" before everything was acknowledged.
  const isComplete = waitingChanges === 0 && memory.progress === null && memory.lastSyncAt !== null;
  if (isComplete) return "current";
  return memory.isActive ? "sending" : "offline";
}

function refusalFailure(document: { readonly title: string; readonly refusedCode: string | null }): Failure {
  const code = document.refusedCode === null ? "SYNC_UPDATE_REFUSED" : document.refusedCode;
  return {
    ...syncFailure("SYNC_UPDATE_REFUSED", "sync.exchange", document.title, "The server does not take it."),
    code,
  };
}
