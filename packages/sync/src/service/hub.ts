import type { DocumentKey } from "@ecolocal/core/documents/store";
import type { Result } from "@ecolocal/core/shared";
import { Room, type RoomFailure, type RoomServices } from "../room/index.ts";

/** How rooms are kept: how long one stays loaded without peers, and when its log is folded into a snapshot. */
export interface HubOptions {
  readonly unloadAfterMs: number;
  readonly compactAfterUpdates: number;
  readonly compactAfterBytes: number;
  onCompacted?(key: DocumentKey): void;
}

interface Tail {
  updates: number;
  bytesAtSnapshot: number;
}

/** All rooms of one process. */
export class Hub {
  readonly #rooms = new Map<string, Room>();
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();
  readonly #tails = new Map<string, Tail>();
  readonly #services: RoomServices;
  readonly #options: HubOptions;

  constructor(services: RoomServices, options: HubOptions) {
    this.#options = options;
    this.#services = {
      ...services,
      onStored: (key, seq) => {
        const tail = this.#tails.get(roomName(key));
        if (tail !== undefined) tail.updates += 1;
        services.onStored?.(key, seq);
      },
      onIdle: (room) => {
        services.onIdle?.(room);
        this.#scheduleUnload(room);
      },
    };
  }

  get size(): number {
    return this.#rooms.size;
  }

  get connections(): number {
    return [...this.#rooms.values()].reduce((sum, room) => sum + room.connections, 0);
  }

  /** The room of a document, loaded and ready to join. */
  async open(key: DocumentKey): Promise<Result<Room, RoomFailure>> {
    const name = roomName(key);
    let room = this.#rooms.get(name);
    if (room === undefined || room.state === "gone" || room.state === "failed") {
      room = new Room(key, this.#services);
      this.#rooms.set(name, room);
      this.#tails.set(name, { updates: 0, bytesAtSnapshot: 0 });
    }
    const ready = await room.ready;
    if (!ready.ok) {
      this.#forget(room);
      return ready;
    }
    // Someone may only fetch and never join: the timer lets go of the room unless peers are there by then.
    this.#scheduleUnload(room);
    return { ok: true, value: room };
  }

  /** A room that is open here, or `undefined`. */
  find(key: DocumentKey): Room | undefined {
    return this.#rooms.get(roomName(key));
  }

  rooms(): readonly Room[] {
    return [...this.#rooms.values()];
  }

  /** Folds the log of an idle room into a snapshot when it has grown; verified by the store's own sequence numbers. */
  async compact(room: Room): Promise<boolean> {
    const tail = this.#tails.get(roomName(room.key));
    const snapshot = room.snapshot();
    if (tail === undefined || snapshot === null) return false;
    const grown = snapshot.update.byteLength - tail.bytesAtSnapshot;
    if (tail.updates < this.#options.compactAfterUpdates && grown < this.#options.compactAfterBytes) return false;
    const result = await this.#services.store.compact(room.key, snapshot.uptoSeq, snapshot.update);
    if (!result.ok || !result.value) return false;
    tail.updates = 0;
    tail.bytesAtSnapshot = snapshot.update.byteLength;
    this.#options.onCompacted?.(room.key);
    return true;
  }

  /** Stops all timers; rooms stay as they are. */
  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  #scheduleUnload(room: Room): void {
    const name = roomName(room.key);
    clearTimeout(this.#timers.get(name));
    const timer = setTimeout(() => void this.#retire(room), this.#options.unloadAfterMs);
    timer.unref();
    this.#timers.set(name, timer);
  }

  async #retire(room: Room): Promise<void> {
    if (room.connections > 0) return;
    await this.compact(room);
    if (room.unload()) this.#forget(room);
  }

  #forget(room: Room): void {
    const name = roomName(room.key);
    if (this.#rooms.get(name) !== room) return;
    this.#rooms.delete(name);
    this.#tails.delete(name);
    clearTimeout(this.#timers.get(name));
    this.#timers.delete(name);
  }
}

/** One name for a document within this process. */
export function roomName(key: DocumentKey): string {
  return `${key.workspaceId}/${key.documentId}`;
}
