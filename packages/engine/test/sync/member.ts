import assert from "node:assert/strict";
import { setTaskStatus, type TaskStatus } from "@ecolocal/core/documents";
import type { Result, Ulid } from "@ecolocal/core/shared";
import { createTempWorkspace, SAMPLE_PLAN, type TempWorkspace } from "@ecolocal/db/testing";
import { silentLog } from "../../src/log/index.ts";
import { openProjects, type Projects } from "../../src/projects/index.ts";
import { createStore, type Store } from "../../src/store/index.ts";
import { SyncClient } from "../../src/sync/index.ts";

/** A person with a workspace of her own on a computer of her own. */
export interface TestMember {
  readonly name: string;
  readonly dir: string;
  readonly temp: TempWorkspace;
  store: Store;
  projects: Projects;
  sync: SyncClient;
  join(link: string): Promise<void>;
  invite(role?: "guest" | "member" | "coordinator" | "steward", uses?: number): Promise<string>;
  startProject(title: string): Ulid;
  setTask(projectId: Ulid, index: number, status: TaskStatus): void;
  /** Titles of the projects with the states of their tasks. */
  overview(): string[];
  /** Closes the program and starts it again. */
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

export function unwrap<T>(result: Result<T, unknown>): T {
  assert(result.ok, result.ok ? "" : JSON.stringify(result.error));
  return result.value;
}

export function createMember(name: string, seed: number, clock: { now(): number } = Date): TestMember {
  const temp = createTempWorkspace({ seed });
  const open = () => {
    const held = temp.open();
    const store = createStore(held.db, { clock, ids: temp.ids });
    const projects = unwrap(openProjects(store));
    const sync = new SyncClient({ store, projects, log: silentLog, appVersion: "0.0.0-test" });
    return { held, store, projects, sync };
  };
  let { held, ...parts } = open();
  const shut = async (): Promise<void> => {
    await member.sync.close();
    member.projects.close();
    held.close();
  };
  const member: TestMember = {
    name,
    dir: temp.dir,
    temp,
    ...parts,
    async join(link) {
      unwrap(await member.sync.join({ link, userName: name, deviceName: `${name}'s laptop` }));
    },
    async invite(role = "member", uses = 1) {
      const accounts = unwrap(member.sync.accounts());
      return unwrap(await accounts.invite({ role, label: "test", uses, validForDays: 1 })).link;
    },
    startProject(title) {
      const plan = { ...SAMPLE_PLAN, title };
      const founding = { status: "planned", why: "test", origin: null, createdAt: clock.now() } as const;
      return unwrap(member.projects.start(plan, { ...founding, title }, () => undefined));
    },
    setTask(projectId, index, status) {
      const task = member.projects.rows.tasks(projectId)[index];
      assert(task !== undefined);
      const changed = member.projects.documents.change(`project~${projectId}`, (doc) =>
        setTaskStatus(doc, task.id, status),
      );
      unwrap(unwrap(changed));
    },
    overview: () =>
      member.projects.rows
        .list()
        .map(({ id, title }) => `${title}: ${member.projects.rows.tasks(id).map(({ status }) => status)}`)
        .sort(),
    async restart() {
      await shut();
      ({ held, ...parts } = open());
      Object.assign(member, parts);
    },
    async dispose() {
      await shut();
      temp.dispose();
    },
  };
  return member;
}
