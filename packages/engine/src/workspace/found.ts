import { type Clock, createIdSource, err, type Failure, type IdSource, ok, type Result } from "@ecolocal/core/shared";
import { demoWorkspacePath, resolveDirectories } from "../config/index.ts";
import { zoneUnknown } from "../store/not-found.ts";

export interface FoundingOptions {
  readonly name: string;
  readonly appVersion: string;
  readonly place?: string;
  /** IANA zone; that of this computer when absent. */
  readonly timeZone?: string | undefined;
  /** BCP 47 tag. Default `en`. */
  readonly locale?: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
}

const systemClock: Clock = { now: () => Date.now() };

/**
 * Makes a workspace in a folder. Never touches one that is there (`WORKSPACE_EXISTS`); a zone that does not exist is `WORKSPACE_ZONE_UNKNOWN`.
 */
export async function createWorkspace(
  dir: string,
  options: FoundingOptions,
): Promise<Result<{ readonly dir: string; readonly id: string }, Failure>> {
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? createIdSource(clock, Math.random);
  const { isTimeZone } = await import("@ecolocal/core/series");
  if (options.timeZone !== undefined && !isTimeZone(options.timeZone)) return err(zoneUnknown(options.timeZone));
  const { createWorkspace: createDatabase } = await import("@ecolocal/db/workspace");
  const created = createDatabase(
    dir,
    {
      id: ids.next(),
      kind: "own",
      name: options.name,
      place: options.place ?? "",
      timeZone: options.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      locale: options.locale ?? "en",
    },
    { appVersion: options.appVersion, clock },
  );
  if (!created.ok) return created;
  return ok({ dir, id: created.value.id });
}

export interface DemoOptions {
  readonly appVersion: string;
  /** Where the demo is; in the data directory when absent. */
  readonly dir?: string;
  readonly clock?: Clock;
  readonly ids?: IdSource;
}

/** Names the folder of the demo workspace, and makes and fills it when it is not there. */
export async function ensureDemo(options: DemoOptions): Promise<Result<{ readonly dir: string }, Failure>> {
  const dir = options.dir ?? demoWorkspacePath(resolveDirectories());
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? createIdSource(clock, Math.random);
  const { ensureDemoAt } = await import("../demo/index.ts");
  const made = ensureDemoAt(dir, { appVersion: options.appVersion, clock, ids });
  return made.ok ? ok({ dir }) : made;
}
