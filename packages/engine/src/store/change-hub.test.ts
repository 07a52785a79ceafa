import { setTimeout as delay } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createChangeHub } from "./index.ts";

describe("the change stream", () => {
  it("starts with every topic, then joins what changed during a pause into one batch", async () => {
    const hub = createChangeHub(20);
    const stop = new AbortController();
    const batches: string[][] = [];
    const watching = (async () => {
      for await (const { topics } of hub.watch(stop.signal)) batches.push(topics);
    })();
    await delay(5);
    expect(batches[0]).toContain("recommendations");
    for (let i = 0; i < 100; i++) hub.notify("readings");
    hub.notify("sensors");
    await delay(40);
    expect(batches.slice(1)).toEqual([["readings", "sensors"]]);
    stop.abort();
    await watching;
  });

  it("ends at once when it is cancelled while nothing changes", async () => {
    const hub = createChangeHub(1);
    const stop = new AbortController();
    const values = hub.watch(stop.signal)[Symbol.asyncIterator]();
    await values.next();
    const waiting = values.next();
    stop.abort();
    expect(await waiting).toMatchObject({ done: true });
  });
});
