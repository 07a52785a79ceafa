import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { MemberRole } from "@ecolocal/core/community";
import { createIdSource } from "@ecolocal/core/shared";
import {
  createServerAccountStore,
  createServerUpdateStore,
  loadSigningKeys,
  migrateServerSchema,
  openPostgres,
} from "@ecolocal/db/server";
import { type PostgresCluster, startPostgresCluster } from "@ecolocal/db/server/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  Accounts,
  createAccountRoutes,
  createTokens,
  hashSecret,
  joinStatement,
  loginStatement,
} from "../src/accounts/index.ts";
import { CLOSE, encodeUpdate } from "../src/protocol/index.ts";
import { SyncService } from "../src/service/index.ts";
import { rawPeer, until } from "./peer.ts";

let cluster: PostgresCluster;
let database: ReturnType<typeof openPostgres>;
let service: SyncService;
let accounts: Accounts;
let http: string;
let ws: string;
let skewMs = 0;
const clock = { now: () => Date.now() + skewMs };

beforeAll(async () => {
  cluster = await startPostgresCluster();
  database = openPostgres(await cluster.createDatabase());
  await migrateServerSchema(database.db);
  const store = createServerAccountStore(database.db);
  await store.createWorkspace("w1", "Lindenhof", clock.now());
  await store.createWorkspace("w2", "Others", clock.now());
  accounts = new Accounts({
    store,
    tokens: createTokens(await loadSigningKeys(database.db, clock.now()), clock),
    clock,
    ids: createIdSource(clock, Math.random),
    onAccessChanged: ({ userId, deviceId }) =>
      service.disconnect(
        (peer) => peer.userId === userId && (deviceId === undefined || peer.deviceId === deviceId),
        deviceId === undefined ? CLOSE.authorisationChanged : CLOSE.unauthenticated,
        "access changed",
      ),
  });
  service = new SyncService({
    store: createServerUpdateStore(database.db),
    gatekeeper: accounts.gatekeeper(),
    clock,
    routes: createAccountRoutes({ accounts, store, clock: { now: () => performance.now() * 1000 } }),
  });
  const { port } = await service.listen(0, "127.0.0.1");
  http = `http://127.0.0.1:${port}`;
  ws = `ws://127.0.0.1:${port}`;
}, 60_000);
afterAll(async () => {
  await service.close();
  await database.db.destroy();
  await cluster.remove();
}, 60_000);

async function post(
  path: string,
  body: unknown,
  token?: string,
  method = "POST",
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await fetch(`${http}${path}`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    ...(method === "GET" || method === "DELETE" ? {} : { body: JSON.stringify(body) }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

async function secretFor(role: MemberRole, uses = 1, workspaceId = "w1"): Promise<string> {
  const made = await accounts.invite(
    { userId: "server", role: "steward" },
    { workspaceId, role, label: "test", uses, validForMs: 86_400_000 },
  );
  if (!made.ok) throw new TypeError(made.error.detail);
  return made.value.secret;
}

class TestDevice {
  readonly #key: KeyObject;
  readonly publicKey: string;
  deviceId = "";
  userId = "";
  token = "";

  constructor() {
    const pair = generateKeyPairSync("ed25519");
    this.#key = pair.privateKey;
    this.publicKey = String(pair.publicKey.export({ format: "jwk" }).x);
  }

  sign(statement: string): string {
    return sign(null, Buffer.from(statement), this.#key).toString("base64url");
  }

  async join(secret: string, name = "Ada") {
    const answer = await post("/v1/invitations/accept", {
      secret,
      userName: name,
      deviceName: "laptop",
      publicKey: this.publicKey,
      signature: this.sign(joinStatement(hashSecret(secret), this.publicKey)),
    });
    this.deviceId = String(answer.body["deviceId"]);
    this.userId = String((answer.body["member"] as { userId?: string } | undefined)?.userId);
    return answer;
  }

  async login() {
    const { body } = await post("/v1/auth/challenge", { deviceId: this.deviceId });
    const challenge = String(body["challenge"]);
    const answer = await post("/v1/auth/token", {
      deviceId: this.deviceId,
      challenge,
      signature: this.sign(loginStatement(this.deviceId, challenge)),
    });
    this.token = String(answer.body["token"]);
    return answer;
  }

  static async member(role: MemberRole, workspaceId = "w1"): Promise<TestDevice> {
    const device = new TestDevice();
    await device.join(await secretFor(role, 1, workspaceId), role);
    await device.login();
    return device;
  }
}

const edit = (): Uint8Array => {
  const doc = new Y.Doc();
  doc.getMap("m").set(Math.random().toString(36), 1);
  return encodeUpdate(Y.encodeStateAsUpdate(doc));
};

describe("an invitation", () => {
  it("makes whoever has it a member of its role, as often as it says", async () => {
    const secret = await secretFor("member", 2);
    expect((await new TestDevice().join(secret)).status).toBe(200);
    expect((await new TestDevice().join(secret)).status).toBe(200);
    expect(await new TestDevice().join(secret)).toMatchObject({ status: 410, body: { code: "SYNC_INVITATION_USED" } });
  });

  it("ends at its time", async () => {
    const secret = await secretFor("member");
    skewMs = 2 * 86_400_000;
    const late = await new TestDevice().join(secret);
    skewMs = 0;
    expect(late).toMatchObject({ status: 410, body: { code: "SYNC_INVITATION_EXPIRED" } });
  });

  it("cannot be used with someone else's key, nor guessed", async () => {
    const secret = await secretFor("member");
    const device = new TestDevice();
    const other = new TestDevice();
    const stolen = {
      secret,
      userName: "Eve",
      deviceName: "x",
      publicKey: other.publicKey,
      signature: device.sign(joinStatement(hashSecret(secret), other.publicKey)),
    };
    expect((await post("/v1/invitations/accept", stolen)).status).toBe(401);
    expect((await new TestDevice().join("x".repeat(43))).status).toBe(404);
  });

  it("can be looked at before it is used, and says who invites whom as what", async () => {
    const steward = await TestDevice.member("steward");
    const made = await post("/v1/workspaces/w1/invitations", { role: "guest", label: "street party" }, steward.token);
    const { secret } = made.body as { secret: string };
    const offer = { groupName: "Lindenhof", role: "guest", label: "street party", invitedBy: "steward", usesLeft: 1 };
    expect(await post("/v1/invitations/preview", { secret })).toMatchObject({ status: 200, body: offer });
    expect(await post("/v1/invitations/preview", { secret })).toMatchObject({ status: 200, body: { usesLeft: 1 } });
    await new TestDevice().join(secret);
    expect(await post("/v1/invitations/preview", { secret })).toMatchObject({
      status: 410,
      body: { code: "SYNC_INVITATION_USED" },
    });
  });

  it("is not used up twice by a newcomer whose first answer was lost", async () => {
    const secret = await secretFor("member");
    const device = new TestDevice();
    const first = await device.join(secret);
    expect(await device.join(secret)).toEqual(first);
    expect((await new TestDevice().join(secret)).body).toMatchObject({ code: "SYNC_INVITATION_USED" });
  });

  it("never reaches the database in clear", async () => {
    const secret = await secretFor("member");
    const rows = await database.db.selectFrom("invitations").selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(secret);
  });
});

describe("a device", () => {
  it("gets a token only by signing a fresh challenge of its own", async () => {
    const ada = await TestDevice.member("member");
    const eve = await TestDevice.member("member");
    const { body } = await post("/v1/auth/challenge", { deviceId: ada.deviceId });
    const challenge = String(body["challenge"]);
    const forged = { deviceId: ada.deviceId, challenge, signature: eve.sign(loginStatement(ada.deviceId, challenge)) };
    expect((await post("/v1/auth/token", forged)).status).toBe(401);
    skewMs = 5 * 60_000;
    const stale = { deviceId: ada.deviceId, challenge, signature: ada.sign(loginStatement(ada.deviceId, challenge)) };
    expect((await post("/v1/auth/token", stale)).status).toBe(401);
    skewMs = 0;
    expect((await ada.login()).status).toBe(200);
  });

  it("is cut off the moment it is revoked, and cannot come back", async () => {
    const steward = await TestDevice.member("steward");
    const ada = await TestDevice.member("member");
    const peer = await rawPeer(ws, "project~live", ["ecolocal.v1", `auth.${ada.token}`]);
    await until(() => peer.frames.length > 0, "connected");
    expect((await post(`/v1/workspaces/w1/devices/${ada.deviceId}`, null, steward.token, "DELETE")).status).toBe(200);
    await until(() => peer.closed.code !== null, "closed");
    expect(peer.closed.code).toBe(4401);
    expect((await ada.login()).status).toBe(401);
    const again = await rawPeer(ws, "project~live", ["ecolocal.v1", `auth.${ada.token}`]);
    await until(() => again.closed.code !== null, "refused");
    expect(again.closed.code).toBe(4401);
  });
});

describe("roles", () => {
  it.each([
    ["guest", false],
    ["member", true],
  ] as const)("a %s's changes reach the others: %s", async (role, reaches) => {
    const device = await TestDevice.member(role);
    const room = `project~role-${role}`;
    const peer = await rawPeer(ws, room, ["ecolocal.ext.v1", `auth.${device.token}`]);
    await until(() => peer.frames.length > 0, "connected");
    peer.socket.send(edit());
    if (reaches) await until(() => peer.acknowledged() === 1, "acknowledged");
    else await until(() => peer.frames.some((frame) => frame[0] === 112), "told that it is read-only");
    await service.commit.drain();
    const key = { workspaceId: "w1", documentId: room };
    expect((service.hub.find(key)?.byteLength ?? 0) > 2).toBe(reaches);
    peer.socket.close();
  });

  it("let only stewards change roles, and keep the last steward", async () => {
    const alone = await TestDevice.member("steward", "w2");
    const member = await TestDevice.member("member", "w2");
    expect((await post(`/v1/workspaces/w2/members/${member.userId}`, { role: "steward" }, member.token)).status).toBe(
      403,
    );
    expect(await post(`/v1/workspaces/w2/members/${alone.userId}`, { role: "member" }, alone.token)).toMatchObject({
      status: 409,
      body: { code: "SYNC_LAST_STEWARD" },
    });
    expect((await post(`/v1/workspaces/w2/members/${member.userId}`, { role: "steward" }, alone.token)).status).toBe(
      200,
    );
    expect((await post(`/v1/workspaces/w2/members/${alone.userId}`, null, alone.token, "DELETE")).status).toBe(200);
  });

  it("hand out no more than they have", async () => {
    const coordinator = await TestDevice.member("coordinator");
    expect((await post("/v1/workspaces/w1/invitations", { role: "steward" }, coordinator.token)).status).toBe(403);
    expect((await post("/v1/workspaces/w1/invitations", { role: "member" }, coordinator.token)).status).toBe(200);
    const member = await TestDevice.member("member");
    expect((await post("/v1/workspaces/w1/invitations", { role: "guest" }, member.token)).status).toBe(403);
  });
});

describe("workspaces are apart", () => {
  it.each(["members", "devices", "invitations", "audit"])(
    "a steward of one sees nothing of another's %s",
    async (collection) => {
      const stranger = await TestDevice.member("steward", "w2");
      expect(await post(`/v1/workspaces/w1/${collection}`, null, stranger.token, "GET")).toEqual({
        status: 404,
        body: { code: "SYNC_NOT_FOUND" },
      });
    },
  );

  it("and a document of another cannot be opened", async () => {
    const stranger = await TestDevice.member("steward", "w2");
    const peer = await rawPeer(ws, "project~live", ["ecolocal.v1", `auth.${stranger.token}`]);
    await until(() => peer.closed.code !== null, "refused");
    expect(peer.closed.code).toBe(4404);
  });
});
