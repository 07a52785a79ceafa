/** A preview or an earlier look closes the port before it is opened again. */
const RELEASE_MS = 400;

export function portReleased(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, RELEASE_MS));
}
