import type { BackupEvent } from "@ecolocal/core/api";
import type { Failure } from "@ecolocal/core/shared";
import { useQueryClient } from "@tanstack/react-query";
import { create } from "zustand";
import { type EngineClient, failureOf, useClient } from "../../../client/index.ts";

export type BackupProgress = Extract<BackupEvent, { kind: "progress" }>;

/** A backup that is being made, or one (by its folder) that is being checked. */
export interface BackupWork {
  readonly kind: "create" | "check";
  readonly path: string | null;
}

interface RunState {
  readonly work: BackupWork | null;
  readonly progress: BackupProgress | null;
  readonly failure: Failure | null;
}

const IDLE: RunState = { work: null, progress: null, failure: null };

// Kept outside the page, so that a backup goes on, and can be cancelled, wherever the reader has been meanwhile.
const useRunStore = create<RunState>(() => IDLE);
let stopping: AbortController | undefined;

export interface BackupRun extends RunState {
  /** Runs to its end; `done` is told only then. */
  start(work: BackupWork, done: () => void): void;
  cancel(): void;
}

/** Makes or checks one backup at a time. */
export function useBackupRun(): BackupRun {
  const client = useClient();
  const queries = useQueryClient();
  const state = useRunStore();
  return {
    ...state,
    start(work, done) {
      stopping?.abort();
      const stop = new AbortController();
      stopping = stop;
      useRunStore.setState({ work, progress: null, failure: null });
      run(client, work, stop.signal)
        .then(() => {
          useRunStore.setState(IDLE);
          done();
        })
        .catch((error: unknown) => {
          if (!stop.signal.aborted) useRunStore.setState({ ...IDLE, failure: failureOf(error) });
        })
        .finally(() => void queries.invalidateQueries({ queryKey: ["backup.list"] }));
    },
    cancel() {
      stopping?.abort();
      useRunStore.setState(IDLE);
    },
  };
}

async function run(client: EngineClient, { path }: BackupWork, signal: AbortSignal): Promise<void> {
  const events =
    path === null
      ? client.stream("backup.create", {}, { signal })
      : client.stream("backup.verify", { path }, { signal });
  for await (const event of events) {
    if (event.kind === "progress") useRunStore.setState({ progress: event });
  }
}
