import type { PortTraits } from "./port-identity.ts";

/** A port as the operating system shows it. */
export interface RawPort extends PortTraits {
  readonly path: string;
  /**
   * A name that stays when the port gets another number: of the adapter (`/dev/serial/by-id/…`) where its serial number
   * is one of a kind, else of the socket (`/dev/serial/by-path/…`).
   */
  readonly stablePath: string | null;
  readonly manufacturer: string | null;
  readonly product: string | null;
}

/** Finds the ports there are, without opening any. */
export interface PortLister {
  list(): Promise<RawPort[]>;
}
