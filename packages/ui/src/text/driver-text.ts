import type { TextTools } from "./text-context.ts";

type Words = Pick<TextTools, "formatter">;

interface DriverWords {
  readonly id: string;
  readonly title: string;
}

const known = (id: string, fallback: string, { formatter }: Words): string =>
  formatter.has(id) ? formatter.message(id) : fallback;

/** The name of a driver in the reader's language; a device of the group's own keeps its own title. */
export function driverTitle({ id, title }: DriverWords, words: Words): string {
  return known(`driver.${id}.title`, title, words);
}

export function driverSummary(
  { id, summary }: { readonly id: string; readonly summary: string },
  words: Words,
): string {
  return known(`driver.${id}.summary`, summary, words);
}

/** The name of a member of a driver's family. */
export function variantTitle(driverId: string, { id, title }: DriverWords, words: Words): string {
  return known(`driver.${driverId}.${id}`, title, words);
}
