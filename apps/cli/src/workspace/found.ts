import { defaultWorkspacePath, resolveDirectories } from "@ecolocal/engine/config";
import { createWorkspace, ensureDemo } from "@ecolocal/engine/workspace";
import { CliFailure } from "../failure/cli-failure.ts";

export interface Founding {
  /** Folder; EcoLocal's own place for a workspace when undefined. */
  readonly dir: string | undefined;
  readonly name: string;
  readonly place: string | undefined;
  readonly timeZone: string | undefined;
  readonly locale: string;
  readonly appVersion: string;
}

/** Makes a workspace and returns its folder. */
export async function foundWorkspace({ dir, name, place, timeZone, locale, appVersion }: Founding): Promise<string> {
  if (timeZone !== undefined && !isTimeZone(timeZone)) throw unknownZone(timeZone);
  const target = dir ?? defaultWorkspacePath(resolveDirectories());
  const made = await createWorkspace(target, {
    name,
    place: place ?? "",
    ...(timeZone === undefined ? {} : { timeZone }),
    locale,
    appVersion,
  });
  if (!made.ok) throw new CliFailure(made.error);
  return target;
}

/** The folder of the demo workspace, which is made and filled when it is not there. */
export async function demoWorkspace(appVersion: string): Promise<string> {
  const demo = await ensureDemo({ appVersion });
  if (!demo.ok) throw new CliFailure(demo.error);
  return demo.value.dir;
}

function isTimeZone(name: string): boolean {
  try {
    return Intl.DateTimeFormat("en", { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}

function unknownZone(name: string): CliFailure {
  return new CliFailure({
    code: "WORKSPACE_ZONE_UNKNOWN",
    op: "init",
    subject: name,
    detail: `There is no time zone "${name}".`,
    hint: "Write it as Europe/Berlin or America/New_York.",
    retry: "after-change",
  });
}
