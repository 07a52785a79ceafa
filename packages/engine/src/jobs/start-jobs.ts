import { type Failure, MINUTE_MS, ok, type Result, SECOND_MS } from "@ecolocal/core/shared";
import type { BackupService } from "../backups/index.ts";
import type { EngineLog } from "../log/index.ts";
import type { NoticeWatch } from "../notices/index.ts";
import type { Projects } from "../projects/index.ts";
import type { Recommending } from "../recommending/index.ts";
import { isCompressionPaused, pause, type Store } from "../store/index.ts";

export interface JobContext {
  readonly store: Store;
  readonly log: EngineLog;
  readonly backups: BackupService;
  readonly noticing: NoticeWatch;
  /** Undefined while nobody has asked for projects. */
  readonly projects: () => Promise<Result<Projects, Failure> | undefined>;
  readonly openProjects: () => Promise<Result<Projects, Failure>>;
  /** Undefined while nobody has asked for recommendations. */
  readonly recommending: () => Promise<Recommending | undefined>;
}

const COMPACT_EVERY_MS = MINUTE_MS;
/** Live readings never wait longer than this for the compaction of older ones. */
const COMPACT_BUDGET_MS = 25;
const DERIVE_EVERY_MS = MINUTE_MS;
/** A long past is corrected in pieces between which live readings are kept. */
const DERIVE_BUDGET_MS = 50;
const DERIVE_PAUSE_MS = 100;
const REFRESH_EVERY_MS = 10 * MINUTE_MS;
const BACKUP_CHECK_EVERY_MS = 60 * MINUTE_MS;
const RETENTION_CHECK_EVERY_MS = 60 * MINUTE_MS;
const LOOK_EVERY_MS = 5 * SECOND_MS;
const KEEP_VERSIONS_EVERY_MS = MINUTE_MS;
const SHORTEN_EVERY_MS = 60 * MINUTE_MS;

/** Does the work that nobody waits for, in small pieces; the returned function ends it. */
export function startJobs(context: JobContext): () => void {
  const { store, log } = context;
  const ending = new AbortController();
  const stopped = ending.signal;
  const timers = [
    repeat("compact readings", COMPACT_EVERY_MS, async () => {
      if (isCompressionPaused(store)) return;
      const step = store.readings.compactStep(COMPACT_BUDGET_MS);
      if (!step.ok)
        log.write("warn", `Readings could not be compacted: ${step.error.detail}`, { code: step.error.code });
    }),
    repeat("derive corrected readings", DERIVE_EVERY_MS, async () => {
      const { catchUp, declareCorrections } = await import("../calibrating/index.ts");
      // A humidity channel may have come since: declaring again costs nothing where it says the same.
      const declared = declareCorrections(store);
      let step = declared.ok ? catchUp(store, DERIVE_BUDGET_MS) : declared;
      while (step.ok && !step.value && !stopped.aborted) {
        await pause(DERIVE_PAUSE_MS, stopped);
        step = catchUp(store, DERIVE_BUDGET_MS);
      }
      if (!step.ok) log.write("warn", step.error.detail, { code: step.error.code });
    }),
    repeat("refresh recommendations", REFRESH_EVERY_MS, async () => (await context.recommending())?.refresh()),
    repeat("look for news", LOOK_EVERY_MS, () => context.noticing.look()),
    repeat("daily backup", BACKUP_CHECK_EVERY_MS, async () => {
      const { backUpDaily } = await import("./daily-backup.ts");
      const backedUp = await backUpDaily(store, context.backups, stopped);
      if (!stopped.aborted) context.noticing.backedUp(backedUp.ok ? null : backedUp.error);
      if (!backedUp.ok)
        log.write("warn", `No backup was made: ${backedUp.error.detail}`, { code: backedUp.error.code });
    }),
    repeat("drop old readings", RETENTION_CHECK_EVERY_MS, async () => {
      const { applyPoliciesDaily } = await import("../retention/index.ts");
      const rows = async () => {
        const projects = await context.openProjects();
        return projects.ok ? ok(projects.value.rows) : projects;
      };
      const dropped = await applyPoliciesDaily(store, rows, stopped);
      if (!dropped.ok)
        log.write("warn", `Old readings were not dropped: ${dropped.error.detail}`, { code: dropped.error.code });
    }),
    repeat("shorten documents", SHORTEN_EVERY_MS, async () => {
      const projects = await context.projects();
      if (projects?.ok) projects.value.compactGrown();
      if (projects?.ok) projects.value.history.prune();
    }),
    repeat("keep versions", KEEP_VERSIONS_EVERY_MS, async () => {
      const projects = await context.projects();
      const kept = projects?.ok ? projects.value.history.keep() : undefined;
      if (kept?.ok === false) log.write("warn", `No version was kept: ${kept.error.detail}`, { code: kept.error.code });
    }),
  ];
  return () => {
    ending.abort();
    for (const stop of timers) stop();
  };

  function repeat(name: string, everyMs: number, work: () => Promise<void>): () => void {
    // The first time soon after the start, so that a short session leaves things tidy as well.
    const run = (): void => {
      work().catch((error: unknown) => {
        // What the end of the engine cut short is no failure.
        if (!stopped.aborted) log.write("error", "A background job failed.", { job: name, error });
      });
    };
    const first = setTimeout(run, Math.min(everyMs, 20 * SECOND_MS)).unref();
    const timer = setInterval(run, everyMs).unref();
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }
}
