import type { Formatter } from "@ecolocal/messages";

interface WithDriver {
  readonly driverId: string;
  readonly driverTitle: string;
}

/** The name of a sensor's driver in the reader's language; a device of the group's own keeps its own title. */
export function driverTitle({ driverId, driverTitle }: WithDriver, texts: Formatter): string {
  const id = `driver.${driverId}.title`;
  return texts.has(id) ? texts.message(id) : driverTitle;
}
