import type { DocumentKey } from "@ecolocal/core/documents/store";

/**
 * How nodes tell each other that a document changed. Only the sequence number travels; the updates are read from the
 * store, so a lost or late message costs time, never data.
 */
export interface ChangeBus {
  publish(key: DocumentKey, seq: number): void;
  /** Registers the one listener of this process. */
  subscribe(listener: (key: DocumentKey, seq: number) => void): Promise<void>;
  close(): Promise<void>;
}

/** For a single node: nobody else needs to know. */
export function createLocalBus(): ChangeBus {
  return { publish: () => undefined, subscribe: async () => undefined, close: async () => undefined };
}
