import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { CliFailure } from "../failure/cli-failure.ts";

/** Opens a file as a stream of bytes; `-` is stdin. A file that cannot be read is `IMPORT_FILE_UNREADABLE`. */
export async function openBytes(path: string): Promise<AsyncIterable<Uint8Array>> {
  if (path === "-") return process.stdin;
  try {
    if ((await stat(path)).isDirectory()) throw unreadable(path, "It is a folder.");
    return readable(path);
  } catch (error) {
    throw error instanceof CliFailure ? error : unreadable(path, reasonOf(error));
  }
}

/** Bytes of a file; undefined for stdin, whose end nobody knows. */
export async function sizeOf(path: string): Promise<number | undefined> {
  return path === "-" ? undefined : (await stat(path)).size;
}

async function* readable(path: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path) as AsyncIterable<Uint8Array>;
  } catch (error) {
    throw unreadable(path, reasonOf(error));
  }
}

function unreadable(path: string, detail: string): CliFailure {
  return new CliFailure({
    code: "IMPORT_FILE_UNREADABLE",
    op: "read file",
    subject: path,
    detail: `${path}: ${detail}`,
    retry: "after-change",
  });
}

function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return "There is no such file.";
  if (code === "EACCES") return "You may not read it.";
  return error instanceof Error ? error.message : String(error);
}
