import * as Y from "yjs";
import * as z from "zod";
import { type Instant, isUlid, type Ulid } from "../../shared/index.ts";
import { plainValue, sharedValue } from "../plain-value.ts";

const text = (max: number) => z.string().transform((value) => value.slice(0, max));
const instant = z.number().int().min(0).max(8.64e15);

/** A project as the workspace lists it, without loading the project's own document. */
export interface IndexedProject {
  readonly id: Ulid;
  readonly title: string;
  readonly status: string;
  readonly createdAt: Instant;
  readonly deletedAt: Instant | null;
}

/** What members may know about a sensor; its readings never travel this way. */
export interface RegisteredSensor {
  readonly id: Ulid;
  readonly name: string;
  readonly driverId: string;
  readonly place: string;
  readonly exposure: "indoor" | "outdoor" | "mobile" | "unknown";
  readonly quantities: readonly string[];
  readonly createdAt: Instant;
  readonly removedAt: Instant | null;
}

export interface WorkspaceDocument {
  readonly name: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /** Sorted by creation. */
  readonly projects: readonly IndexedProject[];
  readonly sensors: readonly RegisteredSensor[];
  readonly problems: readonly {
    readonly group: "projects" | "sensors";
    readonly itemId: string;
    readonly problem: string;
  }[];
}

const indexedProjectSchema: z.ZodType<IndexedProject> = z.object({
  id: z.string(),
  title: text(300),
  status: text(40),
  createdAt: instant,
  deletedAt: instant.nullable().default(null),
});

const registeredSensorSchema: z.ZodType<RegisteredSensor> = z.object({
  id: z.string(),
  name: text(300),
  driverId: text(60),
  place: text(300).default(""),
  exposure: z.enum(["indoor", "outdoor", "mobile", "unknown"]).default("unknown"),
  quantities: z.array(text(60)).max(200).default([]),
  createdAt: instant,
  removedAt: instant.nullable().default(null),
});

/** Reads the workspace's shared document; what does not fit is listed as a problem and left as it is. */
export function readWorkspaceDocument(doc: Y.Doc): WorkspaceDocument {
  const problems: WorkspaceDocument["problems"][number][] = [];
  const name = doc.getMap("workspace").get("name");
  const settings = plainValue(doc.getMap("settings"));
  return {
    name: typeof name === "string" ? name.slice(0, 300) : "",
    settings: isRecord(settings) ? settings : Object.create(null),
    projects: readItems(doc, "projects", indexedProjectSchema, problems),
    sensors: readItems(doc, "sensors", registeredSensorSchema, problems),
    problems,
  };
}

export function setWorkspaceName(doc: Y.Doc, name: string): void {
  doc.getMap("workspace").set("name", name);
}

export function setWorkspaceSetting(doc: Y.Doc, key: string, value: string | number | boolean | null): void {
  doc.getMap("settings").set(key, value);
}

/** Lists a new project; once, by the device that starts it. */
export function indexProject(doc: Y.Doc, project: IndexedProject): void {
  putItem(doc, "projects", project.id, project);
}

/** Changes the named fields of a listed project; tells whether it is listed. */
export function changeIndexedProject(
  doc: Y.Doc,
  id: Ulid,
  change: Partial<Pick<IndexedProject, "title" | "status" | "deletedAt">>,
): boolean {
  return changeItem(doc, "projects", id, change);
}

/** Makes a sensor known to members; once, by the device that owns it. */
export function registerSensor(doc: Y.Doc, sensor: RegisteredSensor): void {
  putItem(doc, "sensors", sensor.id, sensor);
}

export function changeRegisteredSensor(
  doc: Y.Doc,
  id: Ulid,
  change: Partial<Omit<RegisteredSensor, "id" | "createdAt">>,
): boolean {
  return changeItem(doc, "sensors", id, change);
}

type Group = "projects" | "sensors";

function putItem(doc: Y.Doc, group: Group, id: Ulid, fields: object): void {
  const entries = Object.entries(fields).filter(([key]) => key !== "id");
  doc.getMap(group).set(id, new Y.Map(entries.map(([key, value]) => [key, sharedValue(value)])));
}

function changeItem(doc: Y.Doc, group: Group, id: Ulid, change: object): boolean {
  const item = doc.getMap(group).get(id);
  if (!(item instanceof Y.Map)) return false;
  for (const [key, value] of Object.entries(change)) {
    if (value !== undefined) item.set(key, sharedValue(value));
  }
  return true;
}

function readItems<Item extends { readonly id: string; readonly createdAt: Instant }>(
  doc: Y.Doc,
  group: Group,
  schema: z.ZodType<Item>,
  problems: WorkspaceDocument["problems"][number][],
): Item[] {
  const found: Item[] = [];
  for (const [id, source] of doc.getMap(group).entries()) {
    const plain = isUlid(id) ? plainValue(source) : undefined;
    const parsed = isRecord(plain) ? schema.safeParse({ ...plain, id }) : null;
    if (parsed?.success) found.push(parsed.data);
    else {
      const problem = parsed?.error.issues[0]?.message ?? "not a set of fields under an id";
      problems.push({ group, itemId: id.slice(0, 120), problem });
    }
  }
  return found.sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
