import { once } from "node:events";

/**
 * Ends the program quietly when the reader of a pipe is gone (`ecolocal … | head -1`): that is no error.
 *
 * oclif swallows the event instead, after which waiting for the pipe to drain would never end.
 */
export function endOnClosedPipe(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.prependListener("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EPIPE") process.exit(0);
    });
  }
}

/** Writes to stdout, and waits when the reader is slower than we are. */
export async function writeOut(text: string | Uint8Array): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, "drain");
}

/** Writes a message for people: never data. */
export function writeNote(text: string): void {
  process.stderr.write(text);
}
