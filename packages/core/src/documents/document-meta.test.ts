import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import {
  changeIndexedProject,
  changeRegisteredSensor,
  documentAccess,
  documentSeed,
  forgesSeed,
  indexProject,
  isDocumentId,
  migrateDocument,
  parseDocumentId,
  projectDocumentId,
  readDocumentMeta,
  readWorkspaceDocument,
  registerSensor,
  setWorkspaceName,
  setWorkspaceSetting,
} from "./index.ts";

const ID = "01hzzzzzzzzzzzzzzzzzzzzzzz";

describe("names of documents", () => {
  it("say what kind of document it is", () => {
    expect(parseDocumentId("ws")).toEqual({ kind: "ws", key: "" });
    expect(parseDocumentId(projectDocumentId(ID))).toEqual({ kind: "project", key: ID });
    expect(parseDocumentId("thread~t1~2026-q1")).toBeNull();
    expect(parseDocumentId("project~x")).toBeNull();
  });

  it("are made of a few harmless characters", () => {
    expect(["ws", "thread~t1~2026-q1"].every(isDocumentId)).toBe(true);
    expect(["", "WS", "a/b", "~a", "a~", "a b", "x".repeat(200)].some(isDocumentId)).toBe(false);
  });
});

describe("the shape of a document", () => {
  it("decides whether this program may write, read, or neither", () => {
    const doc = new Y.Doc();
    expect(documentAccess(doc, "project")).toBe("write");
    Y.applyUpdate(doc, documentSeed("project"));
    expect(documentAccess(doc, "project")).toBe("write");
    doc.getMap("meta").set("minWriter", 2);
    expect(documentAccess(doc, "project")).toBe("read");
    doc.getMap("meta").set("minReader", 2);
    expect(documentAccess(doc, "project")).toBe("none");
    doc.getMap("meta").set("minReader", "nonsense");
    expect(readDocumentMeta(doc).minReader).toBe(1);
  });

  it("moves on step by step, once", () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, documentSeed("project"));
    const step = (to: number) => ({
      kind: "project" as const,
      to,
      minReader: 1,
      minWriter: to,
      fill: (target: Y.Doc) => target.getMap("project").set(`shape${to}`, true),
    });
    const steps = [step(3), step(2), { ...step(2), kind: "ws" as const }];
    expect(migrateDocument(doc, "project", steps)).toBe(true);
    expect(readDocumentMeta(doc)).toEqual({ schema: 3, minReader: 1, minWriter: 3 });
    expect(migrateDocument(doc, "project", steps)).toBe(false);
    expect(migrateDocument(doc, "project")).toBe(false);
  });
});

describe("the seed of a document", () => {
  it("cannot be continued by anybody", () => {
    const doc = new Y.Doc();
    Y.applyUpdate(doc, documentSeed("project"));
    expect(forgesSeed(Y.encodeStateAsUpdate(doc))).toBe(false);
    doc.clientID = 2;
    doc.getMap("meta").set("minReader", 99);
    expect(forgesSeed(Y.encodeStateAsUpdate(doc))).toBe(true);
  });
});

describe("the workspace document", () => {
  it("lists projects and sensors and keeps what it does not understand", () => {
    const doc = new Y.Doc();
    setWorkspaceName(doc, "Hafenstraße");
    setWorkspaceSetting(doc, "currency", "EUR");
    indexProject(doc, { id: ID, title: "Fans", status: "planned", createdAt: 5, deletedAt: null });
    registerSensor(doc, {
      id: ID,
      name: "Kitchen",
      driverId: "sds011",
      place: "",
      exposure: "indoor",
      quantities: ["pm25"],
      createdAt: 6,
      removedAt: null,
    });
    expect(changeIndexedProject(doc, ID, { status: "active" })).toBe(true);
    expect(changeRegisteredSensor(doc, ID, { quantities: ["pm25", "pm10"] })).toBe(true);
    expect(changeIndexedProject(doc, "01hzzzzzzzzzzzzzzzzzzzzzz0", { status: "active" })).toBe(false);
    doc.getMap("sensors").set("junk", true);
    const read = readWorkspaceDocument(doc);
    expect(read.name).toBe("Hafenstraße");
    expect(read.settings["currency"]).toBe("EUR");
    expect(read.projects).toEqual([{ id: ID, title: "Fans", status: "active", createdAt: 5, deletedAt: null }]);
    expect(read.sensors[0]?.quantities).toEqual(["pm25", "pm10"]);
    expect(read.problems).toEqual([{ group: "sensors", itemId: "junk", problem: "not a set of fields under an id" }]);
  });
});
