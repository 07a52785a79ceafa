import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as Y from "yjs";
import { inspectUpdate } from "./update-guard.ts";

function varUints(...numbers: number[]): Uint8Array {
  const bytes: number[] = [];
  for (let rest of numbers) {
    while (rest > 127) {
      bytes.push((rest % 128) | 0x80);
      rest = Math.floor(rest / 128);
    }
    bytes.push(rest);
  }
  return Uint8Array.from(bytes);
}

describe("foreign changes are looked at before they touch a document", () => {
  it("lets an ordinary change pass", () => {
    const doc = new Y.Doc();
    doc.getMap("tasks").set("a", new Y.Map([["name", "Buy filters"]]));
    expect(inspectUpdate(Y.encodeStateAsUpdate(doc)).ok).toBe(true);
    expect(inspectUpdate(Y.encodeStateAsUpdate(new Y.Doc())).ok).toBe(true);
  });

  it("refuses seven bytes that declare 33 million changes", () => {
    expect(inspectUpdate(varUints(1, 33_554_431, 1, 0))).toMatchObject({ error: { code: "DOCUMENT_UPDATE_INVALID" } });
  });

  it("refuses an impossible clock, an impossible number of writers, and nothing at all", () => {
    const clock = varUints(1, 1, 7, 0, 0, 2 ** 52, 0);
    for (const bytes of [clock, varUints(4_000_000, 1), new Uint8Array(0)]) {
      expect(inspectUpdate(bytes)).toMatchObject({ error: { code: "DOCUMENT_UPDATE_INVALID" } });
    }
  });

  it("refuses nested documents", () => {
    const doc = new Y.Doc();
    doc.getMap("tasks").set("a", new Y.Doc());
    expect(inspectUpdate(Y.encodeStateAsUpdate(doc))).toMatchObject({ error: { code: "DOCUMENT_UPDATE_INVALID" } });
  });

  it("refuses what is larger than allowed without reading it", () => {
    const limits = { maxBytes: 10, maxClients: 5 };
    expect(inspectUpdate(new Uint8Array(11), limits)).toMatchObject({ error: { code: "DOCUMENT_UPDATE_TOO_LARGE" } });
  });

  it("never throws on any bytes", () => {
    const doc = new Y.Doc();
    doc.getMap("a").set("k", { x: [1, "é", true, null] });
    doc.getText("t").insert(0, "hello", { bold: true });
    const base = Y.encodeStateAsUpdate(doc);
    const edit = fc.tuple(fc.nat(base.length - 1), fc.nat(255));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 6 }), (edits) => {
        const bytes = Uint8Array.from(base);
        for (const [at, value] of edits) bytes[at] = value;
        inspectUpdate(bytes);
      }),
      { numRuns: 2000 },
    );
    fc.assert(fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => void inspectUpdate(bytes)));
  });
});
