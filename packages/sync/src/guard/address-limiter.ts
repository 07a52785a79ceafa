import type { IncomingMessage } from "node:http";
import type { Clock } from "@ecolocal/core/shared";
import { createTokenBucket, type TokenBucket } from "./token-bucket.ts";

const MAX_TRACKED_ADDRESSES = 10_000;

/** Lets each address make so many requests a second, with a burst; for what needs no token. */
export function createAddressLimiter(
  perSecond: number,
  burst: number,
  clock: Clock,
): (request: IncomingMessage) => boolean {
  const buckets = new Map<string, TokenBucket>();
  return (request) => {
    const address = request.socket.remoteAddress ?? "";
    let bucket = buckets.get(address);
    if (bucket === undefined) {
      if (buckets.size >= MAX_TRACKED_ADDRESSES) buckets.clear();
      bucket = createTokenBucket(perSecond, burst, clock);
      buckets.set(address, bucket);
    }
    return bucket.take(1);
  };
}
