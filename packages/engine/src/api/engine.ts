import type { Contract } from "@ecolocal/core/api";
import type { Handlers } from "@ecolocal/core/api/rpc";
import type { LockHolder } from "@ecolocal/db/lock";
import { createBackupService } from "../backups/index.ts";
import { declareCorrections } from "../calibrating/derive.ts";
import {
  type ChooseTransport,
  chooseTransport as chooseByPath,
  createFeedHub,
  createIngestService,
  createPortTurns,
  FEED_PREFIX,
  type FeedHub,
} from "../ingest/index.ts";
import { startJobs } from "../jobs/index.ts";
import { type EngineLog, silentLog } from "../log/index.ts";
import { createNoticeWatch, type NoticeWatch } from "../notices/index.ts";
import { createPushService, type PushService } from "../push/index.ts";
import type { Store } from "../store/index.ts";
import { backupHandlers } from "./backup-handlers.ts";
import { calibrationHandlers } from "./calibration-handlers.ts";
import { createChannelJudge } from "./channel-judge.ts";
import { channelHandlers, dataHandlers } from "./data-handlers.ts";
import { guardHandlers } from "./guard-handlers.ts";
import { historyHandlers } from "./history-handlers.ts";
import { homeHandlers } from "./home-handlers.ts";
import { judgementHandlers } from "./judgement-handlers.ts";
import { createLazy } from "./lazy.ts";
import { noticeHandlers } from "./notice-handlers.ts";
import { noticeSources } from "./notice-sources.ts";
import { portHandlers } from "./port-handlers.ts";
import { projectHandlers } from "./project-handlers.ts";
import { pushHandlers } from "./push-handlers.ts";
import { metricHandlers, recommendationHandlers } from "./recommendation-handlers.ts";
import { sensorHandlers } from "./sensor-handlers.ts";
import type { ResetDemo, Services } from "./services.ts";
import { type SyncAreas, syncHandlers } from "./sync-handlers.ts";
import { createSyncService } from "./sync-service.ts";
import { workspaceHandlers } from "./workspace-handlers.ts";

/** A workspace at work: the contract's handlers and the reading of its sensors. */
export interface Engine {
  readonly handlers: Handlers<Contract>;
  /** Begins to read the sensors and to tidy up now and then; a second call does nothing. */
  startIngest(): void;
  /** Stores what is under way and ends; the database stays open for its owner to close. */
  close(): Promise<void>;
}

export interface EngineOptions {
  readonly owner: LockHolder;
  readonly appVersion: string;
  readonly log?: EngineLog;
  /** How ports are opened; by their path when absent. */
  readonly chooseTransport?: ChooseTransport;
  readonly resetDemo?: ResetDemo;
}

export function createEngine(store: Store, options: EngineOptions): Engine {
  const log = options.log ?? silentLog;
  if (store.db.mode === "live") keepCorrected(store, log);
  const push = createPushService(store, log);
  const feeds = createFeedHub();
  const byPath = withDemoDevices(store, options.chooseTransport);
  const chooseTransport = withoutPorts(push, feeds, byPath);
  const ingest = createIngestService({ store, log, chooseTransport });
  const backups = createBackupService(store, options.appVersion);
  const imports = createLazy(async () => (await import("../importing/index.ts")).createImportService(store));
  const projects = createLazy(async () => (await import("../projects/index.ts")).openProjects(store));
  const recommending = createLazy(async () => (await import("../recommending/index.ts")).createRecommending(store));
  const sync = createSyncService({ store, projects: projects.get, log, appVersion: options.appVersion });
  const services: Services = {
    store,
    ingest,
    backups,
    imports: imports.get,
    projects: projects.get,
    recommending: recommending.get,
    log,
    appVersion: options.appVersion,
    owner: options.owner,
    chooseTransport,
    portTurns: createPortTurns(),
    push,
    feeds,
    judge: createChannelJudge(store),
    resetDemo: options.resetDemo,
  };
  const news = { projects: projects.loaded, recommending: recommending.loaded };
  const noticing = createNoticeWatch({ ...noticeSources(services), ...news });
  let stopJobs: (() => void) | undefined;
  let starting: Promise<void> | undefined;
  return {
    handlers: guardHandlers({ ...createHandlers(services, noticing), ...syncHandlers(sync) }, store.db, log),
    startIngest() {
      if (store.db.mode === "read-only" || starting !== undefined) return;
      sync.start();
      starting = freshenDemo(store, log)
        .then(() => ingest.start())
        .then(() => push.start());
      stopJobs ??= startJobs({
        store,
        log,
        backups,
        noticing,
        projects: projects.loaded,
        openProjects: projects.get,
        recommending: recommending.loaded,
      });
    },
    async close() {
      stopJobs?.();
      await backups.close();
      await starting;
      (await imports.loaded())?.close();
      await push.stop();
      await ingest.stop();
      await sync.close();
      const opened = await projects.loaded();
      if (opened?.ok) opened.value.close();
    },
  };
}

/** Before anything is written: a correction that the store does not know misses what comes in. */
function keepCorrected(store: Store, log: EngineLog): void {
  const declared = declareCorrections(store);
  if (!declared.ok) log.write("warn", declared.error.detail, { code: declared.error.code });
}

/** The demo's own devices go on with the course that its history took. */
function withDemoDevices(store: Store, choose: ChooseTransport = chooseByPath): ChooseTransport {
  return async (port, clock) => {
    if (!port.startsWith("demo:")) return choose(port, clock);
    const { createDemoTransport } = await import("../demo/index.ts");
    return createDemoTransport(store);
  };
}

/** Devices that post, and programs that pipe, are no ports: what they say comes in by the endpoint and by calls. */
function withoutPorts(push: PushService, feeds: FeedHub, choose: ChooseTransport): ChooseTransport {
  return async (port, clock) => {
    if (port.startsWith(FEED_PREFIX)) return feeds.transport;
    return port.startsWith("push:") ? push.transport() : choose(port, clock);
  };
}

/** A demo that was closed for a while would otherwise have nothing to say about the last days. */
async function freshenDemo(store: Store, log: EngineLog): Promise<void> {
  if (store.settings.workspaceInfo().kind !== "demo") return;
  const { topUpDemo } = await import("../demo/index.ts");
  const filled = topUpDemo(store);
  if (!filled.ok) log.write("warn", `The demo could not be brought up to date: ${filled.error.detail}`);
}

function createHandlers(services: Services, noticing: NoticeWatch): Omit<Handlers<Contract>, `${SyncAreas}.${string}`> {
  return {
    ...workspaceHandlers(services),
    ...homeHandlers(services),
    ...portHandlers(services),
    ...pushHandlers(services),
    ...calibrationHandlers(services),
    ...sensorHandlers(services),
    ...channelHandlers(services),
    ...dataHandlers(services),
    ...judgementHandlers(services),
    ...metricHandlers(services),
    ...recommendationHandlers(services),
    ...projectHandlers(services),
    ...historyHandlers(services),
    ...backupHandlers(services),
    ...noticeHandlers({ store: services.store, noticing }),
  };
}
