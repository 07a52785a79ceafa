import { createHash, timingSafeEqual } from "node:crypto";
import { err, ok } from "@ecolocal/core/shared";
import type { Gatekeeper } from "./identity.ts";

/** For tests and strangers on loopback: one token, one workspace, everything allowed. */
export function createDevGatekeeper(token: string, workspaceId: string): Gatekeeper {
  const expected = digest(token);
  let devices = 0;
  return {
    async authenticate(offered) {
      if (!timingSafeEqual(digest(offered), expected)) {
        return err({
          code: "SYNC_TOKEN_REFUSED",
          op: "authenticate",
          subject: workspaceId,
          detail: "not the development token",
          retry: "never",
        });
      }
      devices += 1;
      return ok({ userId: "dev", deviceId: `dev-${devices}`, workspaceId, role: "steward" as const });
    },
    access: async (identity, key) => (identity.workspaceId === key.workspaceId ? "write" : "none"),
  };
}

function digest(token: string): Buffer {
  return createHash("sha256").update(token).digest();
}
