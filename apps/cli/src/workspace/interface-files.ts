import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { CliFailure } from "../failure/cli-failure.ts";

/** Where the built interface may lie, seen from this file: beside a packaged CLI, or in the checkout. */
const PLACES = ["../../ui/", "../../../../packages/ui/dist-app/"];

/** The folder of the built interface that `ecolocal open` serves. */
export function interfaceFiles(): string {
  const folders = PLACES.map((place) => fileURLToPath(new URL(place, import.meta.url)));
  const found = folders.find((folder) => existsSync(`${folder}index.html`));
  if (found !== undefined) return found;
  throw new CliFailure({
    code: "SERVE_INTERFACE_MISSING",
    op: "open",
    subject: folders.at(-1) ?? "",
    detail: "The interface for the browser has not been built.",
    retry: "after-change",
  });
}
