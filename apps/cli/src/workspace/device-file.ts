import type { DriverSpec } from "@ecolocal/core/sensing";
import { CliFailure } from "../failure/cli-failure.ts";

/** Whether a driver is named by a file that describes it. */
export function isDeviceFile(driver: string): boolean {
  return /\.(?:ya?ml|json)$/.test(driver);
}

/** The driver that a file describes; every mistake in it is told with its line. */
export async function readDeviceFile(file: string): Promise<DriverSpec> {
  const { checkDeviceFile } = await import("@ecolocal/engine/drivers");
  const read = await checkDeviceFile(file);
  if (read.ok) return read.value;
  const { problems, ...failure } = read.error;
  const places = problems.map(({ line, path, message }) => {
    const where = [line === null ? "" : `line ${line}`, path.join(".")].filter((part) => part !== "").join(", ");
    return where === "" ? message : `${where}: ${message}`;
  });
  throw new CliFailure({ ...failure, detail: places.join("\n  ") });
}
