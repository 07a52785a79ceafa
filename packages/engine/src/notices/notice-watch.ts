import {
  compareFindings,
  DEFAULT_NOTICE_SETTINGS,
  dueNotifications,
  type Notice,
  type NoticeFinding,
  type NoticeSettings,
  type SensorSeen,
  sensorTrouble,
} from "@ecolocal/core/notice";
import { DAY_MS, type Failure, type Instant, MINUTE_MS, type Result } from "@ecolocal/core/shared";
import type { EngineLog } from "../log/index.ts";
import type { Projects } from "../projects/index.ts";
import type { Recommending } from "../recommending/index.ts";
import type { Store } from "../store/index.ts";
import { type Look, lookAtDamage, lookAtDisk, lookAtIdeas, lookAtTasks } from "./find-trouble.ts";

/** Looks after the workspace and tells people once what they should know. */
export interface NoticeWatch {
  /** Looks at everything once; whoever calls it decides how often. Never throws. */
  look(): Promise<void>;
  /** Tells the outcome of the daily backup; null for one that was made. */
  backedUp(failure: Failure | null): void;
  settings(): NoticeSettings;
  /** Hands out what is due as one desktop notification: every notice once, to whoever asks first. */
  takeDue(): readonly Notice[];
}

export interface NoticeWatchOptions {
  readonly store: Store;
  readonly log: EngineLog;
  /** The configured sensors as they are now. */
  readonly sensors: () => readonly SensorSeen[];
  /** Free bytes of the disk with the workspace. */
  readonly freeBytes: () => Promise<number>;
  /** Undefined while nobody has asked for projects. */
  readonly projects: () => Promise<Result<Projects, Failure> | undefined>;
  /** Undefined while nobody has asked for recommendations. */
  readonly recommending: () => Promise<Recommending | undefined>;
}

export const NOTICE_SETTINGS_KEY = "notices.settings";

/** Looks come every few seconds: a longer break means that the computer slept or its clock was set. */
const SLEPT_MS = MINUTE_MS;
const KEPT_MS = 180 * DAY_MS;

export function createNoticeWatch(options: NoticeWatchOptions): NoticeWatch {
  const { store, log } = options;
  let awakeSince = store.clock.now();
  let lastLookAt = awakeSince;

  const { settings, tell } = createTelling(options);

  const lookOnce = async (): Promise<void> => {
    const now = store.clock.now();
    if (now < lastLookAt || now - lastLookAt > SLEPT_MS) awakeSince = now;
    lastLookAt = now;
    const open = store.notices.open();
    const sensors = lookAtSensors(options.sensors(), open, { now, awakeSince });
    const freeBytes = await options.freeBytes();
    const looks = [
      { kinds: [], found: sensors.found },
      lookAtDisk(
        freeBytes,
        open.some(({ kind }) => kind === "disk_low"),
      ),
      lookAtDamage(store),
    ];
    const projects = await options.projects();
    if (projects?.ok) looks.push(lookAtTasks(projects.value, store.settings.workspaceInfo().timeZone, now));
    const recommending = await options.recommending();
    const ideas = recommending && lookAtIdeas(store, recommending);
    if (ideas?.ok) looks.push(ideas.value);
    tell(looks, sensors);
  };

  return {
    settings,
    look: () =>
      lookOnce().catch((error: unknown) => log.write("error", "Looking for news of the workspace failed.", { error })),
    backedUp(failure) {
      const found = failure === null ? [] : [backupFailed(failure)];
      tell([{ kinds: ["backup_failed"], found }], NOTHING_SETTLED);
    },
    takeDue() {
      const now = store.clock.now();
      const { timeZone } = store.settings.workspaceInfo();
      const due = dueNotifications(
        store.notices.unread(),
        settings(),
        { now, timeZone },
        store.notices.notifiedSince(now - DAY_MS),
      );
      if (due.length === 0) return [];
      const ids = due.map(({ id }) => id);
      const marked = store.db.write("notice.notify", "", () => store.notices.setNotified(ids, now));
      return marked.ok ? due : [];
    },
  };
}

interface Telling {
  readonly settings: () => NoticeSettings;
  /** Keeps what is new, and what is over, in one write. */
  tell(looks: readonly Look[], settled: Settled): void;
}

function createTelling({ store, log }: NoticeWatchOptions): Telling {
  const settings = (): NoticeSettings => ({
    ...DEFAULT_NOTICE_SETTINGS,
    ...(store.settings.get(NOTICE_SETTINGS_KEY) as Partial<NoticeSettings> | undefined),
  });
  const notice = (finding: NoticeFinding, raisedAt: Instant, resolvedAt: Instant | null): Notice => ({
    ...finding,
    id: store.ids.next(),
    raisedAt,
    resolvedAt,
    readAt: settings().muted.includes(finding.kind) ? raisedAt : null,
    notifiedAt: null,
  });
  return {
    settings,
    tell(looks, { over, events }) {
      const now = store.clock.now();
      const kinds = new Set(looks.flatMap((look) => look.kinds));
      const { raise, resolve } = compareFindings(
        store.notices.open(),
        looks.flatMap(({ found }) => found),
        ({ id, kind }) => kinds.has(kind) || over.has(id),
      );
      if (raise.length + resolve.length === 0) return;
      const written = store.db.write("notice.raise", "", () => {
        for (const { id } of resolve) store.notices.resolve(id, now);
        for (const finding of raise) store.notices.add(notice(finding, now, null));
        for (const event of events) store.notices.add(notice(event, now, now));
        store.notices.prune(now - KEPT_MS);
      });
      if (written.ok) store.changes.notify("notices");
      else log.write("warn", `A notice could not be kept: ${written.error.detail}`, { code: written.error.code });
    },
  };
}

function backupFailed(failure: Failure): NoticeFinding {
  return { kind: "backup_failed", subject: "daily", values: { code: failure.code } };
}

/** Troubles of sensors that are over, and what is said about it. */
interface Settled {
  readonly over: ReadonlySet<string>;
  readonly events: readonly NoticeFinding[];
}

const NOTHING_SETTLED: Settled = { over: new Set(), events: [] };

function lookAtSensors(
  sensors: readonly SensorSeen[],
  open: readonly Notice[],
  watching: { readonly now: Instant; readonly awakeSince: Instant },
): Settled & { readonly found: readonly NoticeFinding[] } {
  const troubles = open.filter(({ kind }) => kind === "sensor_late" || kind === "sensor_disconnected");
  const configured = new Set(sensors.map(({ id }) => id));
  // What was removed is nobody's trouble any more, and did not return either.
  const over = new Set(troubles.filter(({ subject }) => !configured.has(subject)).map(({ id }) => id));
  const found: NoticeFinding[] = [];
  const events: NoticeFinding[] = [];
  for (const sensor of sensors) {
    const before = troubles.find(({ subject }) => subject === sensor.id);
    const trouble = sensorTrouble(sensor, watching, before);
    if (trouble === "undecided") continue;
    if (trouble !== null) found.push(trouble);
    else if (before !== undefined) {
      over.add(before.id);
      const values = { sensor: sensor.name, since: before.values["since"] ?? before.raisedAt };
      events.push({ kind: "sensor_returned", subject: sensor.id, values });
    }
  }
  return { found, over, events };
}
