import { setTimeout as wait } from "node:timers/promises";
import type { Contract, StorageView } from "@ecolocal/core/api";
import { type Handlers, RpcError } from "@ecolocal/core/api/rpc";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { VerifyProgress, VerifyReport } from "@ecolocal/db/readings";
import { readPolicies, retain, setPolicy } from "../retention/index.ts";
import { channelNotFound, isCompressionPaused, pauseCompression, type Store } from "../store/index.ts";
import type { Services } from "./services.ts";

type Care = Pick<
  Handlers<Contract>,
  | "data.verify"
  | "data.storage"
  | "data.compact"
  | "data.pauseCompression"
  | "data.annotate"
  | "data.undoAnnotation"
  | "data.annotations"
  | "data.retention"
  | "data.retentionPolicies"
  | "data.setRetention"
>;

const TELL_EVERY_MS = 200;
/** One piece of compaction; live readings never wait longer. */
const COMPACT_BUDGET_MS = 25;

export function careHandlers(services: Services): Care {
  const { store } = services;
  const { readings } = store;
  const known = (channelId: Ulid): Result<void, ReturnType<typeof channelNotFound>> =>
    store.channels.find(channelId) === null ? err(channelNotFound(channelId)) : ok(undefined);
  const changed = (): void => store.changes.notify("readings", "recommendations");
  return {
    "data.verify": ({ repair }, { signal }) => verify(store, repair, signal as AbortSignal),
    "data.storage": () => storageOf(store),
    "data.compact": ({ today }, { signal }) => compact(store, today, signal as AbortSignal),
    "data.pauseCompression": ({ paused }) => {
      const set = pauseCompression(store, paused);
      if (!set.ok) return set;
      store.changes.notify("readings");
      return storageOf(store);
    },
    "data.annotate": (annotation) => {
      const found = known(annotation.channelId);
      if (!found.ok) return found;
      const { factor, offset, ...rest } = annotation;
      const made = readings.annotate({
        ...rest,
        id: store.ids.next(),
        ...(factor === undefined ? {} : { factor }),
        ...(offset === undefined ? {} : { offset }),
      });
      if (made.ok) changed();
      return made;
    },
    "data.undoAnnotation": ({ annotationId, restore }) => {
      const done = restore ? readings.restoreAnnotation(annotationId) : readings.undoAnnotation(annotationId);
      if (!done.ok) return done;
      changed();
      return ok({});
    },
    "data.annotations": ({ channelId }) => {
      const found = known(channelId);
      return found.ok ? ok(readings.annotations(channelId)) : found;
    },
    "data.retention": async ({ apply, ...request }) => {
      const found = known(request.channelId);
      if (!found.ok) return found;
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const report = retain(store, projects.value.rows, { ...request, apply });
      if (!report.ok) return report;
      const { spans, kept, ...sums } = report.value;
      return ok({ ...sums, spans: [...spans], kept: [...kept], applied: apply });
    },
    "data.retentionPolicies": () => ok(readPolicies(store)),
    "data.setRetention": (change) => {
      const found = change.channelId === null ? ok(undefined) : known(change.channelId);
      if (!found.ok) return found;
      const set = setPolicy(store, change);
      if (!set.ok) return set;
      store.changes.notify("workspace");
      return ok(readPolicies(store));
    },
  };
}

type VerifyEvent =
  | ({ kind: "progress" } & VerifyProgress)
  | ({ kind: "report"; damage: Damage[] } & Omit<VerifyReport, "findings">);
type Damage = VerifyReport["findings"][number] & { repaired: boolean };

/** Damage of a summary is mended by computing it again; damage of a block is only told. */
async function* verify(store: Store, repair: boolean, signal: AbortSignal): AsyncGenerator<VerifyEvent, void> {
  let progress: VerifyProgress | undefined;
  const checking = store.readings.verifyInBackground({
    repair: repair && store.db.mode !== "read-only",
    signal,
    onProgress: (latest) => {
      progress = latest;
    },
  });
  const settled = checking.then(
    () => true,
    () => true,
  );
  while (!(await Promise.race([settled, wait(TELL_EVERY_MS, false, { ref: false })]))) {
    if (progress !== undefined) yield { kind: "progress", ...progress };
  }
  const { findings, ...report } = await checking;
  const damage = findings.map((found) => ({ ...found, repaired: repair && found.code === "READINGS_ROLLUP_DAMAGED" }));
  yield { kind: "report", ...report, damage };
}

function storageOf(store: Store): Result<StorageView, Failure> {
  const storage = store.readings.storage();
  if (!storage.ok) return storage;
  const { channels, ...sums } = storage.value;
  const shown = channels.map(({ bytesPerReading, ...channel }) => ({
    ...channel,
    bytesPerReading: Number.isFinite(bytesPerReading) ? bytesPerReading : null,
  }));
  return ok({ ...sums, channels: shown, compressionPaused: isCompressionPaused(store) });
}

type CompactEvent = { kind: "progress"; done: number; total: number } | ({ kind: "report" } & CompactSums);
type CompactSums = Record<"sealed" | "readings" | "merged", number>;

async function* compact(store: Store, today: boolean, signal: AbortSignal): AsyncGenerator<CompactEvent, void> {
  const storage = store.readings.storage();
  const total = storage.ok ? storage.value.channels.reduce((sum, { unsealed }) => sum + unsealed, 0) : 0;
  const sum: CompactSums = { sealed: 0, readings: 0, merged: 0 };
  let toldAt = performance.now();
  for (let done = false; !done; await wait(0)) {
    if (signal.aborted) throw new RpcError(cancelled());
    const step = store.readings.compactStep(COMPACT_BUDGET_MS, today);
    if (!step.ok) throw new RpcError(step.error);
    sum.sealed += step.value.sealed;
    sum.readings += step.value.readings;
    sum.merged += step.value.merged;
    done = step.value.done;
    if (performance.now() - toldAt < TELL_EVERY_MS) continue;
    toldAt = performance.now();
    yield { kind: "progress", done: sum.readings, total };
  }
  yield { kind: "report", ...sum };
}

const cancelled = () =>
  ({ code: "RPC_CANCELLED", op: "data.compact", subject: "", detail: "It was cancelled.", retry: "now" }) as const;
