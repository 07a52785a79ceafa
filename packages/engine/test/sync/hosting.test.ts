import { statSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createSharing, type Sharing } from "../../src/sharing/index.ts";
import { createMember, type TestMember, unwrap } from "./member.ts";

let ada: TestMember;
let ben: TestMember;
let sharing: Sharing;

beforeAll(() => {
  ada = createMember("Ada", 31);
  ben = createMember("Ben", 32);
  sharing = createSharing({ store: ada.store, sync: ada.sync, appVersion: "0.0.0-test" });
});
afterAll(async () => {
  await sharing.stop();
  await ada.dispose();
  await ben.dispose();
});

describe("a meeting without a server", () => {
  it("needs the name of whoever begins the group", async () => {
    expect(await sharing.host({})).toMatchObject({ ok: false, error: { code: "SYNC_HOST_NAME_MISSING" } });
    expect(sharing.status()).toMatchObject({ hosting: false, port: null });
    expect(ada.sync.status().state).toBe("local");
  });

  it("Ada's computer hosts, and Ben joins over the network with a link that names her address", async () => {
    ada.startProject("Repair café");
    const status = unwrap(await sharing.host({ userName: "Ada" }));
    expect(status.hosting).toBe(true);
    expect(ada.sync.status()).toMatchObject({ state: "current", me: { name: "Ada", role: "steward" } });
    const link = await ada.invite("member", 5);
    const [address] = status.addresses;
    if (address !== undefined) expect(decodeURIComponent(link)).toContain(address);
    await ben.join(link);
    expect(ben.overview()).toEqual(ada.overview());
    expect(statSync(join(ada.dir, "hosted", "group.db")).mode & 0o777).toBe(0o600);
  });

  it("goes home: both work on, and at the next meeting it goes on from there", async () => {
    await sharing.stop();
    const id = ada.projects.rows.list()[0]?.id ?? "";
    ada.setTask(id, 0, "done");
    ben.setTask(id, 1, "doing");
    expect(await ben.sync.now()).toMatchObject({ ok: false, error: { code: "SYNC_SERVER_UNREACHABLE" } });
    await ada.restart();
    sharing = createSharing({ store: ada.store, sync: ada.sync, appVersion: "0.0.0-test" });
    unwrap(await sharing.host({}));
    unwrap(await ben.sync.now());
    unwrap(await ada.sync.now());
    expect(ada.overview()).toEqual(ben.overview());
    expect(ada.overview()[0]).toBe("Repair café: done,doing");
  });

  it("a host whose address has changed is found again with any new link of the same group", async () => {
    const before = ben.sync.status().server ?? "";
    const port = new URL(before).port;
    const link = (await ada.invite()).replace(
      /server=[^&]*/,
      `server=${encodeURIComponent(`http://localhost:${port}`)}`,
    );
    unwrap(await ben.sync.join({ link, userName: "Ben" }));
    expect(ben.sync.status()).toMatchObject({ server: `http://localhost:${port}`, state: "current" });
    const elsewhere = link.replace(/workspace=[^#]*/, "workspace=other");
    expect(await ben.sync.join({ link: elsewhere, userName: "Ben" })).toMatchObject({
      ok: false,
      error: { code: "SYNC_ALREADY_JOINED" },
    });
    const nobody = link.replace(String(port), "48998");
    expect(await ben.sync.join({ link: nobody, userName: "Ben" })).toMatchObject({
      ok: false,
      error: { code: "SYNC_SERVER_UNREACHABLE" },
    });
    expect(ben.sync.status().server).toBe(`http://localhost:${port}`);
  });

  it("counts who is connected, and lets the steward send someone away at once", async () => {
    ben.sync.start();
    ada.sync.start();
    await vi.waitUntil(() => sharing.status().connected === 1, { timeout: 10_000 });
    const accounts = unwrap(ada.sync.accounts());
    const member = unwrap(await accounts.members()).find(({ name }) => name === "Ben");
    unwrap(await accounts.removeMember(member?.userId ?? ""));
    await vi.waitUntil(() => sharing.status().connected === 0, { timeout: 10_000 });
    expect(await ben.sync.now()).toMatchObject({ ok: false, error: { code: "SYNC_DEVICE_REVOKED" } });
  });

  it("a second host on the same port is told that it is taken", async () => {
    const cleo = createMember("Cleo", 33);
    const other = createSharing({ store: cleo.store, sync: cleo.sync, appVersion: "0.0.0-test" });
    const port = sharing.status().port ?? 0;
    expect(await other.host({ userName: "Cleo", port })).toMatchObject({
      ok: false,
      error: { code: "SYNC_HOST_PORT_BUSY" },
    });
    expect(cleo.sync.status().state).toBe("local");
    await cleo.dispose();
  });
});
