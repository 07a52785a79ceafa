import { randomUUID } from "node:crypto";
import type { ChangeBus, ChangeListener } from "@ecolocal/core/documents/store";
import { Redis } from "ioredis";
import { Coalescer, deliver, encodePresence, encodeStored } from "./bus-message.ts";

const CHANNEL = "ecolocal:changes";
const COALESCE_MS = 2;
const MAX_RETRY_MS = 2000;

export interface RedisBusOptions {
  readonly url: string;
  /** While Redis is away, changes travel by this slower road too. */
  readonly fallback?: ChangeBus;
}

/**
 * A bus over Redis publish/subscribe. Redis only carries news, never data: without it nodes are slower to hear of each
 * other (through `fallback`, or at the next gap), and nothing is lost.
 */
export function createRedisBus(options: RedisBusOptions): ChangeBus {
  const node = randomUUID();
  const settings = { lazyConnect: true, maxRetriesPerRequest: null, enableOfflineQueue: false, retryStrategy };
  const publisher = new Redis(options.url, settings);
  const subscriber = new Redis(options.url, { ...settings, enableOfflineQueue: true });
  for (const connection of [publisher, subscriber]) connection.on("error", () => undefined);
  const publish = (payload: string, otherwise: () => void): void => {
    if (publisher.status === "ready") publisher.publish(CHANNEL, payload).catch(otherwise);
    else otherwise();
  };
  const coalescer = new Coalescer(COALESCE_MS, (key, seq) =>
    publish(encodeStored(node, key, seq), () => options.fallback?.publishStored(key, seq)),
  );
  return {
    publishStored: (key, seq) => coalescer.add(key, seq),
    publishPresence: (key, body) =>
      publish(encodePresence(node, key, body), () => options.fallback?.publishPresence(key, body)),
    async subscribe(listener) {
      await options.fallback?.subscribe(listener);
      listen(subscriber, node, listener);
      // Redis may come later: the service starts without it.
      await Promise.allSettled([publisher.connect(), subscriber.connect()]);
    },
    async close() {
      coalescer.flush();
      publisher.disconnect();
      subscriber.disconnect();
      await options.fallback?.close();
    },
  };
}

function listen(subscriber: Redis, node: string, listener: ChangeListener): void {
  let connectedBefore = false;
  subscriber.on("ready", () => {
    subscriber.subscribe(CHANNEL).catch(() => undefined);
    if (connectedBefore) listener.onGap();
    connectedBefore = true;
  });
  subscriber.on("message", (_channel: string, payload: string) => deliver(node, payload, listener));
}

function retryStrategy(attempts: number): number {
  return Math.min(MAX_RETRY_MS, attempts * 100);
}
