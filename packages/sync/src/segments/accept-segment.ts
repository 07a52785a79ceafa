import type { AccountStore } from "@ecolocal/core/community";
import type { SegmentLimits, SegmentOutcome, SegmentStore } from "@ecolocal/core/series/segments";
import { type Clock, DAY_MS } from "@ecolocal/core/shared";
import type { Identity } from "../service/identity.ts";
import { verifySegment } from "./verify-segment.ts";

/** What the service needs to carry shared readings. */
export interface SegmentServices {
  readonly store: SegmentStore;
  readonly limits: SegmentLimits;
  readonly clock: Clock;
  /** The registered key of a device; null when it is unknown or revoked. */
  publicKeyOf(deviceId: string): Promise<string | null>;
}

/** The keys of devices, from the accounts. */
export function deviceKeys(accounts: AccountStore): SegmentServices["publicKeyOf"] {
  return async (deviceId) => {
    const found = await accounts.findDevice(deviceId);
    return found === null || found.device.revokedAt !== null ? null : found.device.publicKey;
  };
}

export type Acceptance =
  | SegmentOutcome
  | { readonly kind: "invalid"; readonly detail: string }
  | { readonly kind: "failed"; readonly code: string };

/** Judges a complete segment of a member and keeps it: his own, signed by the device that sends it, and in order. */
export async function acceptSegment(
  { store, limits, clock, publicKeyOf }: SegmentServices,
  identity: Identity,
  sha256: string,
  data: Uint8Array,
): Promise<Acceptance> {
  const verified = verifySegment(data);
  if (!verified.ok) return { kind: "invalid", detail: verified.error.detail };
  const { header } = verified.value;
  const { owner, channel, epoch, seq, day, audience } = header;
  if (verified.value.sha256 !== sha256) return invalid("It is not what its name says.");
  if (header.groupId !== identity.workspaceId) return invalid("It belongs to another group.");
  const isSender = owner.userId === identity.userId && owner.deviceId === identity.deviceId;
  if (!isSender || (await publicKeyOf(identity.deviceId)) !== owner.publicKey) {
    return invalid("It was not made by the device that sends it.");
  }
  if (day > Math.floor(clock.now() / DAY_MS) + 1) return invalid("Its day has not come yet.");
  const { workspaceId, userId, deviceId } = identity;
  const segment = {
    ...{ workspaceId, userId, deviceId, channelId: channel.id, audience },
    ...{ epoch, seq, day, sha256, bytes: data.byteLength, data },
  };
  const stored = await store.store(segment, limits, clock.now());
  return stored.ok ? stored.value : { kind: "failed", code: stored.error.code };
}

function invalid(detail: string): Acceptance {
  return { kind: "invalid", detail };
}
