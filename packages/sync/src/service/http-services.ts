import type { UpdateStore } from "@ecolocal/core/documents/store";
import type { Hub } from "./hub.ts";
import type { Gatekeeper } from "./identity.ts";
import type { JsonRoute } from "./json-routes.ts";

/** What answers HTTP requests. */
export interface HttpServices {
  readonly hub: Hub;
  readonly gatekeeper: Gatekeeper;
  readonly maxBodyBytes: number;
  readonly heads: UpdateStore["heads"];
  /** Whether the process should get traffic, and why not. */
  ready(): Promise<{ readonly ok: boolean; readonly detail: string }>;
  /** Further routes, for example of the accounts. */
  readonly routes: readonly JsonRoute[];
  /** Protocol versions and limits for clients to read. */
  readonly advertisement: Readonly<Record<string, unknown>>;
}
