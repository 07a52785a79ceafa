import type { NoticeFinding, NoticeKind } from "@ecolocal/core/notice";
import { type Failure, type Instant, ok, type Result } from "@ecolocal/core/shared";
import { localDay } from "../calendar/index.ts";
import { type Projects, viewProject } from "../projects/index.ts";
import type { Recommending } from "../recommending/index.ts";
import type { Store } from "../store/index.ts";

/** What one look at a part of the workspace found, and of which kinds it can say that they are over. */
export interface Look {
  readonly kinds: readonly NoticeKind[];
  readonly found: readonly NoticeFinding[];
}

const LOW_BYTES = 500e6;
/** Well above, so that a disk at the border is told once. */
const ENOUGH_BYTES = 750e6;

/** The disk of the workspace: low below 500 MB, enough again from 750 MB on. */
export function lookAtDisk(freeBytes: number, isOpen: boolean): Look {
  const low = freeBytes < (isOpen ? ENOUGH_BYTES : LOW_BYTES);
  return { kinds: ["disk_low"], found: low ? [{ kind: "disk_low", subject: "disk", values: { freeBytes } }] : [] };
}

/** Channels of which a stored block was found damaged; nothing mends one, so it is never over by itself. */
export function lookAtDamage(store: Store): Look {
  const channels = new Set(store.readings.damaged().map(({ channelId }) => channelId));
  const found = [...channels].map((channelId): NoticeFinding => {
    const channel = store.channels.find(channelId);
    const sensor = channel?.sensorId ? store.sensors.find(channel.sensorId) : null;
    return { kind: "data_damaged", subject: channelId, values: { name: sensor?.name ?? channel?.place ?? "" } };
  });
  return { kinds: [], found };
}

const KNOWN_IDEAS = "notices.knownIdeas";

/** Ideas that the readings justify for the first time; those of the first look are known already. */
export function lookAtIdeas(store: Store, recommending: Recommending): Result<Look, Failure> {
  const list = recommending.list();
  if (!list.ok) return list;
  const answered = new Set(store.feedback.currentOfAll().map(({ recommendationId }) => recommendationId));
  const suggested = list.value.filter(({ id, status }) => status === "suggested" && !answered.has(id));
  const known = store.settings.get(KNOWN_IDEAS) as readonly string[] | undefined;
  const fresh = suggested.filter(({ id }) => !known?.includes(id)).map(({ id }) => id);
  if (known === undefined || fresh.length > 0) {
    const kept = store.db.write("notice.ideas", KNOWN_IDEAS, () =>
      store.settings.set(KNOWN_IDEAS, [...(known ?? []), ...fresh]),
    );
    if (!kept.ok) return kept;
  }
  const told = new Set(store.notices.open().flatMap(({ kind, subject }) => (kind === "idea_new" ? [subject] : [])));
  const shown = suggested.filter(({ id }) => told.has(id) || (known !== undefined && fresh.includes(id)));
  const found = shown.map(
    ({ id, title }): NoticeFinding => ({ kind: "idea_new", subject: id, values: { idea: title } }),
  );
  return ok({ kinds: ["idea_new"], found });
}

/** Tasks of running projects that nothing holds up and whose expected day is over. */
export function lookAtTasks({ rows }: Projects, timeZone: string, now: Instant): Look {
  const today = localDay(timeZone, now);
  const found = rows
    .list()
    .filter(({ status }) => status === "active")
    .flatMap((project) =>
      viewProject(rows, project, timeZone)
        .tasks.filter(({ status, blocked, endOn }) => status !== "done" && !blocked && endOn !== null && endOn < today)
        .map(
          ({ id, name, endOn }): NoticeFinding => ({
            kind: "task_overdue",
            subject: id,
            values: { task: name, project: project.title, projectId: project.id, dueOn: endOn ?? "" },
          }),
        ),
    );
  return { kinds: ["task_overdue"], found };
}
