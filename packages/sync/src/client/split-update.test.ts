import { createRandom } from "@ecolocal/core/shared";
import fc from "fast-check";
import { expect, it } from "vitest";
import * as Y from "yjs";
import { splitUpdate } from "./index.ts";

/** A few people who write, delete and meet at random. */
function history(seed: number, steps: number): Y.Doc {
  const random = createRandom(seed);
  const peers = [1001, 1002, 1003, 1004].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
  const pick = (count: number): number => Math.floor(random() * count);
  for (let step = 0; step < steps; step++) {
    const peer = peers[pick(peers.length)] as Y.Doc;
    const text = peer.getText("t");
    const items = peer.getMap<Y.Map<string>>("items");
    switch (pick(5)) {
      case 0:
        text.insert(pick(text.length + 1), "word ".repeat(1 + pick(20)));
        break;
      case 1:
        if (text.length > 10) text.delete(pick(text.length - 9), 5);
        break;
      case 2:
        items.set(`i${step}`, new Y.Map<string>([["name", "x".repeat(pick(40))]]));
        break;
      case 3:
        [...items.values()].at(pick(Math.max(1, items.size)))?.set("note", `n${step}`);
        break;
      default:
        Y.applyUpdate(peer, Y.encodeStateAsUpdate(peers[pick(peers.length)] as Y.Doc, Y.encodeStateVector(peer)));
    }
  }
  const all = new Y.Doc();
  for (const peer of peers) Y.applyUpdate(all, Y.encodeStateAsUpdate(peer));
  return all;
}

it("cuts any history into pieces that apply one after the other without holding anything back", () => {
  fc.assert(
    fc.property(
      fc.nat(1e6),
      fc.integer({ min: 1, max: 120 }),
      fc.integer({ min: 40, max: 400 }),
      (seed, steps, max) => {
        const whole = history(seed, steps);
        const pieces = splitUpdate(Y.encodeStateAsUpdate(whole), max);
        const copy = new Y.Doc();
        for (const piece of pieces) {
          Y.applyUpdate(copy, piece);
          expect(copy.store.pendingStructs).toBeNull();
        }
        expect(Y.encodeSnapshot(Y.snapshot(copy))).toEqual(Y.encodeSnapshot(Y.snapshot(whole)));
        expect(copy.getText("t").toString()).toBe(whole.getText("t").toString());
      },
    ),
    { numRuns: 200 },
  );
});

it("keeps the pieces of a long history near the wanted size", () => {
  const pieces = splitUpdate(Y.encodeStateAsUpdate(history(7, 3000)), 4096);
  expect(pieces.length).toBeGreaterThan(5);
  for (const piece of pieces.slice(0, -1)) expect(piece.byteLength).toBeLessThan(2 * 4096);
});

it("leaves a difference that builds on what the receiver has cut the same way", () => {
  const whole = history(3, 200);
  const before = new Y.Doc();
  Y.applyUpdate(before, Y.encodeStateAsUpdate(history(3, 100)));
  const known = Y.encodeStateVector(before);
  for (const piece of splitUpdate(Y.encodeStateAsUpdate(whole, known), 300)) Y.applyUpdate(before, piece);
  expect(Y.encodeSnapshot(Y.snapshot(before))).toEqual(Y.encodeSnapshot(Y.snapshot(whole)));
});
