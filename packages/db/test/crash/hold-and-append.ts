/**
 * A process for crash tests: opens the workspace given as its first argument, says `held`, then changes one document
 * again and again and acknowledges each change on standard output after it returned.
 */
import { addTask, createProject, projectDocumentId } from "@ecolocal/core/documents";
import { createIdSource, createRandom } from "@ecolocal/core/shared";
import { createDocumentStore } from "../../src/documents/index.ts";
import { createProjector } from "../../src/projections/index.ts";
import { SAMPLE_PLAN } from "../../src/testing/index.ts";
import { openWorkspace } from "../../src/workspace/index.ts";

const [dir = "", projectId = "", seed = "1"] = process.argv.slice(2);
const clock = { now: () => Date.now() };
const random = createRandom(Number(seed));
const ids = createIdSource(clock, random);
const say = (line: string) => process.stdout.write(`${line}\n`);

const opened = openWorkspace(
  dir,
  { pid: process.pid, role: "agent", socketPath: "/run/test.sock", since: clock.now() },
  { appVersion: "0.0.0-test", clock },
);
if (!opened.ok) {
  say(`refused ${opened.error.code} ${"holder" in opened.error ? opened.error.holder?.pid : ""}`);
  process.exit(3);
}
const { db } = opened.value;
const store = createDocumentStore(db, {
  clock,
  ids,
  random,
  fileIdentity: db.fileIdentity,
  projector: createProjector(db),
});
if (!store.ok) process.exit(4);
const documents = store.value;
const id = projectDocumentId(projectId);
if (!documents.exists(id)) {
  const founding = { status: "planned", why: "", origin: null, createdAt: clock.now() } as const;
  documents.create(id, (doc) => createProject(doc, { ...SAMPLE_PLAN, tasks: [] }, founding, ids));
}
say("held");

const append = () => {
  const task = ids.next();
  const duration = { lo: 1, likely: 1, hi: 1 };
  const added = documents.change(id, (doc) =>
    addTask(doc, task, { name: task, durationDays: duration, hours: 1 }, clock.now()),
  );
  if (added.ok) say(`ack ${task}`);
  setImmediate(append);
};
append();
