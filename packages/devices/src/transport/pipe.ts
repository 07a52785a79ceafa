import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import { err, ok, type Result } from "@ecolocal/core/shared";
import type {
  OpenTransport,
  Transport,
  TransportFailure,
  TransportFailureCode,
  TransportListener,
} from "./transport.ts";

/**
 * Standard input (`-`), files and named pipes. The end of the stream closes it with `SENSING_PORT_ENDED`, after which
 * there is nothing to wait for.
 */
export const pipeTransport: Transport = {
  async open({ path }, listener) {
    const stream: Readable = path === "-" ? process.stdin : createReadStream(path);
    return path === "-" ? ok(readFrom(stream, path, listener)) : openFile(stream, path, listener);
  },
};

function openFile(
  stream: Readable,
  path: string,
  listener: TransportListener,
): Promise<Result<OpenTransport, TransportFailure>> {
  const link = readFrom(stream, path, listener);
  return new Promise((resolve) => {
    stream.once("open", () => resolve(ok(link)));
    stream.once("error", async (error: NodeJS.ErrnoException) => {
      await link.close();
      resolve(err(fileFailure(path, error)));
    });
  });
}

function readFrom(stream: Readable, path: string, listener: TransportListener): OpenTransport {
  let over = false;
  const end = (failure: TransportFailure): void => {
    if (over) return;
    over = true;
    listener.onClosed(failure);
  };
  const onData = (chunk: Uint8Array): void => {
    if (!over) listener.onData(chunk);
  };
  stream.on("data", onData);
  stream.on("end", () => end(endedFailure(path)));
  stream.on("error", (error) => end(fileFailure(path, error)));
  return {
    startsWhole: true,
    write: async () => err(readOnlyFailure(path)),
    async close() {
      over = true;
      stream.off("data", onData);
      if (stream === process.stdin) stream.pause();
      else stream.destroy();
    },
  };
}

const FILE_CODES: Readonly<Record<string, TransportFailureCode>> = {
  ENOENT: "SENSING_PORT_MISSING",
  EACCES: "SENSING_PORT_DENIED",
  EPERM: "SENSING_PORT_DENIED",
};

function fileFailure(path: string, error: NodeJS.ErrnoException): TransportFailure {
  return {
    code: FILE_CODES[error.code ?? ""] ?? "SENSING_PORT_FAILED",
    op: "open file",
    subject: path,
    detail: `${path} could not be read: ${error.message}.`,
    hint: "Check the name and who may read it.",
    retry: "backoff",
  };
}

function endedFailure(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_ENDED",
    op: "read file",
    subject: path,
    detail: `${path === "-" ? "The input" : path} has come to its end.`,
    retry: "never",
  };
}

function readOnlyFailure(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_WRITE_FAILED",
    op: "write file",
    subject: path,
    detail: "A file or pipe is only read.",
    retry: "never",
  };
}
