/** The part of the contract that gives readings to others: what of which channel, to whom, and how far that has got. */
import * as z from "zod";
import { call } from "./rpc/define.ts";
import { emptySchema } from "./schema/common.ts";
import {
  channelSharingSchema,
  segmentExportSchema,
  segmentFileSchema,
  sharingChangeSchema,
  sharingLevelSchema,
} from "./schema/sharing.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;

export const sharingContract = {
  /** Every own channel with its level; `none` where nothing was chosen. */
  "share.channels": call(emptySchema, z.array(channelSharingSchema)),
  /**
   * Changes who gets the readings of channels. A lower level stops further sending at once, and asks the server to
   * delete what it has; what members have fetched disappears there when their devices next ask.
   */
  "share.setLevel": call(sharingLevelSchema, z.array(sharingChangeSchema), [
    ...WRITES,
    "CHANNEL_NOT_FOUND",
    "SYNC_NOT_JOINED",
    "SYNC_ROLE_INSUFFICIENT",
    "SYNC_KEY_UNREADABLE",
  ]),
  /** One channel on one day as the signed file that is shared; needs no server and sends nothing. */
  "share.exportSegment": call(segmentExportSchema, segmentFileSchema, [
    "CHANNEL_NOT_FOUND",
    "SYNC_SEGMENT_EMPTY",
    "SYNC_KEY_UNREADABLE",
  ]),
} as const;
