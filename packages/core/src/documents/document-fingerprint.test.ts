import fc from "fast-check";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { documentFingerprint } from "./index.ts";

type Step = readonly [peer: number, key: string, value: number | null];

const steps = fc.array(
  fc.tuple(fc.nat(2), fc.constantFrom("a", "b", "c"), fc.option(fc.nat(9))) as fc.Arbitrary<Step>,
  { maxLength: 40 },
);

it("is equal for documents that met in any order, and tells a lone deletion from none", () => {
  fc.assert(
    fc.property(steps, fc.boolean(), (history, reversed) => {
      const peers = [1001, 1002, 1003].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
      for (const [peer, key, value] of history) {
        const map = peers[peer]?.getMap("m");
        if (value === null) map?.delete(key);
        else map?.set(key, value);
      }
      const updates = peers.map((peer) => Y.encodeStateAsUpdate(peer));
      const [left, right] = [new Y.Doc(), new Y.Doc()];
      for (const update of updates) Y.applyUpdate(left, update);
      for (const update of reversed ? updates.toReversed() : updates) Y.applyUpdate(right, update);
      expect(documentFingerprint(right)).toEqual(documentFingerprint(left));

      left.getMap("m").set("x", 1);
      Y.applyUpdate(right, Y.encodeStateAsUpdate(left));
      left.getMap("m").delete("x");
      expect(Y.encodeStateVector(right)).toEqual(Y.encodeStateVector(left));
      expect(documentFingerprint(right)).not.toEqual(documentFingerprint(left));
    }),
  );
});
