import type { Formatter } from "./formatter.ts";

interface Named {
  readonly id: string;
  readonly title: string;
}

const known = (id: string, otherwise: string, formatter: Formatter): string =>
  formatter.has(id) ? formatter.message(id) : otherwise;

/** The name of a driver in the reader's language; a device of the group's own keeps its own title. */
export function driverTitle({ id, title }: Named, formatter: Formatter): string {
  return known(`driver.${id}.title`, title, formatter);
}

/** What a driver reads, in a sentence. */
export function driverSummary(
  { id, summary }: { readonly id: string; readonly summary: string },
  formatter: Formatter,
): string {
  return known(`driver.${id}.summary`, summary, formatter);
}

/** The name of a member of a driver's family. */
export function variantTitle(driverId: string, { id, title }: Named, formatter: Formatter): string {
  return known(`driver.${driverId}.${id}`, title, formatter);
}
