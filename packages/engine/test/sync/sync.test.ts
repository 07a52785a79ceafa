import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { listBackups } from "@ecolocal/db/backup";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createMember, type TestMember, unwrap } from "./member.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

let server: ServerProcess;
let ada: TestMember;
let ben: TestMember;

beforeAll(async () => {
  server = await startServer();
  ada = createMember("Ada", 11);
  ben = createMember("Ben", 12);
}, 60_000);
afterAll(async () => {
  await ada.dispose();
  await ben.dispose();
  await server.dispose();
}, 60_000);

describe("a workspace on this computer only", () => {
  it("says so, and everything about a group is refused with the way to join one", async () => {
    expect(ada.sync.status()).toMatchObject({ state: "local", server: null, waitingChanges: 0, me: null });
    expect(await ada.sync.now()).toMatchObject({ ok: false, error: { code: "SYNC_NOT_JOINED" } });
  });
});

describe("two people with one server", () => {
  it("Ada brings her project along, and her workspace is backed up before it joins", async () => {
    ada.startProject("Filters for the school");
    await ada.join(server.invitation);
    expect(ada.sync.status()).toMatchObject({
      state: "current",
      waitingChanges: 0,
      server: server.url,
      me: { name: "Ada", role: "steward" },
    });
    expect(listBackups(ada.dir).map(({ manifest }) => manifest.reason)).toEqual(["before-sync"]);
  });

  it("keeps the key and the token where only this user reads them, and out of the database", () => {
    for (const name of ["key.pem", "membership.json", "token.json"]) {
      expect(statSync(join(ada.dir, "device", name)).mode & 0o777).toBe(0o600);
    }
    expect(statSync(join(ada.dir, "device")).mode & 0o777).toBe(0o700);
    const { token } = JSON.parse(readFileSync(join(ada.dir, "device", "token.json"), "utf8"));
    expect(JSON.stringify(ada.sync.status())).not.toContain(token);
  });

  it("Ben joins with her link and sees the project", async () => {
    await ben.join(await ada.invite());
    expect(ben.overview()).toEqual(ada.overview());
    expect(ben.sync.status()).toMatchObject({ state: "current", me: { name: "Ben", role: "member" } });
  });

  it("an invitation for one is used up, and a wrong one is unknown", async () => {
    const cleo = createMember("Cleo", 13);
    const link = await ada.invite();
    const taken = createMember("Dan", 14);
    await taken.join(link);
    expect(await cleo.sync.join({ link, userName: "Cleo" })).toMatchObject({
      ok: false,
      error: { code: "SYNC_INVITATION_USED" },
    });
    const wrong = link.replace(/#.*/, `#${"x".repeat(43)}`);
    expect(await cleo.sync.join({ link: wrong, userName: "Cleo" })).toMatchObject({
      ok: false,
      error: { code: "SYNC_INVITATION_UNKNOWN" },
    });
    expect(cleo.sync.status().state).toBe("local");
    await cleo.dispose();
    await taken.dispose();
  });

  it("both work on while the server is away; each is told what waits, and afterwards both agree", async () => {
    const [project] = ada.projects.rows.list();
    const id = project?.id ?? "";
    await server.kill();
    ada.setTask(id, 0, "done");
    ben.setTask(id, 1, "doing");
    ben.startProject("Shade for the yard");
    expect(await ada.sync.now()).toMatchObject({ ok: false, error: { code: "SYNC_SERVER_UNREACHABLE" } });
    await ben.sync.now();
    expect(ada.sync.status()).toMatchObject({ state: "offline", waitingChanges: 1 });
    expect(ben.sync.status()).toMatchObject({ state: "offline", waitingChanges: 2 });
    await ben.restart();
    expect(ben.sync.status()).toMatchObject({ state: "offline", waitingChanges: 2 });

    await server.restart();
    unwrap(await ben.sync.now());
    unwrap(await ada.sync.now());
    unwrap(await ben.sync.now());
    expect(ada.overview()).toEqual(ben.overview());
    expect(ada.overview()).toHaveLength(2);
    expect(ada.sync.status()).toMatchObject({ state: "current", waitingChanges: 0 });
  });

  it("what has been acknowledged is exchanged no second time", async () => {
    unwrap(await ada.sync.now());
    expect(unwrap(await ada.sync.now())).toMatchObject({ received: 0, sent: 0 });
  });

  it("in the background both see each other and each change at once", async () => {
    ada.sync.start();
    ben.sync.start();
    const everyone = () => ada.sync.status().people.map(({ name, isMe }) => `${name}${isMe ? " (me)" : ""}`);
    await vi.waitUntil(() => everyone().length === 2, { timeout: 10_000 });
    expect(everyone()).toEqual(["Ada (me)", "Ben"]);
    const id = ben.startProject("Bird boxes");
    await vi.waitUntil(() => ada.projects.rows.find(id)?.title === "Bird boxes", { timeout: 10_000 });
    await vi.waitUntil(() => ben.sync.status().state === "current", { timeout: 10_000 });
  });

  it("a project that both have open is exchanged live, with who is there", async () => {
    const id = ben.projects.rows.list()[0]?.id ?? "";
    const documentId = `project~${id}`;
    const stop = new AbortController();
    const seen: string[][] = [];
    const watch = async (member: TestMember, note: (names: string[]) => void) => {
      for await (const { people } of member.sync.watchPresence(documentId, stop.signal)) {
        note(people.map(({ name }) => name));
      }
    };
    const watching = [watch(ada, (names) => seen.push(names)), watch(ben, () => undefined)];
    await vi.waitUntil(() => seen.at(-1)?.length === 2, { timeout: 10_000 });
    ada.setTask(id, 0, "done");
    await vi.waitUntil(() => ben.projects.rows.tasks(id)[0]?.status === "done", { timeout: 10_000 });
    await vi.waitUntil(() => ada.sync.status().waitingChanges === 0, { timeout: 10_000 });
    stop.abort();
    await Promise.all(watching);
  });
});

describe("a computer whose clock is wrong", () => {
  it.each([-2, 3])("by %i years takes part like any other, and is told", async (years) => {
    const offMs = years * 365 * 86_400_000;
    const zoe = createMember(`Zoe ${years}`, 20 + years, { now: () => Date.now() + offMs });
    await zoe.join(await ada.invite());
    const id = zoe.startProject(`From another time ${years}`);
    unwrap(await zoe.sync.now());
    unwrap(await ada.sync.now());
    expect(ada.projects.rows.find(id)?.title).toBe(`From another time ${years}`);
    expect(Math.abs((zoe.sync.status().clockAheadMs ?? 0) - offMs)).toBeLessThan(60_000);
    await zoe.dispose();
  });
});

describe("rights", () => {
  it("a guest reads everything; what she changes stays with her and is named", async () => {
    const eve = createMember("Eve", 15);
    await eve.join(await ada.invite("guest"));
    await vi.waitUntil(() => ada.sync.status().state === "current", { timeout: 10_000 });
    unwrap(await eve.sync.now());
    expect(eve.overview()).toEqual(ada.overview());
    eve.setTask(eve.projects.rows.list()[0]?.id ?? "", 1, "waiting");
    unwrap(await eve.sync.now());
    expect(eve.sync.status()).toMatchObject({
      state: "attention",
      waiting: [{ refusedCode: "SYNC_ROLE_INSUFFICIENT", changes: 1 }],
      failure: { code: "SYNC_ROLE_INSUFFICIENT" },
    });

    const me = unwrap(await unwrap(ada.sync.accounts()).members()).find(({ name }) => name === "Eve");
    unwrap(await unwrap(ada.sync.accounts()).setRole(me?.userId ?? "", "member"));
    unwrap(await eve.sync.now());
    expect(eve.sync.status()).toMatchObject({ state: "current", waitingChanges: 0 });
    await eve.dispose();
  });

  it("a revoked device is told at once, keeps its work, and may join again", async () => {
    const finn = createMember("Finn", 16);
    await finn.join(await ada.invite());
    const device = unwrap(await unwrap(ada.sync.accounts()).devices()).find(({ name }) => name === "Finn's laptop");
    unwrap(await unwrap(ada.sync.accounts()).revokeDevice(device?.deviceId ?? ""));
    const id = finn.startProject("Own work");
    expect(await finn.sync.now()).toMatchObject({ ok: false, error: { code: "SYNC_DEVICE_REVOKED" } });
    expect(finn.sync.status()).toMatchObject({ state: "attention", failure: { code: "SYNC_DEVICE_REVOKED" } });
    unwrap(await finn.sync.leave());
    expect(finn.sync.status().state).toBe("local");
    expect(finn.projects.rows.find(id)?.title).toBe("Own work");
    await finn.join(await ada.invite());
    expect(finn.sync.status()).toMatchObject({ state: "current", waitingChanges: 0 });
    await vi.waitUntil(() => ada.projects.rows.find(id) !== null, { timeout: 10_000 });
    await finn.dispose();
  });

  it("the last steward cannot leave the others alone", async () => {
    expect(await ada.sync.leave()).toMatchObject({ ok: false, error: { code: "SYNC_LAST_STEWARD" } });
    expect(ada.sync.status().state).not.toBe("local");
  });
});
