import type { Ulid } from "@ecolocal/core/shared";

/** A stretch of a channel whose sealed block cannot be read; everything around it can. */
export interface DamagedWindow {
  readonly channelId: Ulid;
  readonly from: number;
  readonly to: number;
  readonly code: "READINGS_BLOCK_DAMAGED";
  readonly detail: string;
}

/** Remembers damaged blocks, telling the owner once about each. */
export interface DamageLog {
  report(blockId: number, window: DamagedWindow): void;
  all(): readonly DamagedWindow[];
  clear(blockId: number): void;
}

export function createDamageLog(onDamage?: (window: DamagedWindow) => void): DamageLog {
  const windows = new Map<number, DamagedWindow>();
  return {
    report(id, window) {
      if (!windows.has(id)) {
        windows.set(id, window);
        onDamage?.(window);
      }
    },
    all: () => [...windows.values()].sort((a, b) => a.from - b.from),
    clear: (id) => void windows.delete(id),
  };
}
