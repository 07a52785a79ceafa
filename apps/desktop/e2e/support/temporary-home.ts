import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A home folder of a test's own, so that nothing it does meets another test or the person's own data. */
export interface TemporaryHome {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  path(...parts: string[]): string;
  remove(): Promise<void>;
}

export function createTemporaryHome(): TemporaryHome {
  const folder = mkdtempSync(join(tmpdir(), "ecolocal-e2e-"));
  const path = (...parts: string[]): string => join(folder, ...parts);
  const env = {
    HOME: folder,
    XDG_CONFIG_HOME: path("config"),
    XDG_DATA_HOME: path("data"),
    XDG_CACHE_HOME: path("cache"),
    XDG_RUNTIME_DIR: path("run"),
    ECOLOCAL_DATA_DIR: path("data", "ecolocal"),
    ECOLOCAL_CONFIG_DIR: path("config", "ecolocal"),
    ECOLOCAL_CACHE_DIR: path("cache", "ecolocal"),
    LANG: "C.UTF-8",
    TZ: "Europe/Berlin",
  };
  mkdirSync(env.XDG_RUNTIME_DIR, { mode: 0o700 });
  return { folder, env, path, remove: () => removeFolder(folder) };
}

/** Chromium's children keep writing into a profile for a moment after it was closed. */
async function removeFolder(folder: string): Promise<void> {
  for (let tries = 0; ; tries++) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (tries === 50) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
