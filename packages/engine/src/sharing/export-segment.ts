import type { SegmentFile, SegmentSummary } from "@ecolocal/core/api";
import type { SharedResolution } from "@ecolocal/core/community";
import { DAY_MS, dayToIso, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { type VerifiedSegment, verifySegment } from "@ecolocal/sync/client";
import { channelNotFound, type Store } from "../store/index.ts";
import { loadDeviceKey, type SyncClient } from "../sync/index.ts";
import { makeSegment } from "../sync/readings/make-segment.ts";
import { keyFingerprint } from "./signers.ts";

export interface SegmentExport {
  readonly channelId: string;
  /** `YYYY-MM-DD`, UTC. */
  readonly day: string;
  readonly resolution: SharedResolution;
}

/** Who a file is from that was made before its maker belonged to a group. */
const NO_GROUP = { groupId: "none", userId: "none", userName: "", deviceId: "none" };

/** One channel on one day as the very file that sharing sends, signed by this device; nothing is sent. */
export function exportSegment(
  { store, sync }: { readonly store: Store; readonly sync: SyncClient },
  { channelId, day: on, resolution }: SegmentExport,
): Result<SegmentFile, Failure> {
  const channel = store.channels.find(channelId);
  if (channel === null) return err(channelNotFound(channelId));
  const key = loadDeviceKey(store.db.dir);
  if (!key.ok) return key;
  const day = Math.floor(Date.parse(`${on}T00:00:00Z`) / DAY_MS);
  const author = sync.author() ?? { ...NO_GROUP, key: key.value };
  const place = { audience: "group", epoch: 1, seq: 1, day, revision: 1 } as const;
  const { data, readings } = makeSegment(store, channel, resolution, place, author);
  const verified = verifySegment(data);
  if (!verified.ok) return verified;
  if (readings === 0) return err(empty(channelId, on));
  const fileName = `${channel.quantity}-${on}-${channelId.slice(-6)}.ecolocal-segment`;
  return ok({ fileName, data, summary: summariseSegment(verified.value, data.byteLength) });
}

/** What a file says, once everything in it was checked. */
export function readSegmentFile(data: Uint8Array): Result<SegmentSummary, Failure> {
  const verified = verifySegment(data);
  return verified.ok ? ok(summariseSegment(verified.value, data.byteLength)) : verified;
}

function summariseSegment({ header, readings, sha256 }: VerifiedSegment, bytes: number): SegmentSummary {
  const { groupId, owner, channel, sensor, audience, resolution, day, epoch, seq, revision, madeAt } = header;
  const { userId, userName, deviceId, publicKey } = owner;
  const { id: channelId, quantity, key, place, exposure } = channel;
  return {
    groupId,
    owner: { userId, userName, deviceId, fingerprint: keyFingerprint(publicKey) },
    ...{ channelId, sensorName: sensor?.name ?? "", quantity, key, place, exposure, audience, resolution },
    day: dayToIso(day),
    ...{ epoch, seq, revision, readings: readings.at.length, madeAt, bytes, sha256 },
    firstAt: readings.at[0] ?? null,
    lastAt: readings.at.at(-1) ?? null,
  };
}

function empty(channelId: string, on: string): Failure<"SYNC_SEGMENT_EMPTY"> {
  const detail = `The channel has no readings on ${on} (UTC).`;
  return { code: "SYNC_SEGMENT_EMPTY", op: "share.exportSegment", subject: channelId, detail, retry: "after-change" };
}
