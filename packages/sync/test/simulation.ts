import type { UpdateStore } from "@ecolocal/core/documents/store";
import type { Random } from "@ecolocal/core/shared";
import * as decoding from "lib0/decoding";
import * as Y from "yjs";
import { DEFAULT_LIMITS } from "../src/guard/index.ts";
import { decodeClientMessage, encodeStep1, encodeUpdate } from "../src/protocol/index.ts";
import { Room, type RoomConnection } from "../src/room/index.ts";
import { createGroupCommit } from "../src/store/index.ts";

export const KEY = { workspaceId: "w1", documentId: "project~sim" };

/** A server process that can be killed: what its group commit has not handed to the store is gone. */
export class SimulatedServer {
  readonly room: Room;
  #alive = true;

  constructor(store: UpdateStore) {
    const guarded: UpdateStore = {
      ...store,
      append: async (batch) => {
        if (!this.#alive) return await new Promise(() => undefined);
        return await store.append(batch);
      },
    };
    const commit = createGroupCommit(guarded, { maxDelayMs: 0, maxBatch: 20 });
    this.room = new Room(KEY, {
      store: guarded,
      commit,
      clock: { now: () => 0 },
      limits: DEFAULT_LIMITS,
      durability: "fast",
      retryDelayMs: 1,
    });
  }

  get alive(): boolean {
    return this.#alive;
  }

  kill(): void {
    this.#alive = false;
    this.room.closeAll(1012, "killed");
  }
}

interface Link {
  readonly server: SimulatedServer;
  readonly connection: RoomConnection;
  /** Frames on their way to the server; the network may repeat or swap neighbours. */
  readonly outgoing: Uint8Array[];
  /** Edits named by the updates that this link sent, in order, for the acknowledgements. */
  readonly sent: string[][];
}

let connectionIds = 1;

/** A person's device: edits offline and online, loses its link, repeats itself. */
export class SimulatedPeer {
  readonly name: string;
  readonly doc = new Y.Doc();
  readonly acknowledged = new Set<string>();
  #link: Link | null = null;
  #edits = 0;
  #unsent: string[] = [];

  constructor(name: string, clientId: number) {
    this.name = name;
    this.doc.clientID = clientId;
    this.doc.on("update", (update: Uint8Array, origin: unknown) => {
      if (origin !== "network" && this.#link !== null) this.#send(update);
    });
  }

  get connected(): boolean {
    return this.#link !== null;
  }

  edit(random: Random): void {
    this.#edits += 1;
    const name = `${this.name}${this.#edits}`;
    this.#unsent.push(name);
    this.doc.transact(() => {
      this.doc.getMap("edits").set(name, true);
      const text = this.doc.getText("text");
      const at = Math.floor(random() * (text.length + 1));
      if (random() < 0.7 || text.length < 4) text.insert(at, name);
      else text.delete(Math.min(at, text.length - 2), 2);
      if (random() < 0.3) this.doc.getMap("shared").set(`k${Math.floor(random() * 4)}`, name);
    });
  }

  connect(server: SimulatedServer): void {
    if (this.#link !== null || !server.alive) return;
    const link: Link = {
      server,
      outgoing: [],
      sent: [],
      connection: {
        id: connectionIds++,
        userId: this.name,
        deviceId: this.name,
        canWrite: true,
        extended: true,
        send: (frame) => {
          if (this.#link === link) this.#receive(frame);
        },
        close: () => this.disconnect(),
      },
    };
    this.#link = link;
    if (!server.room.join(link.connection).ok) {
      this.#link = null;
      return;
    }
    link.outgoing.push(encodeStep1(Y.encodeStateVector(this.doc)));
  }

  disconnect(): void {
    const link = this.#link;
    this.#link = null;
    link?.server.room.leave(link.connection);
  }

  /** Delivers some of what is on its way, as a bad network would. */
  deliver(random: Random, faults: boolean): boolean {
    const link = this.#link;
    if (link === null || link.outgoing.length === 0) return false;
    if (faults && random() < 0.1 && link.outgoing[0] !== undefined) this.#feed(link, link.outgoing[0]);
    if (faults && random() < 0.15) link.outgoing.push(...link.outgoing.splice(0, 1));
    const frame = link.outgoing.shift();
    if (frame !== undefined) this.#feed(link, frame);
    return true;
  }

  #feed(link: Link, frame: Uint8Array): void {
    const message = decodeClientMessage(frame);
    if (message === null || !link.server.alive) return;
    // A repeated frame counts as another update message for the acknowledgements.
    if (message.kind === "update") link.sent.push(namesIn(message.update));
    link.server.room.receive(link.connection, message);
  }

  #send(update: Uint8Array): void {
    this.#link?.outgoing.push(encodeUpdate(update));
    this.#unsent = [];
  }

  #receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame);
    const type = decoding.readVarUint(decoder);
    if (type === 110) this.#acknowledge(decoding.readVarUint(decoder));
    if (type !== 0) return;
    const step = decoding.readVarUint(decoder);
    const body = decoding.readVarUint8Array(decoder);
    if (step === 0) this.#send(Y.encodeStateAsUpdate(this.doc, body));
    else Y.applyUpdate(this.doc, body, "network");
  }

  #acknowledge(count: number): void {
    for (const names of this.#link?.sent.slice(0, count) ?? []) for (const name of names) this.acknowledged.add(name);
  }
}

function namesIn(update: Uint8Array): string[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) =>
    "parentSub" in struct && typeof struct.parentSub === "string" && (struct.parent as unknown) === "edits"
      ? [struct.parentSub]
      : [],
  );
}
