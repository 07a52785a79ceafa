import { defaultWorkspacePath, rememberWorkspace, resolveDirectories } from "@ecolocal/engine/config";
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

/** Makes a workspace, the one that commands use from now on, and returns its folder. */
export async function foundWorkspace({ dir, name, place, timeZone, locale, appVersion }: Founding): Promise<string> {
  const target = dir ?? defaultWorkspacePath(resolveDirectories());
  const made = await createWorkspace(target, {
    name,
    place: place ?? "",
    ...(timeZone === undefined ? {} : { timeZone }),
    locale,
    appVersion,
  });
  if (!made.ok) throw new CliFailure(made.error);
  rememberWorkspace(target, name);
  return target;
}

/** The folder of the demo workspace, which is made and filled when it is not there. */
export async function demoWorkspace(appVersion: string): Promise<string> {
  const demo = await ensureDemo({ appVersion });
  if (!demo.ok) throw new CliFailure(demo.error);
  return demo.value.dir;
}
