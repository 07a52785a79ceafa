import { setTimeout as delay } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { MessageChannel } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { err, ok } from "../../shared/index.ts";
import {
  type Client,
  call,
  createClient,
  createMemoryLinkPair,
  createPortLink,
  createReconnectingClient,
  type Handlers,
  isRpcError,
  type Link,
  type PortShape,
  RpcError,
  type ServeOptions,
  serveLink,
  stream,
} from "./index.ts";

const contract = {
  "echo.add": call(z.strictObject({ a: z.number(), b: z.number().default(1) }), z.strictObject({ sum: z.number() })),
  "echo.series": call(z.strictObject({}), z.strictObject({ t: z.custom<Float64Array>() })),
  "port.open": call(z.strictObject({ path: z.string() }), z.strictObject({}), ["PORT_BUSY"]),
  "admin.wipe": call(z.strictObject({}), z.strictObject({}), [], { roles: ["cli"] }),
  "slow.call": call(z.strictObject({}), z.strictObject({})),
  "broken.call": call(z.strictObject({}), z.strictObject({ n: z.number() })),
  "count.up": stream(z.strictObject({ to: z.number() }), z.number()),
  "count.fail": stream(z.strictObject({}), z.number(), ["PORT_LOST"]),
};
type TestContract = typeof contract;

const failure = (code: string) => ({ code, op: "test", subject: "x", detail: "It failed.", retry: "never" as const });

function createBench(overrides: Partial<ServeOptions<TestContract>> = {}, role: "app" | "browser" | "cli" = "app") {
  const seen = { produced: 0, cancelledCalls: 0, closedStreams: 0, internal: [] as string[] };
  const handlers: Handlers<TestContract> = {
    "echo.add": ({ a, b }) => ok({ sum: a + b }),
    "echo.series": () => ok({ t: new Float64Array([1, Number.NaN, 3]) }),
    "port.open": () => err(failure("PORT_BUSY")),
    "admin.wipe": () => ok({}),
    "slow.call": (_input, { signal }) =>
      new Promise((resolve) => {
        signal.addEventListener("abort", () => {
          seen.cancelledCalls++;
          resolve(ok({}));
        });
      }),
    "broken.call": () => {
      throw new TypeError("secret path /home/ada");
    },
    async *"count.up"({ to }) {
      try {
        for (let i = 0; i < to; i++) {
          seen.produced++;
          yield i;
        }
      } finally {
        seen.closedStreams++;
      }
    },
    // biome-ignore lint/correctness/useYield: a stream that fails before its first value
    async *"count.fail"() {
      throw new RpcError(failure("PORT_LOST"));
    },
  };
  const accept = (link: Link) =>
    serveLink({
      contract,
      handlers,
      link,
      roles: ["app", "browser"],
      app: "1.0.0",
      checkOutput: true,
      onInternal: (error) => seen.internal.push(String(error)),
      ...overrides,
    });
  const [near, far] = createMemoryLinkPair();
  const served = accept(far);
  const client = createClient<TestContract>(near, { role, app: "1.0.0" });
  return { client, served, seen, near, far, accept };
}

async function failureOf(answer: Promise<unknown>) {
  const error = await answer.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return isRpcError(error) ? error.failure : undefined;
}

async function collect(client: Client<TestContract>, to: number) {
  const values: number[] = [];
  for await (const value of client.stream("count.up", { to })) values.push(value);
  return values;
}

describe("a call", () => {
  it("answers with the handler's value, defaults filled in", async () => {
    const { client } = createBench();
    expect(await client.call("echo.add", { a: 2 })).toEqual({ sum: 3 });
  });

  it("tells both sides the other's version", async () => {
    const { client, served } = createBench();
    expect(await client.ready).toMatchObject({ ok: true, value: { app: "1.0.0", role: "app" } });
    expect(served.role()).toBe("app");
  });

  it("refuses input that does not fit, naming the field", async () => {
    const { client } = createBench();
    const refused = await failureOf(client.call("echo.add", { a: "2" as never }));
    expect(refused).toMatchObject({ code: "RPC_INPUT_INVALID", subject: "a" });
    expect(refused?.issues?.[0]?.path).toBe("a");
  });

  it("carries an expected failure as a value", async () => {
    const { client } = createBench({ checkOutput: false });
    const result = await client.ask("port.open", { path: "/dev/x" });
    expect(result).toMatchObject({ ok: false, error: { code: "PORT_BUSY", detail: "It failed." } });
  });

  it("tells nobody what an unexpected error said, only where the log has it", async () => {
    const { client, seen } = createBench();
    const refused = await failureOf(client.call("broken.call", {}));
    expect(refused?.code).toBe("RPC_INTERNAL");
    expect(JSON.stringify(refused)).not.toContain("secret");
    expect(refused?.ref).toMatch(/^[a-z0-9]+$/);
    expect(seen.internal).toEqual(["TypeError: secret path /home/ada"]);
  });

  it("cancelled by the caller is cancelled at the handler", async () => {
    const { client, seen } = createBench();
    const stop = new AbortController();
    const answer = client.call("slow.call", {}, { signal: stop.signal });
    await delay(5);
    stop.abort();
    expect((await failureOf(answer))?.code).toBe("RPC_CANCELLED");
    await delay(5);
    expect(seen.cancelledCalls).toBe(1);
  });

  it("under way when the link breaks fails with LINK_LOST", async () => {
    const { client, far, seen } = createBench();
    const answer = client.call("slow.call", {});
    await delay(5);
    far.close();
    expect((await failureOf(answer))?.code).toBe("LINK_LOST");
    expect((await failureOf(client.call("echo.add", { a: 1 })))?.code).toBe("LINK_LOST");
    expect(seen.cancelledCalls).toBe(1);
  });

  it("of a procedure that does not exist, or that every object inherits, is refused", async () => {
    const { client } = createBench();
    for (const name of ["nothing", "toString", "__proto__", "count.up"]) {
      expect((await failureOf(client.call(name as "echo.add", { a: 1 })))?.code).toBe("RPC_PROCEDURE_UNKNOWN");
    }
  });

  it("of a procedure outside the caller's role is refused", async () => {
    const { client } = createBench();
    expect((await failureOf(client.call("admin.wipe", {})))?.code).toBe("RPC_FORBIDDEN");
  });

  it("beyond the live limit is refused while the others go on", async () => {
    const { client, served } = createBench({ maxLive: 2 });
    const stop = new AbortController();
    const first = failureOf(client.call("slow.call", {}, { signal: stop.signal }));
    const second = failureOf(client.call("slow.call", {}, { signal: stop.signal }));
    expect((await failureOf(client.call("echo.add", { a: 1 })))?.code).toBe("RPC_TOO_MANY_REQUESTS");
    expect(served.live()).toBe(2);
    stop.abort();
    await Promise.all([first, second]);
    await delay(5);
    expect(await client.call("echo.add", { a: 1 })).toEqual({ sum: 2 });
  });
});

describe("the hello", () => {
  it("of another protocol version is refused with a sentence, and pending calls get it too", async () => {
    const [near, far] = createMemoryLinkPair();
    const bench = createBench();
    bench.accept(far);
    const farewell = new Promise((resolve) => near.onFrame(resolve));
    near.send({ t: "hello", protocol: 99, app: "9.0.0", role: "app" });
    expect(await farewell).toMatchObject({ t: "bye", failure: { code: "LINK_PROTOCOL_MISMATCH" } });
  });

  it("with a role the link does not grant is refused", async () => {
    const { client } = createBench({}, "cli");
    expect(await client.ready).toMatchObject({ ok: false, error: { code: "RPC_FORBIDDEN" } });
    expect((await failureOf(client.call("echo.add", { a: 1 })))?.code).toBe("RPC_FORBIDDEN");
  });

  it("missing before a request ends the link", async () => {
    const [near, far] = createMemoryLinkPair();
    createBench().accept(far);
    const closed = new Promise<void>((resolve) => near.onClose(resolve));
    near.send({ t: "call", id: 1, method: "echo.add", input: { a: 1 } });
    await closed;
  });
});

describe("a stream", () => {
  it("delivers every value in order and then ends", async () => {
    const { client } = createBench();
    expect(await collect(client, 1000)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
  });

  it("never runs far ahead of a slow consumer", async () => {
    const { client, seen } = createBench();
    let taken = 0;
    for await (const _ of client.stream("count.up", { to: 1_000_000 })) {
      if (++taken === 100) break;
      await delay(1);
    }
    expect(seen.produced).toBeLessThan(100 + 2 * 64);
  });

  it("left with break is closed at the server", async () => {
    const { client, seen } = createBench();
    for await (const value of client.stream("count.up", { to: 1_000_000 })) if (value === 3) break;
    await delay(10);
    expect(seen.closedStreams).toBe(1);
  });

  it("cancelled by a signal throws RPC_CANCELLED and is closed at the server", async () => {
    const { client, seen } = createBench();
    const stop = new AbortController();
    const values = client.stream("count.up", { to: 1_000_000 }, { signal: stop.signal });
    await values.next();
    stop.abort();
    expect((await failureOf(values.next()))?.code).toBe("RPC_CANCELLED");
    await delay(10);
    expect(seen.closedStreams).toBe(1);
  });

  it("forgotten by its consumer is closed at the server", async () => {
    setFlagsFromString("--expose-gc");
    const collectGarbage = runInNewContext("gc") as () => void;
    const { client, seen } = createBench();
    await (async () => {
      await client.stream("count.up", { to: 1_000_000 }).next();
    })();
    for (let i = 0; i < 50 && seen.closedStreams === 0; i++) {
      collectGarbage();
      await delay(10);
    }
    expect(seen.closedStreams).toBe(1);
  });

  it("that fails throws the handler's failure after the values before it", async () => {
    const { client } = createBench();
    expect((await failureOf(client.stream("count.fail", {}).next()))?.code).toBe("PORT_LOST");
  });

  it("asked for several values at once answers them in order", async () => {
    const { client } = createBench();
    const values = client.stream("count.up", { to: 3 });
    const steps = await Promise.all([values.next(), values.next(), values.next(), values.next()]);
    expect(steps.map((step) => step.value)).toEqual([0, 1, 2, undefined]);
  });
});

describe("a heartbeat", () => {
  it("ends a link whose peer has stopped answering, and only that", async () => {
    const [near, far] = createMemoryLinkPair();
    far.onFrame(() => undefined);
    const silent = createClient<TestContract>(near, { role: "app", app: "1", heartbeat: { everyMs: 10, missed: 2 } });
    const ended = new Promise((resolve) => silent.onEnd(resolve));
    expect(await ended).toMatchObject({ code: "LINK_LOST" });

    const [alive, served] = createMemoryLinkPair();
    createBench().accept(served);
    const client = createClient<TestContract>(alive, { role: "app", app: "1", heartbeat: { everyMs: 5, missed: 2 } });
    await delay(60);
    expect(await client.call("echo.add", { a: 1 })).toEqual({ sum: 2 });
  });
});

describe("a message port", () => {
  it("carries calls, typed arrays, streams and the news that the peer is gone", async () => {
    const { port1, port2 } = new MessageChannel();
    const gone = new AbortController();
    const { accept } = createBench();
    // The platform types its events one by one; the link listens by name.
    const [near, far] = [port1, port2] as unknown as [PortShape, PortShape];
    accept(createPortLink(far));
    const client = createClient<TestContract>(createPortLink(near, { gone: gone.signal }), { role: "app", app: "1" });
    expect((await client.call("echo.series", {})).t).toEqual(new Float64Array([1, Number.NaN, 3]));
    expect(await collect(client, 200)).toHaveLength(200);
    const answer = failureOf(client.call("slow.call", {}));
    gone.abort();
    expect((await answer)?.code).toBe("LINK_LOST");
    port1.close();
  });
});

describe("a reconnecting client", () => {
  function createSwitchboard() {
    const bench = createBench();
    const served: Link[] = [];
    const client = createReconnectingClient<TestContract>({
      role: "app",
      app: "1",
      pauseMs: () => 1,
      waitMs: 2000,
      connect: async () => {
        const [near, far] = createMemoryLinkPair();
        bench.accept(far);
        served.push(far);
        return ok(near);
      },
    });
    return { client, served, bench };
  }

  it("never replays a call that was under way, and serves the next one", async () => {
    const { client, served, bench } = createSwitchboard();
    await client.call("echo.add", { a: 1 });
    const lost = failureOf(client.call("slow.call", {}));
    await delay(5);
    served[0]?.close();
    expect((await lost)?.code).toBe("LINK_LOST");
    expect(await client.call("echo.add", { a: 1 })).toEqual({ sum: 2 });
    expect(bench.seen.cancelledCalls).toBe(1);
    client.close();
  });

  it("opens running streams again after a loss", async () => {
    const { client, served } = createSwitchboard();
    const values: number[] = [];
    let cut = false;
    for await (const value of client.stream("count.up", { to: 1_000_000 })) {
      values.push(value);
      if (values.length === 10 && !cut) {
        cut = true;
        served[0]?.close();
        await delay(5);
      }
      if (cut && value === 5 && values.length > 12) break;
    }
    expect(values.filter((value) => value === 0)).toHaveLength(2);
    expect(served).toHaveLength(2);
    client.close();
  });

  it("ends its streams without a failure when it is closed by its owner", async () => {
    const { client } = createSwitchboard();
    const values = client.stream("count.up", { to: 1_000_000 });
    await values.next();
    client.close();
    let steps = 0;
    for await (const _ of values) steps++;
    expect(steps).toBeLessThan(200);
  });

  it("tells its state, and stops trying when it is refused", async () => {
    const states: string[] = [];
    let tries = 0;
    const client = createReconnectingClient<TestContract>({
      role: "app",
      app: "1",
      pauseMs: () => 1,
      connect: async () => {
        tries++;
        return err({ ...failure("LINK_PROTOCOL_MISMATCH"), retry: "after-change" });
      },
    });
    client.onState((state) => states.push(state.kind));
    expect((await failureOf(client.call("echo.add", { a: 1 })))?.code).toBe("LINK_PROTOCOL_MISMATCH");
    await delay(20);
    expect(tries).toBe(1);
    expect(states).toEqual(["connecting", "refused"]);
  });

  it("gives up waiting for a connection after a while", async () => {
    const client = createReconnectingClient<TestContract>({
      role: "app",
      app: "1",
      pauseMs: () => 5,
      waitMs: 30,
      connect: async () => err({ ...failure("LINK_LOST"), retry: "backoff" }),
    });
    expect((await failureOf(client.call("echo.add", { a: 1 })))?.code).toBe("LINK_LOST");
    client.close();
  });
});
