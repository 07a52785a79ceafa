import { listBackups } from "@ecolocal/db/backup";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createPatches, createSharing, type Patches, type Sharing } from "../../src/sharing/index.ts";
import { createMember, type TestMember, unwrap } from "./member.ts";

let ada: TestMember;
let ben: TestMember;
let sharing: Sharing;
const patchesOf = ({ store, projects, sync }: TestMember): Patches =>
  createPatches({ store, documents: projects.documents, sync });

beforeAll(() => {
  ada = createMember("Ada", 41);
  ben = createMember("Ben", 42);
  sharing = createSharing({ store: ada.store, sync: ada.sync, appVersion: "0.0.0-test" });
  ada.startProject("Rain barrels");
});
afterAll(async () => {
  await sharing.stop();
  await ada.dispose();
  await ben.dispose();
});

describe("a patch between two people who have no server at all", () => {
  it("is looked at first: who signed it is unknown, what it holds is named", async () => {
    const { data, fileName, documents } = unwrap(patchesOf(ada).export({ userName: "Ada" }));
    expect(fileName).toMatch(/^test-street-\d{4}-\d\d-\d\d\.ecolocal-patch$/);
    expect(documents).toBe(1);
    const preview = unwrap(await patchesOf(ben).preview(data));
    expect(preview).toMatchObject({
      groupId: null,
      from: { userName: "Ada" },
      signer: "unknown",
      documents: [{ title: "Rain barrels", effect: "new" }],
    });
    expect(preview.fingerprint).toMatch(/^([0-9a-f]{4} ){3}[0-9a-f]{4}$/);
    expect(ben.overview()).toEqual([]);
  });

  it("is merged only when its signer is trusted, after a backup, and the trust lasts", async () => {
    const { data } = unwrap(patchesOf(ada).export({}));
    expect(await patchesOf(ben).import(data, false)).toMatchObject({ error: { code: "SYNC_PATCH_UNTRUSTED" } });
    const report = unwrap(await patchesOf(ben).import(data, true));
    expect(report).toMatchObject({ changed: 1, unchanged: 0, refused: [] });
    expect(listBackups(ben.dir).map(({ path }) => path)).toContain(report.backup);
    expect(ben.overview()).toEqual(ada.overview());
    expect(unwrap(await patchesOf(ben).import(data, false))).toEqual({
      changed: 0,
      unchanged: 1,
      refused: [],
      backup: null,
    });
  });

  it("brings back what the other has changed meanwhile", async () => {
    const id = ada.projects.rows.list()[0]?.id ?? "";
    ada.setTask(id, 0, "done");
    ben.setTask(id, 1, "doing");
    unwrap(await patchesOf(ada).import(unwrap(patchesOf(ben).export({})).data, true));
    unwrap(await patchesOf(ben).import(unwrap(patchesOf(ada).export({})).data, false));
    expect(ada.overview()).toEqual(ben.overview());
    expect(ada.overview()).toEqual(["Rain barrels: done,doing"]);
  });

  it("of which any byte was changed, or a part is missing, is refused and changes nothing", async () => {
    const { data } = unwrap(patchesOf(ada).export({}));
    const before = ben.overview();
    await fc.assert(
      fc.asyncProperty(
        fc.nat(data.byteLength - 1),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, by, cut) => {
          const broken = cut ? data.slice(0, at) : Uint8Array.from(data);
          if (!cut) broken[at] = (broken[at] ?? 0) ^ by;
          expect(await patchesOf(ben).import(broken, true)).toMatchObject({ error: { code: "SYNC_PATCH_INVALID" } });
        },
      ),
      { numRuns: 200 },
    );
    expect(ben.overview()).toEqual(before);
  });
});

describe("a patch within a group", () => {
  it("of a member is merged without asking, of a guest or a removed device never", async () => {
    unwrap(await sharing.host({ userName: "Ada" }));
    await ben.join(await ada.invite());
    ben.startProject("Shade trees");
    const patch = unwrap(patchesOf(ben).export({})).data;
    expect(unwrap(await patchesOf(ada).preview(patch)).signer).toBe("member");
    unwrap(await patchesOf(ada).import(patch, false));
    expect(ada.overview()).toEqual(ben.overview());

    const accounts = unwrap(ada.sync.accounts());
    const member = unwrap(await accounts.members()).find(({ name }) => name === "Ben");
    unwrap(await accounts.setRole(member?.userId ?? "", "guest"));
    ben.startProject("As a guest");
    const asGuest = unwrap(patchesOf(ben).export({})).data;
    expect(await patchesOf(ada).import(asGuest, true)).toMatchObject({ error: { code: "SYNC_ROLE_INSUFFICIENT" } });

    const device = unwrap(await accounts.devices()).find(({ isThis }) => !isThis);
    unwrap(await accounts.revokeDevice(device?.deviceId ?? ""));
    expect(await patchesOf(ada).import(asGuest, true)).toMatchObject({ error: { code: "SYNC_PATCH_UNTRUSTED" } });
  });

  it("is judged by what was last heard when the server is away", async () => {
    await sharing.stop();
    const patch = unwrap(patchesOf(ben).export({})).data;
    expect(unwrap(await patchesOf(ada).preview(patch)).signer).toBe("revoked");
  });

  it("of another group is refused", async () => {
    const cleo = createMember("Cleo", 43);
    const hosting = createSharing({ store: cleo.store, sync: cleo.sync, appVersion: "0.0.0-test" });
    unwrap(await hosting.host({ userName: "Cleo" }));
    const patch = unwrap(patchesOf(ada).export({})).data;
    expect(await patchesOf(cleo).preview(patch)).toMatchObject({ error: { code: "SYNC_PATCH_FOREIGN" } });
    await hosting.stop();
    await cleo.dispose();
  });
});
