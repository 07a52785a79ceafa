import type { Contract } from "@ecolocal/core/api";
import type { Handlers } from "@ecolocal/core/api/rpc";
import type { LockHolder } from "@ecolocal/db/workspace";
import type { ImportService } from "../importing/index.ts";
import type { ChooseTransport, IngestService } from "../ingest/index.ts";
import type { EngineLog } from "../log/index.ts";
import type { Store } from "../store/index.ts";
import type { ChannelJudge } from "./channel-judge.ts";

/** What the handlers of the contract work with. */
export interface Services {
  readonly store: Store;
  readonly ingest: IngestService;
  readonly imports: ImportService;
  readonly log: EngineLog;
  readonly appVersion: string;
  readonly owner: LockHolder;
  readonly chooseTransport: ChooseTransport | undefined;
  readonly judge: ChannelJudge;
}

/** The handlers of some areas of the contract (`sensor`, `data`, …). */
export type HandlersOf<Area extends string> = Pick<Handlers<Contract>, Extract<keyof Contract, `${Area}.${string}`>>;
