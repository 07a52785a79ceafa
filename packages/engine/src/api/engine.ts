import type { Contract } from "@ecolocal/core/api";
import type { Handlers } from "@ecolocal/core/api/rpc";
import type { LockHolder } from "@ecolocal/db/workspace";
import { createImportService } from "../importing/index.ts";
import { type ChooseTransport, createIngestService } from "../ingest/index.ts";
import { type EngineLog, silentLog } from "../log/index.ts";
import type { Store } from "../store/index.ts";
import { createChannelJudge } from "./channel-judge.ts";
import { channelHandlers, dataHandlers } from "./data-handlers.ts";
import { judgementHandlers } from "./judgement-handlers.ts";
import { sensorHandlers } from "./sensor-handlers.ts";
import type { Services } from "./services.ts";
import { workspaceHandlers } from "./workspace-handlers.ts";

/** A workspace at work: the contract's handlers and the reading of its sensors. */
export interface Engine {
  readonly handlers: Handlers<Contract>;
  /** Begins to read the sensors; a second call does nothing. */
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
}

export function createEngine(store: Store, options: EngineOptions): Engine {
  const log = options.log ?? silentLog;
  const { chooseTransport } = options;
  const ingest = createIngestService({ store, log, ...(chooseTransport ? { chooseTransport } : {}) });
  const imports = createImportService(store);
  const services: Services = {
    store,
    ingest,
    imports,
    log,
    appVersion: options.appVersion,
    owner: options.owner,
    chooseTransport,
    judge: createChannelJudge(store),
  };
  return {
    handlers: {
      ...workspaceHandlers(services),
      ...sensorHandlers(services),
      ...channelHandlers(services),
      ...dataHandlers(services),
      ...judgementHandlers(services),
    } as never,
    startIngest: () => ingest.start(),
    async close() {
      imports.close();
      await ingest.stop();
    },
  };
}
