import type { Contract, WorkspaceStatus } from "@ecolocal/core/api";
import type { CallContext, Handlers } from "@ecolocal/core/api/rpc";
import type { Failure, Result } from "@ecolocal/core/shared";
import type { LockHolder } from "@ecolocal/db/lock";
import type { BackupService } from "../backups/index.ts";
import type { ImportService } from "../importing/index.ts";
import type { ChooseTransport, FeedHub, IngestService, PortTurns } from "../ingest/index.ts";
import type { EngineLog } from "../log/index.ts";
import type { Projects } from "../projects/index.ts";
import type { PushService } from "../push/index.ts";
import type { Recommending } from "../recommending/index.ts";
import type { Store } from "../store/index.ts";
import type { ChannelJudge } from "./channel-judge.ts";

/** Answers with the status of the new demo. */
export type ResetDemo = (context: CallContext) => Promise<Result<WorkspaceStatus, Failure>>;

/** What the handlers of the contract work with; what is expensive to load comes as a promise. */
export interface Services {
  readonly store: Store;
  readonly ingest: IngestService;
  readonly backups: BackupService;
  readonly imports: () => Promise<ImportService>;
  readonly projects: () => Promise<Result<Projects, Failure>>;
  readonly recommending: () => Promise<Recommending>;
  readonly log: EngineLog;
  readonly appVersion: string;
  readonly owner: LockHolder;
  readonly chooseTransport: ChooseTransport;
  readonly portTurns: PortTurns;
  /** The endpoint for devices that post. */
  readonly push: PushService;
  /** What other programs read for sensors on `pipe:` ports. */
  readonly feeds: FeedHub;
  readonly judge: ChannelJudge;
  /** Fills the demo workspace anew; undefined where nobody can swap the database. */
  readonly resetDemo: ResetDemo | undefined;
}

/** The handlers of some areas of the contract (`sensor`, `data`, …). */
export type HandlersOf<Area extends string> = Pick<Handlers<Contract>, Extract<keyof Contract, `${Area}.${string}`>>;
