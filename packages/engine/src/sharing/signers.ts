import { createHash } from "node:crypto";
import type { PatchPreview } from "@ecolocal/core/api";
import type { Failure, Result } from "@ecolocal/core/shared";
import * as z from "zod";
import type { Store } from "../store/index.ts";
import type { RosterEntry } from "../sync/index.ts";

export type Signer = PatchPreview["signer"];

const TRUSTED_KEY = "sharing.trustedKeys";
const trustedSchema = z.array(z.string());

/** What is known about the keys that sign patches: the group's members as last heard, and keys trusted by hand. */
export interface Signers {
  judge(publicKey: string): Signer;
  trust(publicKey: string): Result<void, Failure>;
}

export function createSigners(store: Store, ownKey: string, roster: readonly RosterEntry[]): Signers {
  const trusted = (): string[] => trustedSchema.catch([]).parse(store.settings.get(TRUSTED_KEY));
  return {
    judge(publicKey) {
      if (publicKey === ownKey) return "member";
      const devices = roster.filter((entry) => entry.publicKey === publicKey);
      const active = devices.find(({ revoked }) => !revoked);
      if (active !== undefined) return active.role === "guest" ? "guest" : "member";
      // Whoever the group has sent away is not let in by an older trust.
      if (devices.length > 0) return "revoked";
      return trusted().includes(publicKey) ? "trusted" : "unknown";
    },
    trust: (publicKey) =>
      store.db.write("patch.trust", TRUSTED_KEY, () => {
        store.settings.set(TRUSTED_KEY, [...new Set([...trusted(), publicKey])]);
      }),
  };
}

/** A short form of a key to read to each other: sixteen hexadecimal digits of its SHA-256. */
export function keyFingerprint(publicKey: string): string {
  const digits = createHash("sha256").update(publicKey).digest("hex").slice(0, 16);
  return digits.replaceAll(/(.{4})(?=.)/g, "$1 ");
}
