import type { PortTraits } from "./port-identity.ts";

/** A port as the operating system shows it. */
export interface RawPort extends PortTraits {
  readonly path: string;
  /** A name of the port that does not change when it gets another number (`/dev/serial/by-id/…`). */
  readonly stablePath: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
}

/** Finds the ports there are, without opening any. */
export interface PortLister {
  list(): Promise<RawPort[]>;
}
