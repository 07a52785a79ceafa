import { existsSync } from "node:fs";
import { join } from "node:path";
import { CliFailure } from "../failure/cli-failure.ts";

/**
 * The folder of the built interface that `ecolocal open` serves: beside a packaged CLI, or in the checkout.
 *
 * `cliRoot` is the folder that holds the CLI's package.json.
 */
export function interfaceFiles(cliRoot: string): string {
  const folders = [join(cliRoot, "ui"), join(cliRoot, "..", "..", "packages", "ui", "dist-app")];
  const found = folders.find((folder) => existsSync(join(folder, "index.html")));
  if (found !== undefined) return found;
  throw new CliFailure({
    code: "SERVE_INTERFACE_MISSING",
    op: "open",
    subject: folders.at(-1) ?? "",
    detail: "The interface for the browser has not been built.",
    retry: "after-change",
  });
}
