import { join } from "node:path";
import { DRIVERS, type DriverSpec, driverById } from "@ecolocal/core/sensing";
import type { Failure } from "@ecolocal/core/shared";

/** The drivers of a workspace: those that come along, and those its group described in `devices/*.yaml`. */
export interface DriverCatalogue {
  /** What is known so far; described devices after `load()`. */
  find(id: string): DriverSpec | undefined;
  list(): readonly DriverSpec[];
  /** Files that could not be read as a description, with what is wrong in each. */
  failures(): readonly Failure[];
  /** Reads the descriptions again. */
  load(): Promise<void>;
}

/** Folder of device descriptions in a workspace. */
export const DESCRIPTIONS_FOLDER = "devices";

export function createDriverCatalogue(workspaceDir: string): DriverCatalogue {
  let own: readonly DriverSpec[] = [];
  let failures: readonly Failure[] = [];
  return {
    find: (id) => driverById(id) ?? own.find((driver) => driver.id === id),
    list: () => [...DRIVERS, ...own],
    failures: () => failures,
    async load() {
      const { readDeviceFolder } = await import("@ecolocal/devices/declared");
      const read = await readDeviceFolder(join(workspaceDir, DESCRIPTIONS_FOLDER));
      own = read.drivers;
      failures = read.failures;
    },
  };
}
