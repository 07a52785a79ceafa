import { chmodSync, rmSync } from "node:fs";
import { createConnection, createServer, type Server } from "node:net";
import { dirname } from "node:path";
import type { Link, RpcFailure } from "@ecolocal/core/api/rpc";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { prepareSocketDirectory } from "../config/index.ts";
import { createSocketLink } from "./socket-link.ts";

export interface LocalServer {
  readonly path: string;
  /** Ends every connection and removes the socket. */
  close(): Promise<void>;
}

const isPipe = (path: string): boolean => path.startsWith("\\\\.\\pipe\\");

/**
 * Listens on a workspace's local socket (mode 0600 in a 0700 directory). Call it only while holding the workspace's
 * lock: a socket file left behind by a killed owner is removed first.
 */
export async function listenLocal(path: string, accept: (link: Link) => void): Promise<Result<LocalServer, Failure>> {
  if (!isPipe(path)) {
    const directory = prepareSocketDirectory(dirname(path));
    if (!directory.ok) return directory;
    rmSync(path, { force: true });
  }
  const links = new Set<Link>();
  const server = createServer((socket) => {
    const link = createSocketLink(socket);
    links.add(link);
    link.onClose(() => links.delete(link));
    accept(link);
  });
  try {
    await listen(server, path);
    if (!isPipe(path)) chmodSync(path, 0o600);
  } catch (error) {
    server.close();
    return err(notListening(path, error));
  }
  return ok({
    path,
    close: () =>
      new Promise((resolve) => {
        for (const link of links) link.close();
        server.close(() => resolve());
      }),
  });
}

/** Connects to the owner of a workspace. */
export function connectLocal(path: string): Promise<Result<Link, RpcFailure>> {
  return new Promise((resolve) => {
    const socket = createConnection(path);
    socket.once("error", (error) => resolve(err(notReached(path, error))));
    socket.once("connect", () => {
      socket.removeAllListeners("error");
      resolve(ok(createSocketLink(socket)));
    });
  });
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(path, () => {
      server.removeListener("error", reject);
      resolve();
    });
  });
}

function notListening(path: string, error: unknown): Failure<"STORAGE_FAILED"> {
  return {
    code: "STORAGE_FAILED",
    op: "socket.listen",
    subject: path,
    detail: `The local socket could not be opened: ${error instanceof Error ? error.message : String(error)}.`,
    retry: "backoff",
  };
}

function notReached(path: string, error: Error): RpcFailure<"LINK_LOST"> {
  return {
    code: "LINK_LOST",
    op: "connect",
    subject: path,
    detail: `The process that has the workspace open does not answer: ${error.message}.`,
    retry: "backoff",
  };
}
