import { createWriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

export const CONNECT_MS = 10_000;
export const STALL_MS = 15_000;

/** A download that did not come; `message` says why in one clause. */
export class DownloadError extends Error {
  /** @override */
  name = "DownloadError";
}

/**
 * Fetches a file, giving up when no answer comes within `connectMs` or no byte for `stallMs`.
 *
 * @param {string} url
 * @param {string} target
 * @param {{connectMs?: number, stallMs?: number, onProgress?: (done: number, total: number) => void}} [options]
 * @returns {Promise<void>}
 */
export async function download(url, target, options = {}) {
  const { connectMs = CONNECT_MS, stallMs = STALL_MS, onProgress } = options;
  const abort = new AbortController();
  const watchdog = createWatchdog((reason) => abort.abort(new DownloadError(reason)));
  try {
    watchdog.arm(connectMs, `no answer within ${connectMs / 1000} s`);
    const response = await fetch(url, { signal: abort.signal });
    if (!response.ok || response.body === null) throw new DownloadError(`the server answered ${response.status}`);
    const total = Number(response.headers.get("content-length") ?? 0);
    const rearm = () => watchdog.arm(stallMs, `no progress for ${stallMs / 1000} s`);
    rearm();
    await pipeline(Readable.fromWeb(response.body), counted(total, rearm, onProgress), createWriteStream(target), {
      signal: abort.signal,
    });
  } catch (error) {
    await rm(target, { force: true });
    throw explain(abort.signal.aborted ? abort.signal.reason : error);
  } finally {
    watchdog.disarm();
  }
}

/** @param {(reason: string) => void} bark */
function createWatchdog(bark) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  return {
    /** @param {number} ms @param {string} reason */
    arm(ms, reason) {
      clearTimeout(timer);
      timer = setTimeout(() => bark(reason), ms);
    },
    disarm: () => clearTimeout(timer),
  };
}

/**
 * @param {number} total
 * @param {() => void} onChunk
 * @param {((done: number, total: number) => void) | undefined} onProgress
 */
function counted(total, onChunk, onProgress) {
  /** @param {AsyncIterable<Uint8Array>} source */
  return async function* count(source) {
    let done = 0;
    for await (const chunk of source) {
      done += chunk.length;
      onChunk();
      onProgress?.(done, total);
      yield chunk;
    }
  };
}

/** @param {unknown} error */
function explain(error) {
  if (error instanceof DownloadError) return error;
  const cause = /** @type {{cause?: {code?: string, message?: string}, message?: string}} */ (error);
  return new DownloadError(cause.cause?.code ?? cause.cause?.message ?? cause.message ?? "unknown cause");
}
