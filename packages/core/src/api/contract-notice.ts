/** The part of the contract that tells people what they should know without having asked. */
import * as z from "zod";
import { call, stream } from "./rpc/define.ts";
import { emptySchema, ulidSchema } from "./schema/common.ts";
import { noticeListQuerySchema, noticeSchema, noticeSettingsSchema, noticeStateSchema } from "./schema/notice.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;

export const noticeContract = {
  /** Newest first. */
  "notice.list": call(noticeListQuerySchema, z.array(noticeSchema)),
  /** The state at once, then whenever it changes; `notify` takes desktop notifications that are due. */
  "notice.watch": stream(z.strictObject({ notify: z.boolean().default(false) }), noticeStateSchema),
  /** Marks some notices, or all, as read or as unread; answers with those that changed, so that it can be undone. */
  "notice.markRead": call(
    z.strictObject({ ids: z.array(ulidSchema).max(1000).optional(), read: z.boolean().default(true) }),
    z.strictObject({ changed: z.array(ulidSchema) }),
    [...WRITES],
  ),
  "notice.settings": call(emptySchema, noticeSettingsSchema),
  "notice.configure": call(noticeSettingsSchema.partial(), noticeSettingsSchema, [...WRITES]),
} as const;
