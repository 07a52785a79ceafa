import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const NAMES = ["chromium", "chromium-browser", "google-chrome"];

/** The Chromium that plays the browser and, under the double, Electron's pages: named by the variable, or on the PATH. */
export function findChromium(): string {
  const named = process.env["ECOLOCAL_CHROMIUM"];
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const found = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find((file) => existsSync(file));
  const file = named ?? found;
  if (file === undefined) {
    throw new Error("There is no Chromium: install it, or name it in ECOLOCAL_CHROMIUM.");
  }
  return file;
}
