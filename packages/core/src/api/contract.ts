/**
 * The one contract between people's interfaces (app, browser, CLI) and the engine.
 *
 * The UI imports its types only (`import type`), so that zod stays in the engine. Names are `area.verb`;
 * a `watch`/`stream` procedure delivers values until it is cancelled.
 */
import * as z from "zod";
import { backupContract } from "./contract-backup.ts";
import { careContract } from "./contract-care.ts";
import { dataContract } from "./contract-data.ts";
import { noticeContract } from "./contract-notice.ts";
import { sharingContract } from "./contract-sharing.ts";
import { waysContract } from "./contract-ways.ts";
import { call, stream } from "./rpc/define.ts";
import { emptySchema, nameSchema, textSchema, ulidSchema } from "./schema/common.ts";
import {
  appendReportSchema,
  exportChunkSchema,
  exportQuerySchema,
  importBeginSchema,
  importBegunSchema,
  importChunkSchema,
  importProgressSchema,
  manualReadingSchema,
  parquetChunkSchema,
  parquetQuerySchema,
} from "./schema/data.ts";
import { judgementSchema } from "./schema/judgement.ts";
import { projectSchema, projectSummarySchema, taskSchema, taskStatusSchema } from "./schema/project.ts";
import {
  metricSchema,
  recommendationListQuerySchema,
  recommendationSchema,
  recommendationSummarySchema,
} from "./schema/recommendation.ts";
import {
  channelSchema,
  configuredSchema,
  driverSchema,
  liveReadingSchema,
  portSchema,
  previewEventSchema,
  sensorAddSchema,
  sensorConfigureSchema,
  sensorConnectionShape,
  sensorSchema,
  sensorUpdateSchema,
} from "./schema/sensor.ts";
import {
  byDeviceSchema,
  byInvitationSchema,
  byMemberSchema,
  deviceSchema,
  doctorReportSchema,
  invitationLinkSchema,
  invitationPreviewSchema,
  invitationRequestSchema,
  invitationSchema,
  memberRoleSchema,
  memberSchema,
  newInvitationSchema,
  patchDataSchema,
  patchExportSchema,
  patchFileSchema,
  patchPreviewSchema,
  patchReportSchema,
  presenceSchema,
  presenceWatchSchema,
  serverTestSchema,
  shareHostSchema,
  shareStatusSchema,
  syncJoinSchema,
  syncReportSchema,
  syncServerSchema,
  syncStatusSchema,
} from "./schema/sync.ts";
import {
  changeSchema,
  homeOverviewSchema,
  workspaceConfigureSchema,
  workspaceStatusSchema,
} from "./schema/workspace.ts";

const WRITES = ["STORAGE_FULL", "STORAGE_READ_ONLY", "STORAGE_FAILED"] as const;
const DOCUMENTS = ["DOCUMENT_NOT_FOUND", "DOCUMENT_NEWER", "DOCUMENT_DAMAGED"] as const;
const PORTS = [
  "SENSING_PORT_MISSING",
  "SENSING_PORT_DENIED",
  "SENSING_PORT_BUSY",
  "SENSING_PORT_SILENT",
  "SENSING_PORT_LOST",
  "SENSING_PORT_FAILED",
] as const;

/** What can go wrong whenever the server is asked. */
const SYNC = [
  "SYNC_SERVER_UNREACHABLE",
  "SYNC_SERVER_INVALID",
  "SYNC_SERVER_INSECURE",
  "SYNC_SERVER_NEWER",
  "SYNC_SERVER_OLDER",
  "SYNC_RATE_LIMITED",
  "SYNC_STORE_FAILED",
  "SYNC_STORE_FULL",
] as const;
const JOINED = [
  ...SYNC,
  "SYNC_NOT_JOINED",
  "SYNC_DEVICE_REVOKED",
  "SYNC_KEY_UNREADABLE",
  "SYNC_ROLE_INSUFFICIENT",
] as const;
const INVITED = [
  "SYNC_LINK_INVALID",
  "SYNC_INVITATION_UNKNOWN",
  "SYNC_INVITATION_EXPIRED",
  "SYNC_INVITATION_USED",
] as const;

const bySensor = z.strictObject({ sensorId: ulidSchema });
const byProject = z.strictObject({ projectId: ulidSchema });
const byRecommendation = z.strictObject({ id: z.string().min(1).max(120) });

export const contract = {
  "workspace.status": call(emptySchema, workspaceStatusSchema),
  "workspace.configure": call(workspaceConfigureSchema, workspaceStatusSchema, [...WRITES, "WORKSPACE_ZONE_UNKNOWN"]),
  /** First value at once (all topics), then one value per batch of changes, at most 5 a second. */
  "workspace.changes": stream(emptySchema, changeSchema),
  "demo.reset": call(emptySchema, workspaceStatusSchema, [...WRITES, "WORKSPACE_NOT_DEMO"]),
  "home.overview": call(emptySchema, homeOverviewSchema),

  "port.list": call(emptySchema, z.array(portSchema)),
  "driver.list": call(emptySchema, z.array(driverSchema)),
  ...waysContract,

  "sensor.list": call(emptySchema, z.array(sensorSchema)),
  "sensor.get": call(bySensor, sensorSchema, ["SENSOR_NOT_FOUND"]),
  "sensor.preview": stream(z.strictObject(sensorConnectionShape), previewEventSchema, [
    ...PORTS,
    "SENSING_PORT_TAKEN",
    "SENSING_DRIVER_UNKNOWN",
  ]),
  "sensor.add": call(sensorAddSchema, sensorSchema, [
    ...WRITES,
    "SENSING_DRIVER_UNKNOWN",
    "SENSING_PORT_TAKEN",
    "SENSING_MAPPING_INVALID",
  ]),
  "sensor.update": call(sensorUpdateSchema, sensorSchema, [
    ...WRITES,
    "SENSOR_NOT_FOUND",
    "SENSING_PORT_TAKEN",
    "SENSING_MAPPING_INVALID",
    "SENSING_CANNOT_REST",
  ]),
  /** Tells a CO2 sensor about its baseline; reading pauses for some seconds meanwhile. */
  "sensor.configure": call(sensorConfigureSchema, configuredSchema, [
    ...WRITES,
    ...PORTS,
    "SENSOR_NOT_FOUND",
    "SENSING_CANNOT_CONFIGURE",
    "SENSING_PORT_NOT_SERIAL",
    "SENSING_PORT_WRITE_FAILED",
    "SENSING_PORT_ENDED",
  ]),
  /** Stops reading; its readings stay. `sensor.restore` undoes it. */
  "sensor.remove": call(bySensor, sensorSchema, [...WRITES, "SENSOR_NOT_FOUND"]),
  "sensor.restore": call(bySensor, sensorSchema, [...WRITES, "SENSOR_NOT_FOUND", "SENSING_PORT_TAKEN"]),
  "sensor.retry": call(bySensor, sensorSchema, ["SENSOR_NOT_FOUND"]),
  /** Live values of one sensor, or of all. */
  "sensor.watch": stream(z.strictObject({ sensorId: ulidSchema.optional() }), liveReadingSchema, ["SENSOR_NOT_FOUND"]),

  "channel.list": call(emptySchema, z.array(channelSchema)),

  ...dataContract,
  "data.append": call(
    z.strictObject({ readings: z.array(manualReadingSchema).min(1).max(10_000) }),
    appendReportSchema,
    [...WRITES],
  ),
  "data.importBegin": call(importBeginSchema, importBegunSchema, [
    ...WRITES,
    "CHANNEL_NOT_FOUND",
    "IMPORT_COLUMNS_UNKNOWN",
  ]),
  "data.importChunk": call(importChunkSchema, importProgressSchema, [
    ...WRITES,
    "IMPORT_NOT_FOUND",
    "IMPORT_COLUMNS_UNKNOWN",
    "IMPORT_FORMAT_UNKNOWN",
    "IMPORT_LINE_TOO_LONG",
    "IMPORT_STOPPED",
  ]),
  ...careContract,
  ...backupContract,
  ...noticeContract,
  "data.export": stream(exportQuerySchema, exportChunkSchema, ["CHANNEL_NOT_FOUND"]),
  /** The same readings and columns as a Parquet file; its bytes, in order. */
  "data.exportParquet": stream(parquetQuerySchema, parquetChunkSchema, ["CHANNEL_NOT_FOUND"]),

  "judgement.list": call(
    emptySchema,
    z.array(z.strictObject({ channelId: ulidSchema, judgements: z.array(judgementSchema) })),
  ),

  "metric.list": call(emptySchema, z.array(metricSchema)),
  "metric.setManual": call(
    z.strictObject({ metricId: z.string().max(80), value: z.number().finite().nullable() }),
    metricSchema,
    [...WRITES, "METRIC_NOT_FOUND", "METRIC_VALUE_IMPLAUSIBLE"],
  ),

  "recommendation.list": call(recommendationListQuerySchema, z.array(recommendationSummarySchema)),
  "recommendation.get": call(
    byRecommendation.extend({
      /** Changed inputs, by assumption name: the impact is computed again with them. */
      assumptions: z
        .record(z.string(), z.strictObject({ lo: z.number(), likely: z.number(), hi: z.number() }))
        .optional(),
    }),
    recommendationSchema,
    ["RECOMMENDATION_NOT_FOUND"],
  ),
  "recommendation.accept": call(
    byRecommendation.extend({ title: nameSchema.optional(), units: z.number().positive().max(1e6).optional() }),
    projectSchema,
    [...WRITES, ...DOCUMENTS, "DOCUMENT_EXISTS", "PLANNING_DAY_INVALID", "RECOMMENDATION_NOT_FOUND"],
  ),
  "recommendation.dismiss": call(
    byRecommendation.extend({ kind: z.enum(["dismissed", "wrong"]).default("dismissed"), reason: textSchema }),
    recommendationSummarySchema,
    [...WRITES, "RECOMMENDATION_NOT_FOUND"],
  ),
  /** Takes a dismissal back. */
  "recommendation.reconsider": call(byRecommendation, recommendationSummarySchema, [
    ...WRITES,
    "RECOMMENDATION_NOT_FOUND",
  ]),

  "project.list": call(emptySchema, z.array(projectSummarySchema)),
  "project.get": call(byProject, projectSchema, [...DOCUMENTS, "PROJECT_NOT_FOUND"]),
  "project.setTaskStatus": call(
    byProject.extend({ taskId: ulidSchema, status: taskStatusSchema }),
    z.strictObject({ task: taskSchema, project: projectSummarySchema }),
    [...WRITES, ...DOCUMENTS, "PROJECT_NOT_FOUND", "TASK_NOT_FOUND"],
  ),
  "project.remove": call(byProject, projectSummarySchema, [...WRITES, ...DOCUMENTS, "PROJECT_NOT_FOUND"]),
  "project.restore": call(byProject, projectSummarySchema, [...WRITES, ...DOCUMENTS, "PROJECT_NOT_FOUND"]),

  /** Earlier versions of a project, newest first. */
  "history.list": call(byProject, z.array(z.strictObject({ at: z.number(), bytes: z.number().int() })), [
    "PROJECT_NOT_FOUND",
  ]),
  /** Goes back to a version, as new edits: others' work goes on, and the versions in between stay. */
  "history.restore": call(byProject.extend({ at: z.number() }), projectSummarySchema, [
    ...WRITES,
    "PROJECT_NOT_FOUND",
    "DOCUMENT_VERSION_NOT_FOUND",
  ]),

  "sync.status": call(emptySchema, syncStatusSchema),
  /** The status at once, then whenever it changes, at most five times a second. */
  "sync.watch": stream(emptySchema, syncStatusSchema),
  /** Exchanges everything now, also while sync is paused. */
  "sync.now": call(emptySchema, syncReportSchema, [...WRITES, ...JOINED]),
  "sync.pause": call(z.strictObject({ paused: z.boolean() }), syncStatusSchema, [...WRITES, "SYNC_NOT_JOINED"]),
  /** Asks an address whether a sync server answers there. */
  "sync.test": call(syncServerSchema, serverTestSchema, [...SYNC, "SYNC_LINK_INVALID"]),
  "sync.preview": call(invitationLinkSchema, invitationPreviewSchema, [...SYNC, ...INVITED]),
  "sync.join": call(syncJoinSchema, syncStatusSchema, [
    ...WRITES,
    ...SYNC,
    ...INVITED,
    "SYNC_ALREADY_JOINED",
    "SYNC_DEMO",
    "SYNC_KEY_UNREADABLE",
    "SYNC_TOKEN_REFUSED",
  ]),
  /** Ends the membership of this device; everything that is here stays here. */
  "sync.leave": call(emptySchema, syncStatusSchema, [...WRITES, "SYNC_NOT_JOINED", "SYNC_LAST_STEWARD"]),
  /** Compares every document with the server's, names those that differ, and with `repair` exchanges them in full. */
  "sync.doctor": call(z.strictObject({ repair: z.boolean().default(false) }), doctorReportSchema, [
    ...WRITES,
    ...JOINED,
  ]),
  "sync.invite": call(invitationRequestSchema, newInvitationSchema, [...JOINED]),
  /** Lets others in the local network exchange with this computer; founds a group where there is none. */
  "share.host": call(shareHostSchema, shareStatusSchema, [
    ...WRITES,
    ...SYNC,
    "SYNC_ALREADY_JOINED",
    "SYNC_DEMO",
    "SYNC_KEY_UNREADABLE",
    "SYNC_HOST_PORT_BUSY",
    "SYNC_HOST_NAME_MISSING",
  ]),
  "share.stop": call(emptySchema, shareStatusSchema),
  "share.status": call(emptySchema, shareStatusSchema),
  ...sharingContract,
  "presence.watch": stream(presenceWatchSchema, presenceSchema),

  /** Documents as one signed file, for a USB stick. */
  "patch.export": call(patchExportSchema, patchFileSchema, ["DOCUMENT_NOT_FOUND", "SYNC_KEY_UNREADABLE"]),
  "patch.preview": call(patchDataSchema, patchPreviewSchema, ["SYNC_PATCH_INVALID", "SYNC_PATCH_FOREIGN"]),
  /** With `trust`, the signing key is taken for good from now on. */
  "patch.import": call(patchDataSchema.extend({ trust: z.boolean().default(false) }), patchReportSchema, [
    ...WRITES,
    "SYNC_PATCH_INVALID",
    "SYNC_PATCH_FOREIGN",
    "SYNC_PATCH_UNTRUSTED",
    "SYNC_ROLE_INSUFFICIENT",
  ]),

  "invitation.list": call(emptySchema, z.array(invitationSchema), [...JOINED]),
  "invitation.revoke": call(byInvitationSchema, z.array(invitationSchema), [...JOINED, "SYNC_INVITATION_UNKNOWN"]),
  "member.list": call(emptySchema, z.array(memberSchema), [...JOINED]),
  "member.setRole": call(byMemberSchema.extend({ role: memberRoleSchema }), z.array(memberSchema), [
    ...JOINED,
    "SYNC_MEMBER_UNKNOWN",
    "SYNC_LAST_STEWARD",
  ]),
  "member.remove": call(byMemberSchema, z.array(memberSchema), [...JOINED, "SYNC_MEMBER_UNKNOWN", "SYNC_LAST_STEWARD"]),
  "device.list": call(emptySchema, z.array(deviceSchema), [...JOINED]),
  "device.revoke": call(byDeviceSchema, z.array(deviceSchema), [...JOINED, "SYNC_DEVICE_UNKNOWN"]),
} as const;

export type Contract = typeof contract;
