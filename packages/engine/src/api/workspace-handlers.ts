import type { WorkspaceStatus } from "@ecolocal/core/api";
import { isTimeZone } from "@ecolocal/core/series";
import { err, type Failure, ok } from "@ecolocal/core/shared";
import { syncedFolderWarning } from "@ecolocal/db/workspace";
import { readCircumstances, writeCircumstances, zoneUnknown } from "../store/index.ts";
import type { HandlersOf, Services } from "./services.ts";

export function workspaceHandlers(services: Services): HandlersOf<"workspace" | "demo"> {
  const { store } = services;
  return {
    "workspace.status": async () => ok(await describeWorkspace(services)),
    "workspace.configure": async (change) => {
      if (change.timeZone !== undefined && !isTimeZone(change.timeZone)) return err(zoneUnknown(change.timeZone));
      const { occupancy, region, ...plain } = change;
      const given = Object.fromEntries(Object.entries(plain).filter(([, value]) => value !== undefined));
      const written = store.db.write("workspace.configure", store.db.dir, () => {
        store.settings.changeWorkspace(given);
        writeCircumstances(store.settings, { occupancy, region });
      });
      if (!written.ok) return written;
      const judgedAnew = change.timeZone !== undefined || occupancy !== undefined || region !== undefined;
      store.changes.notify("workspace", ...(judgedAnew ? (["recommendations"] as const) : []));
      return ok(await describeWorkspace(services));
    },
    "workspace.changes": (_input, { signal }) => store.changes.watch(signal),
    "demo.reset": async (_input, context) => {
      const { resetDemo } = services;
      const isDemo = store.settings.workspaceInfo().kind === "demo";
      return isDemo && resetDemo ? resetDemo(context) : err(notDemo(store.db.dir));
    },
  };
}

/** Counts and dates come from the database, so the answer is the same whoever asks. */
export async function describeWorkspace(services: Services): Promise<WorkspaceStatus> {
  const { store, appVersion, owner } = services;
  const info = store.settings.workspaceInfo();
  const { db } = store;
  const unsaved = services.ingest.unsaved();
  const channels = store.channels.list();
  const newest = store.readings.latest(channels.map(({ id }) => id)).map(({ at }) => at);
  const warning = syncedFolderWarning(db.dir)?.code ?? (db.copiedWhileOpen ? "WORKSPACE_COPIED_OPEN" : undefined);
  const { occupancy, place: region } = readCircumstances(store.settings);
  return {
    workspaceId: info.id,
    name: info.name,
    kind: info.kind,
    path: db.dir,
    mode: db.mode,
    ...(db.readOnlyBecause === null ? {} : { readOnlyBecause: db.readOnlyBecause.code }),
    ...(unsaved === null ? {} : { unsavedBecause: unsaved.code }),
    ...(warning === undefined ? {} : { warning }),
    timeZone: info.timeZone,
    locale: info.locale,
    place: info.place,
    occupancy: occupancy === undefined ? null : { ...occupancy, weekdays: [...occupancy.weekdays] },
    region: region === undefined ? null : { ...region },
    createdAt: info.createdAt,
    appVersion,
    schemaVersion: db.schemaVersion,
    owner: { pid: owner.pid, role: owner.role, since: owner.since },
    counts: {
      sensors: store.sensors.list().length,
      channels: channels.length,
      readings: store.readingCount.total(channels.map(({ id }) => id)),
      projects: await countProjects(services),
    },
    storageBytes: db.storageBytes(),
    lastReadingAt: newest.length === 0 ? null : Math.max(...newest),
  };
}

async function countProjects({ projects }: Services): Promise<number> {
  const opened = await projects();
  return opened.ok ? opened.value.rows.count() : 0;
}

function notDemo(dir: string): Failure<"WORKSPACE_NOT_DEMO"> {
  return {
    code: "WORKSPACE_NOT_DEMO",
    op: "demo.reset",
    subject: dir,
    detail: "Only the demo workspace can be filled anew; this one is left as it is.",
    retry: "never",
  };
}
