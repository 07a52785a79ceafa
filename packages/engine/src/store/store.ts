import type { Clock, IdSource } from "@ecolocal/core/shared";
import { type NoticeRepository, noticeRepository } from "@ecolocal/db/notices";
import { createReadingStore, type ReadingDatabase } from "@ecolocal/db/readings";
import { type GivenReadings, givenReadings, type ReceivedReadings, receivedReadings } from "@ecolocal/db/sharing";
import {
  type AuditRepository,
  auditRepository,
  type ChannelRepository,
  channelRepository,
  type FeedbackRepository,
  feedbackRepository,
  type ImportRepository,
  importRepository,
  type ManualValueRepository,
  manualValueRepository,
  type SensorRepository,
  type SettingsRepository,
  sensorRepository,
  settingsRepository,
  type WorkspaceDb,
} from "@ecolocal/db/workspace";
import { createDriverCatalogue, type DriverCatalogue } from "../drivers/index.ts";
import { type ChangeHub, createChangeHub } from "./change-hub.ts";
import { countReadings, type ReadingCount } from "./reading-count.ts";

/** An open workspace as the parts of the engine see it: its tables, its readings, and who is told about changes. */
export interface Store {
  readonly db: WorkspaceDb;
  readonly settings: SettingsRepository;
  readonly sensors: SensorRepository;
  readonly channels: ChannelRepository;
  readonly manualValues: ManualValueRepository;
  readonly feedback: FeedbackRepository;
  readonly imports: ImportRepository;
  readonly audit: AuditRepository;
  readonly notices: NoticeRepository;
  readonly readings: ReadingDatabase;
  readonly readingCount: ReadingCount;
  /** What others get of our readings. */
  readonly given: GivenReadings;
  /** What we get of others'; kept apart from our own channels. */
  readonly received: ReceivedReadings;
  readonly changes: ChangeHub;
  readonly drivers: DriverCatalogue;
  readonly clock: Clock;
  readonly ids: IdSource;
}

export interface StoreContext {
  readonly clock: Clock;
  readonly ids: IdSource;
}

/** Wraps an open workspace database; closing it stays the caller's business. */
export function createStore(db: WorkspaceDb, context: StoreContext): Store {
  const { readings, count } = countReadings(createReadingStore(db.sqlite, { clock: context.clock }));
  return {
    db,
    settings: settingsRepository(db),
    sensors: sensorRepository(db),
    channels: channelRepository(db),
    manualValues: manualValueRepository(db),
    feedback: feedbackRepository(db),
    imports: importRepository(db),
    audit: auditRepository(db),
    notices: noticeRepository(db),
    readings,
    readingCount: count,
    given: givenReadings(db),
    received: receivedReadings(db),
    changes: createChangeHub(),
    drivers: createDriverCatalogue(db.dir),
    ...context,
  };
}
