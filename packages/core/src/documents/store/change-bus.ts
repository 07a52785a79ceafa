import type { DocumentKey } from "./update-store.ts";

/** What a node hears from the others. */
export interface ChangeListener {
  /** A document has updates up to `seq` in the store. */
  onStored(key: DocumentKey, seq: number): void;
  /** Someone's presence changed; the body is one y-protocols awareness entry. */
  onPresence(key: DocumentKey, body: Uint8Array): void;
  /** Messages may have been missed: everything that is open must be read again. */
  onGap(): void;
}

/**
 * How nodes tell each other that a document changed. Only the sequence number travels; the updates are read from the
 * store, so a lost or late message costs time, never data.
 */
export interface ChangeBus {
  publishStored(key: DocumentKey, seq: number): void;
  publishPresence(key: DocumentKey, body: Uint8Array): void;
  /** Registers the one listener of this process. */
  subscribe(listener: ChangeListener): Promise<void>;
  close(): Promise<void>;
}
