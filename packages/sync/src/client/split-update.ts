/**
 * Cuts a large Yjs V1 update into smaller ones that can be applied one after the other, so that a long history passes
 * proxies with small limits and a lost connection costs one piece. Each piece is whole in itself: whatever it builds on
 * is in it, in an earlier one, or known to the receiver, who therefore never has to hold anything back.
 *
 * Source: yjs 13.6.33, src/utils/updates.js and src/structs/Item.js (`getMissing`: origins and parent).
 */
import * as encoding from "lib0/encoding";
import * as Y from "yjs";

type Decoded = ReturnType<typeof Y.decodeUpdate>;
type Struct = Decoded["structs"][number];

/** Pieces of about `maxBytes`, in the order in which they must be applied; a single larger change stays whole. */
export function splitUpdate(update: Uint8Array, maxBytes: number): Uint8Array[] {
  if (update.byteLength <= maxBytes) return [update];
  const { structs, ds } = Y.decodeUpdate(update);
  const pieces: Uint8Array[] = [];
  let piece = createPiece();
  for (const struct of inCausalOrder(structs)) {
    piece.add(struct);
    if (piece.size() < maxBytes) continue;
    pieces.push(piece.finish(null));
    piece = createPiece();
  }
  pieces.push(piece.finish(ds));
  return pieces;
}

function createPiece() {
  const byClient = new Map<number, Struct[]>();
  const measure = new Y.UpdateEncoderV1();
  return {
    add(struct: Struct): void {
      const own = byClient.get(struct.id.client);
      if (own === undefined) byClient.set(struct.id.client, [struct]);
      else own.push(struct);
      struct.write(measure, 0);
    },
    size: (): number => encoding.length(measure.restEncoder),
    finish(deletions: Decoded["ds"] | null): Uint8Array {
      const encoder = new Y.UpdateEncoderV1();
      encoding.writeVarUint(encoder.restEncoder, byClient.size);
      for (const [client, structs] of [...byClient].sort(([a], [b]) => b - a)) {
        encoding.writeVarUint(encoder.restEncoder, structs.length);
        encoder.writeClient(client);
        encoding.writeVarUint(encoder.restEncoder, structs[0]?.id.clock ?? 0);
        for (const struct of structs) struct.write(encoder, 0);
      }
      writeDeletions(encoder, deletions);
      return encoder.toUint8Array();
    },
  };
}

function writeDeletions(encoder: Y.UpdateEncoderV1, deletions: Decoded["ds"] | null): void {
  const clients = [...(deletions?.clients ?? [])].sort(([a], [b]) => b - a);
  encoding.writeVarUint(encoder.restEncoder, clients.length);
  for (const [client, ranges] of clients) {
    encoder.resetDsCurVal();
    encoding.writeVarUint(encoder.restEncoder, client);
    encoding.writeVarUint(encoder.restEncoder, ranges.length);
    for (const { clock, len } of ranges) {
      encoder.writeDsClock(clock);
      encoder.writeDsLen(len);
    }
  }
}

interface Queue {
  readonly structs: readonly Struct[];
  next: number;
}

/** The structs so that each comes after everything it refers to. */
function* inCausalOrder(structs: readonly Struct[]): Generator<Struct> {
  const queues = new Map<number, Queue>();
  for (const [client, own] of Map.groupBy(structs, (struct) => struct.id.client)) {
    queues.set(client, { structs: own, next: 0 });
  }
  for (const first of queues.keys()) yield* finish(first, queues);
}

/** All structs of one writer, each after what it needs of the others. */
function* finish(first: number, queues: ReadonlyMap<number, Queue>): Generator<Struct> {
  const stack = [first];
  for (let client = stack.at(-1); client !== undefined; client = stack.at(-1)) {
    const queue = queues.get(client);
    const struct = queue?.structs[queue.next];
    const missing = struct === undefined ? undefined : missingWriter(struct, queues);
    if (queue === undefined || struct === undefined) stack.pop();
    else if (missing !== undefined && !stack.includes(missing)) stack.push(missing);
    else {
      queue.next += 1;
      yield struct;
      // What needed this one may go on; finishing its writer first would only make longer detours.
      if (stack.length > 1) stack.pop();
    }
  }
}

/** The writer of something that `struct` refers to and that has not come yet. */
function missingWriter(struct: Struct, queues: ReadonlyMap<number, Queue>): number | undefined {
  return references(struct).find((id) => {
    const queue = queues.get(id.client);
    const head = queue?.structs[queue.next];
    return id.client !== struct.id.client && head !== undefined && id.clock >= head.id.clock;
  })?.client;
}

function references(struct: Struct): Y.ID[] {
  if (!(struct instanceof Y.Item)) return [];
  const ids = [struct.origin, struct.rightOrigin, struct.parent instanceof Y.ID ? struct.parent : null];
  return ids.filter((id) => id !== null);
}
