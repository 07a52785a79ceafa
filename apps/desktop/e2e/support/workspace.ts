import { askCli } from "./cli.ts";
import type { TemporaryHome } from "./temporary-home.ts";

export const WORKSPACE_NAME = "Our street";

/** Makes an empty workspace of one's own with `ecolocal init`, and returns its folder. */
export async function foundWorkspace(home: TemporaryHome, name: string = WORKSPACE_NAME): Promise<string> {
  const dir = home.path(name.toLowerCase().replaceAll(" ", "-"));
  await askCli(home, "init", dir, "--name", name, "--place", "Berlin", "--time-zone", "Europe/Berlin");
  return dir;
}
