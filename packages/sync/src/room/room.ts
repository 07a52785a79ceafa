import { createHash } from "node:crypto";
import type { Author, DocumentKey, UpdateStore } from "@ecolocal/core/documents/store";
import { type Clock, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { readPresence, type SyncLimits } from "../guard/index.ts";
import {
  CLOSE,
  type ClientMessage,
  type CloseCode,
  encodeAwareness,
  encodeDurableAck,
  encodeNotice,
  encodeStep1,
  encodeStep2,
  encodeUpdate,
} from "../protocol/index.ts";
import type { GroupCommit } from "../store/index.ts";
import { type Acknowledgements, createAcknowledgements } from "./acknowledgements.ts";
import type { RoomConnection } from "./connection.ts";
import { type ApplyRejection, createRoomContent, type RoomContent } from "./content.ts";
import { createPresence, type Presence } from "./presence.ts";
import { SequenceTracker } from "./sequence.ts";
import { nextRoomState, type RoomEvent, type RoomState } from "./state.ts";
import { RoomWriter } from "./writer.ts";

export type RoomFailure = Failure<"SYNC_ROOM_UNAVAILABLE" | "SYNC_ROOM_FULL">;

export type RoomRejection = ApplyRejection | "presence" | "read-only";

export interface RoomServices {
  readonly store: UpdateStore;
  readonly commit: GroupCommit;
  readonly clock: Clock;
  readonly limits: SyncLimits;
  /** `strict` shows a change to others only once it is durable; `fast` at once (the author still waits for the ack). */
  readonly durability: "fast" | "strict";
  readonly retryDelayMs: number;
  onStored?(key: DocumentKey, seq: number): void;
  /** A peer here changed its presence: other nodes want to know. */
  onPresence?(key: DocumentKey, body: Uint8Array): void;
  onRejected?(reason: RoomRejection): void;
  /** The last peer left and everything is durable. */
  onIdle?(room: Room): void;
}

interface Peer {
  readonly connection: RoomConnection;
  readonly acks: Acknowledgements;
}

const CLOSE_FOR: Readonly<Record<ApplyRejection, CloseCode>> = {
  "too-large": CLOSE.tooLarge,
  "document-full": CLOSE.tooLarge,
  "too-many-clients": CLOSE.malformed,
  "clock-out-of-range": CLOSE.malformed,
  "pending-too-large": CLOSE.malformed,
  malformed: CLOSE.malformed,
};

/** A document that people have open, its peers, and the way of its changes to the store. */
export class Room {
  readonly key: DocumentKey;
  /** Resolves when peers may be admitted, or with the reason why not. */
  readonly ready: Promise<Result<true, RoomFailure>>;
  readonly #services: RoomServices;
  readonly #peers = new Map<number, Peer>();
  readonly #presence: Presence = createPresence();
  readonly #writer: RoomWriter;
  #state: RoomState = "loading";
  #content: RoomContent;
  #known = new SequenceTracker(0);
  #epoch = 0;

  /** Opens the room; loading starts at once. */
  constructor(key: DocumentKey, services: RoomServices) {
    this.key = key;
    this.#services = services;
    this.#content = createRoomContent([], services.limits);
    this.#writer = new RoomWriter(key, services.commit, services.clock, services.retryDelayMs, {
      onStarted: () => this.#move("store-started"),
      onFailed: () => this.#move("store-failed"),
      onStored: (seq) => {
        this.#known.add(seq);
        services.onStored?.(key, seq);
      },
      onAllStored: () => {
        this.#move("all-stored");
        this.#announceIdle();
      },
    });
    this.ready = this.#load();
  }

  get state(): RoomState {
    return this.#state;
  }

  /** Rises when a restore must not be undone by peers that hold the newer past. */
  get epoch(): number {
    return this.#epoch;
  }

  get connections(): number {
    return this.#peers.size;
  }

  /** Bytes of the document as stored. */
  get byteLength(): number {
    return this.#content.byteLength;
  }

  /** Admits a peer and greets it with what we have. */
  join(connection: RoomConnection): Result<true, RoomFailure> {
    if (this.#state === "loading" || this.#state === "failed" || this.#state === "gone") {
      return this.#refuse("SYNC_ROOM_UNAVAILABLE", `the room is ${this.#state}`);
    }
    if (this.#peers.size >= this.#services.limits.connectionsPerDocument) {
      return this.#refuse("SYNC_ROOM_FULL", `${this.#peers.size} are connected`);
    }
    this.#move("joined");
    const acks = createAcknowledgements((count, seq) => {
      if (connection.extended) connection.send(encodeDurableAck(count, seq));
    });
    this.#peers.set(connection.id, { connection, acks });
    connection.send(encodeStep1(this.#content.stateVector()));
    this.#sendPresence(connection);
    return ok(true);
  }

  receive(connection: RoomConnection, message: ClientMessage): void {
    const peer = this.#peers.get(connection.id);
    if (peer === undefined) return;
    switch (message.kind) {
      case "step1":
        this.#answerStep1(connection, message.stateVector);
        return;
      case "update":
        this.#receiveUpdate(peer, message.update);
        return;
      case "awareness":
        this.#receivePresence(peer, message.update);
        return;
      case "queryAwareness":
        this.#sendPresence(connection);
    }
  }

  leave(connection: RoomConnection): void {
    if (!this.#peers.delete(connection.id)) return;
    const gone = this.#presence.leave(connection.id);
    if (gone !== null) this.#spreadPresence(gone);
    this.#announceIdle();
  }

  /** Applies an update that came by another road than a socket; resolves when it is durable. */
  async submit(
    author: Author,
    update: Uint8Array,
  ): Promise<{ readonly seq: number } | { readonly rejected: ApplyRejection }> {
    const outcome = this.#content.apply(update);
    if ("rejected" in outcome) {
      this.#services.onRejected?.(outcome.rejected);
      return outcome;
    }
    const bytes = outcome.store;
    return await new Promise((resolve) => {
      if (bytes === null) this.#writer.afterAllStored(() => resolve({ seq: this.#known.contiguous }));
      else this.#persist({ ...author, id: null }, bytes, (seq) => resolve({ seq }));
    });
  }

  /** What a peer with `stateVector` lacks, and the sequence number it then knows; `null` for a malformed vector. */
  difference(stateVector: Uint8Array): { readonly update: Uint8Array; readonly seq: number } | null {
    const update = this.#content.diff(stateVector);
    return update === null ? null : { update, seq: this.#known.contiguous };
  }

  /** Whether a peer that hashes its document to `digest` (SHA-256 of the fingerprint) holds the same changes. */
  compare(digest: Uint8Array): { readonly same: boolean; readonly stateVector: Uint8Array; readonly seq: number } {
    const same = createHash("sha256").update(this.#content.fingerprint()).digest().equals(digest);
    return { same, stateVector: this.#content.stateVector(), seq: this.#known.contiguous };
  }

  /** Another node stored updates up to `seq`: fetches and passes on what is missing here. */
  async storedElsewhere(seq: number): Promise<void> {
    if (!this.#known.has(seq)) await this.#fetchNews();
  }

  async #fetchNews(): Promise<void> {
    if (this.#state === "loading" || this.#state === "failed" || this.#state === "gone") return;
    const news = await this.#services.store.since(this.key, this.#known.contiguous);
    if (!news.ok) return;
    for (const update of news.value) {
      if (!this.#known.add(update.seq)) continue;
      const outcome = this.#content.apply(update.data);
      if ("store" in outcome && outcome.store !== null) this.#broadcast(encodeUpdate(outcome.store), null);
    }
  }

  /** Someone's presence changed on another node. */
  presenceElsewhere(body: Uint8Array): void {
    const read = readPresence(body, this.#services.limits);
    if ("rejected" in read || read.presence === null) return;
    if (this.#presence.elsewhere(read.presence, this.#services.clock.now()))
      this.#broadcast(encodeAwareness(body), null);
  }

  /** Reads the store again from the last unbroken sequence number, after messages may have been missed. */
  async catchUp(): Promise<void> {
    await this.#fetchNews();
  }

  /** Everything the document holds, as one update with the sequence number it covers; `null` while changes are under way. */
  snapshot(): { readonly update: Uint8Array; readonly uptoSeq: number } | null {
    if (this.#state !== "live") return null;
    return { update: this.#content.encode(), uptoSeq: this.#known.contiguous };
  }

  /** Lets go of a room without peers; `false` when it is needed. */
  unload(): boolean {
    if (this.#peers.size > 0) return false;
    if (this.#state !== "failed") {
      if (this.#state !== "live") return false;
      this.#move("idle");
    }
    this.#move("unloaded");
    this.#content.destroy();
    return true;
  }

  /** Closes every peer, for a restart or a revoked document. */
  closeAll(code: CloseCode, reason: string): void {
    for (const { connection } of [...this.#peers.values()]) connection.close(code, reason);
  }

  /** The peers for which `test` holds. */
  peers(test: (connection: RoomConnection) => boolean): RoomConnection[] {
    return [...this.#peers.values()].map((peer) => peer.connection).filter(test);
  }

  async #load(): Promise<Result<true, RoomFailure>> {
    const loaded = await this.#services.store.load(this.key);
    if (!loaded.ok) {
      this.#move("load-failed");
      return this.#refuse("SYNC_ROOM_UNAVAILABLE", loaded.error.detail);
    }
    const { snapshot, snapshotSeq, updates, epoch } = loaded.value;
    this.#epoch = epoch;
    const bytes = updates.map((update) => update.data);
    this.#content = createRoomContent(snapshot === null ? bytes : [snapshot, ...bytes], this.#services.limits);
    this.#known = new SequenceTracker(updates.at(-1)?.seq ?? snapshotSeq);
    this.#move("loaded");
    return ok(true);
  }

  #answerStep1(connection: RoomConnection, stateVector: Uint8Array): void {
    const diff = this.#content.diff(stateVector);
    if (diff === null) connection.close(CLOSE.malformed, "state vector");
    else connection.send(encodeStep2(diff));
  }

  #receiveUpdate(peer: Peer, update: Uint8Array): void {
    const { connection } = peer;
    if (!connection.canWrite) {
      this.#services.onRejected?.("read-only");
      if (connection.extended) connection.send(encodeNotice({ kind: "read-only" }));
      return;
    }
    const outcome = this.#content.apply(update);
    if ("rejected" in outcome) {
      this.#services.onRejected?.(outcome.rejected);
      connection.close(CLOSE_FOR[outcome.rejected], outcome.rejected);
      return;
    }
    const acknowledge = peer.acks.expect();
    // An update that changes nothing repeats one that may still be on its way to the disk.
    if (outcome.store === null) this.#writer.afterAllStored(() => acknowledge(this.#known.contiguous));
    else this.#persist(connection, outcome.store, acknowledge);
  }

  #persist(from: Author & { readonly id: number | null }, bytes: Uint8Array, acknowledge: (seq: number) => void): void {
    const strict = this.#services.durability === "strict";
    const publish = (): void => this.#broadcast(encodeUpdate(bytes), from.id);
    if (!strict) publish();
    this.#writer.write({
      update: bytes,
      author: { userId: from.userId, deviceId: from.deviceId },
      stored(seq) {
        if (strict) publish();
        acknowledge(seq);
      },
    });
  }

  #receivePresence(peer: Peer, update: Uint8Array): void {
    const read = readPresence(update, this.#services.limits);
    if ("rejected" in read) {
      this.#services.onRejected?.("presence");
      return;
    }
    if (read.presence === null) return;
    const { id, userId } = peer.connection;
    const frame = this.#presence.update(id, userId, read.presence);
    if (frame === null) this.#services.onRejected?.("presence");
    else this.#spreadPresence(frame);
  }

  #spreadPresence(body: Uint8Array): void {
    this.#broadcast(encodeAwareness(body), null);
    this.#services.onPresence?.(this.key, body);
  }

  #sendPresence(connection: RoomConnection): void {
    const everyone = this.#presence.everyone(this.#services.clock.now());
    if (everyone !== null) connection.send(encodeAwareness(everyone));
  }

  #broadcast(frame: Uint8Array, except: number | null): void {
    for (const [id, peer] of this.#peers) if (id !== except) peer.connection.send(frame);
  }

  #announceIdle(): void {
    if (this.#peers.size === 0 && this.#state === "live") this.#services.onIdle?.(this);
  }

  #move(event: RoomEvent): void {
    this.#state = nextRoomState(this.#state, event);
  }

  #refuse(code: RoomFailure["code"], detail: string): Result<true, RoomFailure> {
    const subject = `${this.key.workspaceId}/${this.key.documentId}`;
    return err({ code, op: "open room", subject, detail, retry: "backoff" });
  }
}
