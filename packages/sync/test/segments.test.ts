import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import type { MemberRole } from "@ecolocal/core/community";
import type { ReadingBlock } from "@ecolocal/core/series";
import { SEGMENT_LIMITS } from "@ecolocal/core/series/segments";
import { createIdSource, createRandom, DAY_MS } from "@ecolocal/core/shared";
import { encodeSegment } from "@ecolocal/db/readings/segments";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  Accounts,
  createAccountRoutes,
  createTokens,
  hashSecret,
  joinStatement,
  loginStatement,
} from "../src/accounts/index.ts";
import { deviceKeys } from "../src/segments/index.ts";
import { SyncService } from "../src/service/index.ts";
import { groupKinds } from "./segment-groups.ts";

const TODAY = Math.floor(Date.now() / DAY_MS);
const ids = createIdSource(Date, Math.random);
/** Small enough to be reached by a test. */
const LIMITS = { ...SEGMENT_LIMITS, pieceBytes: 4096, groupBytes: 60_000, openUploads: 2 };

function someReadings(count: number, day: number, seed = 1): ReadingBlock {
  const random = createRandom(seed);
  const at = Float64Array.from({ length: count }, (_, i) => day * DAY_MS + i * 1000);
  return { at, value: at.map(() => random()), quality: new Uint16Array(count) };
}

interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

class Member {
  readonly #key: KeyObject;
  readonly publicKey: string;
  readonly http: string;
  deviceId = "";
  userId = "";
  token = "";

  constructor(http: string) {
    const pair = generateKeyPairSync("ed25519");
    this.http = http;
    this.#key = pair.privateKey;
    this.publicKey = String(pair.publicKey.export({ format: "jwk" }).x);
  }

  sign = (statement: string): string => sign(null, Buffer.from(statement), this.#key).toString("base64url");

  async ask(method: string, path: string, body?: Uint8Array | object): Promise<Answer> {
    const bytes = body instanceof Uint8Array ? Buffer.from(body) : body === undefined ? null : JSON.stringify(body);
    const response = await fetch(`${this.http}${path}`, {
      method,
      headers: this.token === "" ? {} : { authorization: `Bearer ${this.token}` },
      ...(bytes === null ? {} : { body: bytes }),
    });
    return { status: response.status, body: (await response.json()) as Record<string, unknown> };
  }

  async join(secret: string): Promise<void> {
    const signature = this.sign(joinStatement(hashSecret(secret), this.publicKey));
    const body = { secret, userName: "Ada", deviceName: "laptop", publicKey: this.publicKey, signature };
    const joined = await this.ask("POST", "/v1/invitations/accept", body);
    this.deviceId = String(joined.body["deviceId"]);
    this.userId = String((joined.body["member"] as { userId?: string }).userId);
    const { body: asked } = await this.ask("POST", "/v1/auth/challenge", { deviceId: this.deviceId });
    const challenge = String(asked["challenge"]);
    const login = {
      deviceId: this.deviceId,
      challenge,
      signature: this.sign(loginStatement(this.deviceId, challenge)),
    };
    this.token = String((await this.ask("POST", "/v1/auth/token", login)).body["token"]);
  }

  segment(change: Partial<Parameters<typeof encodeSegment>[0]>, readings?: ReadingBlock): Uint8Array {
    const day = change.day ?? TODAY;
    const { userId, deviceId, publicKey } = this;
    const content = {
      groupId: "w1",
      owner: { userId, userName: "Ada", deviceId, publicKey },
      channel: {
        id: "",
        quantity: "pm25" as const,
        key: "",
        place: "",
        exposure: "outdoor" as const,
        intervalMs: 1000,
      },
      sensor: null,
      audience: "group" as const,
      resolution: "raw" as const,
      ...{ epoch: 1, seq: 1, day, revision: 1, resolutionMs: 1000 as const, madeAt: Date.now() },
      ...change,
    };
    return encodeSegment(content, readings ?? someReadings(20, day, content.seq), this.sign);
  }

  async put(data: Uint8Array, workspaceId = "w1"): Promise<Answer> {
    return await this.ask("PUT", `${pathOf(data, workspaceId)}?at=0&of=${data.byteLength}`, data);
  }

  async list(channelId: string, epoch = 0, after = 0, road = "workspaces"): Promise<Answer> {
    return await this.ask("GET", `/v1/${road}/w1/segments?channel=${channelId}&epoch=${epoch}&after=${after}`);
  }
}

const nameOf = (data: Uint8Array): string => createHash("sha256").update(data).digest("hex");
const pathOf = (data: Uint8Array, workspaceId = "w1"): string =>
  `/v1/workspaces/${workspaceId}/segments/${nameOf(data)}`;
const channelOf = (id: string) => ({
  channel: { id, quantity: "pm25" as const, key: "", place: "", exposure: "outdoor" as const, intervalMs: 1000 },
});

describe.each(groupKinds())("shared readings on $name", (kind) => {
  let service: SyncService;
  let accounts: Accounts;
  let http: string;
  let ada: Member;
  let ben: Member;
  let guest: Member;

  async function newMember(role: MemberRole, workspaceId = "w1"): Promise<Member> {
    const request = { workspaceId, role, label: "", uses: 1, validForMs: DAY_MS };
    const invited = await accounts.invite({ userId: "server", role: "steward" }, request);
    if (!invited.ok) throw new TypeError(invited.error.detail);
    const member = new Member(http);
    await member.join(invited.value.secret);
    return member;
  }

  beforeAll(async () => {
    const stores = await kind.open();
    await stores.accounts.createWorkspace("w1", "Lindenhof", Date.now());
    await stores.accounts.createWorkspace("w2", "Others", Date.now());
    accounts = new Accounts({
      store: stores.accounts,
      tokens: createTokens(stores.signingKeys, Date),
      clock: Date,
      ids,
    });
    service = new SyncService({
      store: stores.updates,
      gatekeeper: accounts.gatekeeper(),
      routes: createAccountRoutes({ accounts, store: stores.accounts, clock: { now: () => performance.now() * 1000 } }),
      segments: { store: stores.segments, limits: LIMITS, clock: Date, publicKeyOf: deviceKeys(stores.accounts) },
      clock: Date,
    });
    http = `http://127.0.0.1:${(await service.listen(0, "127.0.0.1")).port}`;
    [ada, ben, guest] = [await newMember("member"), await newMember("steward"), await newMember("guest")];
  }, 60_000);
  afterAll(async () => {
    await service.close();
    await kind.dispose();
  }, 60_000);

  it("reach other members byte for byte, and are listed after the number that one has", async () => {
    const id = ids.next();
    const [first, second] = [1, 2].map((seq) => ada.segment({ ...channelOf(id), seq, day: TODAY - 3 + seq }));
    if (first === undefined || second === undefined) throw new TypeError("two segments");
    expect(await ada.put(first)).toEqual({ status: 200, body: { state: "stored" } });
    expect(await ada.put(second)).toEqual({ status: 200, body: { state: "stored" } });
    const { body } = await ben.list(id);
    expect(body["segments"]).toMatchObject([
      { sha256: nameOf(first), seq: 1 },
      { sha256: nameOf(second), seq: 2 },
    ]);
    expect((await ben.list(id, 1, 1)).body["segments"]).toMatchObject([{ seq: 2, day: TODAY - 1 }]);
    expect((await ben.list(id, 1, 2)).body["segments"]).toEqual([]);
    const authorization = `Bearer ${ben.token}`;
    const fetched = await fetch(`${http}${pathOf(first)}?at=0`, { headers: { authorization } });
    expect(Buffer.from(await fetched.arrayBuffer()).equals(first)).toBe(true);
  });

  it("arrive in pieces, and go on where an upload was broken off", async () => {
    const data = ada.segment(channelOf(ids.next()), someReadings(2500, TODAY));
    expect(data.byteLength).toBeGreaterThan(2 * LIMITS.pieceBytes);
    const url = (at: number): string => `${pathOf(data)}?at=${at}&of=${data.byteLength}`;
    const piece = (at: number): Uint8Array => data.subarray(at, at + LIMITS.pieceBytes);
    expect((await ada.ask("PUT", url(0), piece(0))).body).toEqual({ state: "partial", received: 4096 });
    // The answer was lost: asked again from the start, the server tells how far it is.
    expect((await ada.ask("PUT", url(0), piece(0))).body).toEqual({ state: "partial", received: 4096 });
    let state: unknown;
    for (let at = 4096; at < data.byteLength; at += 4096)
      state = (await ada.ask("PUT", url(at), piece(at))).body["state"];
    expect(state).toBe("stored");
  });

  it("may be sent twice, and keep one segment a day: the last revision", async () => {
    const id = ids.next();
    const first = ada.segment({ ...channelOf(id), seq: 1 });
    expect([(await ada.put(first)).status, (await ada.put(first)).body]).toEqual([200, { state: "stored" }]);
    const second = ada.segment({ ...channelOf(id), seq: 2, revision: 2 });
    expect((await ada.put(second)).body).toEqual({ state: "stored" });
    expect((await ben.list(id)).body["segments"]).toMatchObject([{ sha256: nameOf(second) }]);
  });

  it("that do not follow the last ones are told from where to go on, and change nothing", async () => {
    const id = ids.next();
    await ada.put(ada.segment({ ...channelOf(id), epoch: 2 }));
    const stale = { status: 200, body: { state: "stale", epoch: 2, seq: 1 } };
    expect(await ada.put(ada.segment({ ...channelOf(id), epoch: 2, seq: 3 }))).toEqual(stale);
    expect(await ada.put(ada.segment({ ...channelOf(id), epoch: 1, seq: 2 }))).toEqual(stale);
    expect(await ada.put(ada.segment({ ...channelOf(id), epoch: 2, madeAt: 1 }))).toEqual(stale);
    expect(await ada.put(ada.segment({ ...channelOf(id), epoch: 3 }))).toMatchObject({ body: { state: "stored" } });
  });

  it("are taken from the device that made them only", async () => {
    const id = ids.next();
    const genuine = ada.segment(channelOf(id));
    expect(await ben.put(genuine)).toMatchObject({ status: 422, body: { code: "SYNC_SEGMENT_INVALID" } });
    const forged = ben.segment({ ...channelOf(id), owner: { ...ownerOf(ada), publicKey: ben.publicKey } });
    expect(await ada.put(forged)).toMatchObject({ status: 422, body: { code: "SYNC_SEGMENT_INVALID" } });
    expect((await ada.put(genuine)).status).toBe(200);
    const taken = ben.segment({ ...channelOf(id), epoch: 9 });
    expect(await ben.put(taken)).toMatchObject({ status: 403, body: { code: "SYNC_SEGMENT_FOREIGN" } });
    const future = ada.segment({ ...channelOf(ids.next()), day: TODAY + 3 });
    expect(await ada.put(future)).toMatchObject({ status: 422 });
    const elsewhere = ada.segment({ ...channelOf(ids.next()), groupId: "w2" });
    expect(await ada.put(elsewhere)).toMatchObject({ status: 422 });
  });

  it("of the group are for its members, public ones for everybody", async () => {
    const [inside, open] = [ids.next(), ids.next()];
    const hidden = ada.segment(channelOf(inside));
    await ada.put(hidden);
    await ada.put(ada.segment({ ...channelOf(open), audience: "public" }));
    const stranger = new Member(http);
    const other = await newMember("steward", "w2");
    expect((await ben.list(inside)).status).toBe(200);
    for (const [who, road] of [
      [guest, "workspaces"],
      [stranger, "public"],
    ] as const) {
      expect((await who.list(inside, 0, 0, road)).status).toBe(404);
      expect((await who.ask("GET", `/v1/${road}/w1/segments/${nameOf(hidden)}`)).status).toBe(404);
      expect((await who.list(open, 0, 0, road)).body["segments"]).toMatchObject([{ seq: 1 }]);
    }
    expect((await stranger.list(open)).status).toBe(401);
    expect((await other.list(inside)).status).toBe(404);
    expect((await guest.put(guest.segment(channelOf(ids.next())))).body).toEqual({ code: "SYNC_ROLE_INSUFFICIENT" });
    expect((await other.put(other.segment(channelOf(ids.next())))).status).toBe(404);
  });

  it("are gone when their owner takes them back, and can be shared anew", async () => {
    const id = ids.next();
    const data = ada.segment(channelOf(id));
    await ada.put(data);
    const member = await newMember("member");
    expect((await member.ask("DELETE", `/v1/workspaces/w1/segments?channel=${id}`)).status).toBe(403);
    expect((await ada.ask("DELETE", `/v1/workspaces/w1/segments?channel=${id}`)).body).toEqual({ withdrawn: true });
    expect((await ben.list(id)).body["segments"]).toEqual([]);
    const { channels } = (await ben.ask("GET", "/v1/workspaces/w1/segments")).body as {
      channels: { channelId: string }[];
    };
    expect(channels.find(({ channelId }) => channelId === id)).toMatchObject({ withdrawn: true, withdrawnEpoch: 1 });
    expect((await ben.ask("GET", pathOf(data))).status).toBe(404);
    expect((await ada.put(ada.segment({ ...channelOf(id), seq: 2 }))).body).toMatchObject({ state: "stale" });
    expect((await ada.put(ada.segment({ ...channelOf(id), epoch: 2 }))).body).toEqual({ state: "stored" });
  });

  it("are refused from a device that was revoked", async () => {
    const cem = await newMember("member");
    const data = cem.segment(channelOf(ids.next()));
    expect((await cem.ask("DELETE", `/v1/workspaces/w1/devices/${cem.deviceId}`)).status).toBe(200);
    expect((await cem.put(data)).status).toBe(401);
  });

  it("have limits, which are told beforehand", async () => {
    const { body } = await ada.ask("GET", "/v1/limits");
    expect(body["limits"]).toMatchObject({ segments: LIMITS });
    const tooLong = ada.segment(channelOf(ids.next()));
    expect((await ada.ask("PUT", `${pathOf(tooLong)}?at=0&of=2000000`, tooLong)).status).toBe(413);
    expect((await ada.ask("PUT", `${pathOf(tooLong)}?at=-1&of=x`, tooLong)).status).toBe(400);
    const dora = await newMember("member");
    const large = Array.from({ length: 3 }, (_, i) =>
      dora.segment(channelOf(ids.next()), someReadings(1500, TODAY, i)),
    );
    // All at once: the server has to count those that are just being begun as well.
    const begun = await Promise.all(
      large.map((data) => dora.ask("PUT", `${pathOf(data)}?at=0&of=${data.byteLength}`, data.subarray(0, 4096))),
    );
    expect(begun.map(({ status }) => status).sort()).toEqual([200, 200, 429]);
    let last: Answer | undefined;
    for (let i = 0; i < 40 && last?.status !== 507; i++) {
      last = await ada.put(ada.segment(channelOf(ids.next()), someReadings(400, TODAY, i)));
    }
    expect(last).toEqual({ status: 507, body: { code: "SYNC_SEGMENT_QUOTA" } });
  });
});

function ownerOf({ userId, deviceId, publicKey }: Member) {
  return { userId, userName: "Ada", deviceId, publicKey };
}
