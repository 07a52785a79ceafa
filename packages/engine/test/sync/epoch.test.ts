import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMember, type TestMember, unwrap } from "./member.ts";
import { type ServerProcess, startServer } from "./server-process.ts";

let server: ServerProcess;
let ada: TestMember;
let ben: TestMember;
beforeAll(async () => {
  server = await startServer();
  [ada, ben] = [createMember("Ada", 700), createMember("Ben", 701)];
  await ada.join(server.invitation);
  await ben.join(await ada.invite());
}, 60_000);
afterAll(async () => {
  await ada.dispose();
  await ben.dispose();
  await server.dispose();
}, 30_000);

const sync = async (...members: TestMember[]): Promise<void> => {
  for (const member of members) unwrap(await member.sync.now());
};
const stateOf = ({ projects }: TestMember, id: string): string[] => projects.rows.tasks(id).map(({ status }) => status);

/** Puts the server back to a backup; `undo` says that what came after must not come back. */
async function restore(file: string, ...how: string[]): Promise<void> {
  await server.kill();
  await server.command("restore", file, "--replace", ...how);
  await server.restart();
}

async function backup(): Promise<string> {
  return String((await server.command("backup"))["file"]);
}

describe("a server that was put back on purpose", () => {
  it("is followed: the damage is nowhere any more, and what was here can be looked at and brought back", async () => {
    const id = ada.startProject("Clean air");
    await sync(ada, ben);
    const file = await backup();
    const good = stateOf(ada, id);
    ben.setTask(id, 0, "done");
    ben.setTask(id, 1, "waiting");
    await sync(ben, ada);
    // Work that nobody has seen yet is not lost either.
    ada.setTask(id, 1, "doing");
    const own = stateOf(ada, id);
    await restore(file, "--undo");
    await sync(ada, ben, ada);
    expect([stateOf(ada, id), stateOf(ben, id)]).toEqual([good, good]);
    const { documents } = unwrap(await ada.sync.doctor(false, new AbortController().signal));
    expect(documents.filter(({ finding }) => finding !== "same")).toEqual([]);
    const [version] = ada.projects.history.list(`project~${id}`);
    if (version === undefined) throw new TypeError("a version is kept");
    unwrap(ada.projects.restoreVersion(id, version.at));
    expect(stateOf(ada, id)).toEqual(own);
    await sync(ada, ben);
    expect(stateOf(ben, id)).toEqual(own);
    expect(ada.store.audit.list({ limit: 5 })).toMatchObject([{ action: "sync.restored" }]);
  }, 120_000);

  it("refuses what a device sends from the past that was undone", async () => {
    const id = ada.startProject("Bees");
    await sync(ada, ben);
    const file = await backup();
    ben.setTask(id, 0, "done");
    await sync(ben, ada);
    // Ada is offline while the server is put back, and goes on working.
    ada.setTask(id, 1, "doing");
    await restore(file, "--undo");
    await ada.restart();
    await sync(ben, ada, ben);
    expect(stateOf(ben, id)).toEqual(stateOf(ada, id));
    expect(stateOf(ben, id)).not.toContain("done");
    ada.setTask(id, 0, "waiting");
    await sync(ada, ben);
    expect(stateOf(ben, id)[0]).toBe("waiting");
  }, 120_000);

  it("that only lost its newest past is healed by whoever has it", async () => {
    const id = ada.startProject("Repair café");
    await sync(ada, ben);
    const file = await backup();
    ben.setTask(id, 0, "done");
    await sync(ben, ada);
    await restore(file);
    await sync(ada, ben);
    expect([stateOf(ada, id)[0], stateOf(ben, id)[0]]).toEqual(["done", "done"]);
  }, 120_000);
});
