import * as z from "zod";
import { ROLES } from "../../community/index.ts";
import { bytesSchema, failureSchema, instantSchema, nameSchema } from "./common.ts";

export const memberRoleSchema = z.enum(ROLES);
const documentIdSchema = z.string().regex(/^[a-z0-9~-]{1,128}$/, "not a document");
const accountIdSchema = z.string().regex(/^[a-z0-9-]{1,64}$/, "not an id");

/**
 * The five states of the sync indicator (product facts §3.6): on this computer only; up to date; sending; offline with
 * changes waiting; needs attention.
 */
export const syncStateSchema = z.enum(["local", "current", "sending", "offline", "attention"]);

export const personHereSchema = z.strictObject({
  userId: z.string(),
  name: z.string(),
  deviceName: z.string(),
  /** Documents that the person has open. */
  documentIds: z.array(z.string()),
  isMe: z.boolean(),
});

export const waitingDocumentSchema = z.strictObject({
  documentId: z.string(),
  title: z.string(),
  changes: z.number().int(),
  /** Why the server does not take them; null when they are only waiting. */
  refusedCode: z.string().nullable(),
});

export const syncStatusSchema = z.strictObject({
  state: syncStateSchema,
  paused: z.boolean(),
  /** Base address of the server; null while the workspace is on this computer only. */
  server: z.string().nullable(),
  groupId: z.string().nullable(),
  me: z
    .strictObject({
      userId: z.string(),
      name: z.string(),
      deviceId: z.string(),
      deviceName: z.string(),
      role: memberRoleSchema,
    })
    .nullable(),
  /** Own changes whose durable acknowledgement has not come. */
  waitingChanges: z.number().int(),
  waiting: z.array(waitingDocumentSchema),
  /** When everything was last exchanged. */
  lastSyncAt: instantSchema.nullable(),
  /** Why the last attempt failed; null when it did not. */
  failure: failureSchema.nullable(),
  nextAttemptAt: instantSchema.nullable(),
  /** Documents of the first exchange or a long catch-up: so many of so many. */
  progress: z.strictObject({ done: z.number().int(), total: z.number().int() }).nullable(),
  /** Members who are connected now, this device among them. */
  people: z.array(personHereSchema),
  /** How far this computer's clock is ahead of the server's, in ms; null while unknown. */
  clockAheadMs: z.number().nullable(),
});

export const syncReportSchema = z.strictObject({
  /** Documents that brought changes of others. */
  received: z.number().int(),
  /** Documents whose changes the server has confirmed. */
  sent: z.number().int(),
  /** Days of shared readings: own ones that the server has confirmed, others' that came. */
  readings: z.strictObject({ sent: z.number().int(), received: z.number().int() }),
  status: syncStatusSchema,
});

export const syncServerSchema = z.strictObject({ server: z.string().min(1).max(500) });

/** What a server says about itself, to whoever tests its address. */
export const serverTestSchema = z.strictObject({
  server: z.string(),
  encrypted: z.boolean(),
  protocol: z.strictObject({ min: z.number().int(), max: z.number().int() }),
  answeredInMs: z.number(),
});

export const invitationLinkSchema = z.strictObject({ link: z.string().min(1).max(2000) });

/** What an invitation offers, before anyone joins. */
export const invitationPreviewSchema = z.strictObject({
  server: z.string(),
  encrypted: z.boolean(),
  groupId: z.string(),
  groupName: z.string(),
  role: memberRoleSchema,
  label: z.string(),
  invitedBy: z.string(),
  expiresAt: instantSchema,
  usesLeft: z.number().int(),
});

export const syncJoinSchema = invitationLinkSchema.extend({
  userName: nameSchema.max(120),
  /** This computer, as others see it in the list of devices; its host name when absent. */
  deviceName: nameSchema.max(120).optional(),
});

export const doctorFindingSchema = z.strictObject({
  documentId: z.string(),
  title: z.string(),
  finding: z.enum(["same", "only-here", "only-there", "differs", "repaired", "unreadable"]),
  /** The failure code behind `unreadable`. */
  code: z.string().nullable(),
});

export const doctorReportSchema = z.strictObject({
  checkedAt: instantSchema,
  documents: z.array(doctorFindingSchema),
  /** The backup taken before the repair; null when nothing had to be repaired. */
  backup: z.string().nullable(),
  clockAheadMs: z.number().nullable(),
});

export const invitationRequestSchema = z.strictObject({
  role: memberRoleSchema.default("member"),
  label: z.string().trim().max(120).default(""),
  uses: z.number().int().min(1).max(500).default(1),
  validForDays: z.number().positive().max(90).default(7),
});

export const invitationSchema = z.strictObject({
  invitationId: z.string(),
  role: memberRoleSchema,
  label: z.string(),
  createdBy: z.string(),
  expiresAt: instantSchema,
  usesLeft: z.number().int(),
  revokedAt: instantSchema.nullable(),
});

/** The link is told once; the server keeps only a hash of its secret. */
export const newInvitationSchema = invitationSchema.extend({ link: z.string() });

export const memberSchema = z.strictObject({
  userId: z.string(),
  name: z.string(),
  role: memberRoleSchema,
  joinedAt: instantSchema,
  isMe: z.boolean(),
});

export const deviceSchema = z.strictObject({
  deviceId: z.string(),
  userId: z.string(),
  name: z.string(),
  addedAt: instantSchema,
  revokedAt: instantSchema.nullable(),
  isThis: z.boolean(),
});

export const byMemberSchema = z.strictObject({ userId: accountIdSchema });
export const byDeviceSchema = z.strictObject({ deviceId: accountIdSchema });
export const byInvitationSchema = z.strictObject({ invitationId: accountIdSchema });

export const presenceWatchSchema = z.strictObject({
  /** The document that is on the screen: it is exchanged live as long as the stream is open. */
  documentId: documentIdSchema,
});
export const presenceSchema = z.strictObject({ live: z.boolean(), people: z.array(personHereSchema) });

/** Hosting from this computer, for a meeting. */
export const shareHostSchema = z.strictObject({
  /** Your name, where the group begins with this; not needed later. */
  userName: nameSchema.max(120).optional(),
  deviceName: nameSchema.max(120).optional(),
  /** TCP port; the one used last, or any free one, when absent. */
  port: z.number().int().min(1).max(65_535).optional(),
});

export const shareStatusSchema = z.strictObject({
  hosting: z.boolean(),
  /** Addresses in the local network under which others reach this computer, the likeliest first. */
  addresses: z.array(z.string()),
  port: z.number().int().nullable(),
  /** Devices that are connected now, this one not counted. */
  connected: z.number().int(),
});

/** A whole `.ecolocal-patch` file. */
export const patchDataSchema = z.strictObject({ data: bytesSchema });

export const patchExportSchema = z.strictObject({
  /** Only these documents; all of them when absent. */
  documentIds: z.array(documentIdSchema).max(1000).optional(),
  /** Your name, where this workspace belongs to no group. */
  userName: nameSchema.max(120).optional(),
});

export const patchFileSchema = z.strictObject({
  fileName: z.string(),
  data: bytesSchema,
  documents: z.number().int(),
});

export const patchPreviewSchema = z.strictObject({
  groupId: z.string().nullable(),
  from: z.strictObject({ userName: z.string(), deviceName: z.string() }),
  madeAt: instantSchema,
  /** What is known of the key that signed it. Only `member` and `trusted` are imported without asking. */
  signer: z.enum(["member", "trusted", "guest", "revoked", "unknown"]),
  /** Of the signing key, to be compared with the sender's by voice. */
  fingerprint: z.string(),
  documents: z.array(
    z.strictObject({
      documentId: z.string(),
      title: z.string(),
      effect: z.enum(["new", "changes", "nothing", "refused"]),
    }),
  ),
});

export const patchReportSchema = z.strictObject({
  changed: z.number().int(),
  unchanged: z.number().int(),
  refused: z.array(z.strictObject({ documentId: z.string(), code: z.string() })),
  /** The backup made before; null when nothing was changed. */
  backup: z.string().nullable(),
});
