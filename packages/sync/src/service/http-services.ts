import type { IncomingMessage } from "node:http";
import type { UpdateStore } from "@ecolocal/core/documents/store";
import type { SegmentServices } from "../segments/index.ts";
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
  /** Readings that members share; undefined where there is no store for them. */
  readonly segments: SegmentServices | undefined;
  /** Others may want to ask what is new. */
  announce(workspaceId: string): void;
  /** Whether somebody without a token may ask once more now. */
  mayAskPublicly(request: IncomingMessage): boolean;
  /** Further routes, for example of the accounts. */
  readonly routes: readonly JsonRoute[];
  /** Protocol versions and limits for clients to read. */
  readonly advertisement: Readonly<Record<string, unknown>>;
}
