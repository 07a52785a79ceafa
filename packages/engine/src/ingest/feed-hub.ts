import { err, ok, type Result } from "@ecolocal/core/shared";
import type { Transport, TransportFailure, TransportListener } from "@ecolocal/devices/transport";

/** Ports of this kind are fed by a program that reads its own input, such as `ecolocal sensor read rtl433 -`. */
export const FEED_PREFIX = "pipe:";

/** Hands bytes that another program has read to the sensor that waits for them. */
export interface FeedHub {
  /** The way to such sensors: `pipe:<name>`; there while somebody feeds it. */
  readonly transport: Transport;
  /**
   * Delivers bytes, waiting for the sensor's reader to open; what they decode to has been taken in when this returns.
   * `SENSING_PORT_FAILED` when nobody opens in time.
   */
  feed(port: string, bytes: Uint8Array): Promise<Result<void, TransportFailure>>;
  /** The input is over: an unfinished last message counts as finished. */
  end(port: string): void;
}

/** Longer than any pause between two attempts to open would be once the port is there. */
const OPEN_WITHIN_MS = 10_000;

export function createFeedHub(): FeedHub {
  const open = new Map<string, TransportListener>();
  const fed = new Set<string>();
  const waiting = new Map<string, () => void>();

  const opened = (port: string): Promise<TransportListener | undefined> => {
    const listener = open.get(port);
    if (listener !== undefined) return Promise.resolve(listener);
    return new Promise((resolve) => {
      const give = (): void => {
        clearTimeout(timer);
        waiting.delete(port);
        resolve(open.get(port));
      };
      const timer = setTimeout(give, OPEN_WITHIN_MS);
      waiting.set(port, give);
    });
  };

  return {
    transport: {
      isPresent: async (path) => fed.has(path),
      async open({ path }, listener) {
        if (!fed.has(path)) return err(notFed(path));
        open.set(path, listener);
        // After the session has taken the port as its own; bytes before that would be nobody's.
        setTimeout(() => waiting.get(path)?.(), 0);
        return ok({
          startsWhole: true,
          write: async () => err(readOnly(path)),
          async close() {
            if (open.get(path) === listener) open.delete(path);
          },
        });
      },
    },
    async feed(port, bytes) {
      fed.add(port);
      const listener = await opened(port);
      if (listener === undefined) return err(notRead(port));
      listener.onData(bytes);
      return ok(undefined);
    },
    end(port) {
      fed.delete(port);
      open.get(port)?.onClosed(ended(port));
    },
  };
}

function notFed(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_MISSING",
    op: "open port",
    subject: path,
    detail: `No program writes into ${path} now.`,
    hint: `Start it again: … | ecolocal sensor read ${path.slice(FEED_PREFIX.length)} -`,
    retry: "backoff",
  };
}

function notRead(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_FAILED",
    op: "feed port",
    subject: path,
    detail: `The sensor that ${path} belongs to is not being read.`,
    hint: "See what keeps it from it: ecolocal sensor list",
    retry: "backoff",
  };
}

function ended(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_ENDED",
    op: "read port",
    subject: path,
    detail: "The program that wrote here has ended.",
    retry: "backoff",
  };
}

function readOnly(path: string): TransportFailure {
  return {
    code: "SENSING_PORT_WRITE_FAILED",
    op: "write port",
    subject: path,
    detail: "What another program writes is only read.",
    retry: "never",
  };
}
