export { type ChannelSharings, createChannelSharings } from "./channel-sharing.ts";
export { readSegmentFile, type SegmentExport } from "./export-segment.ts";
export { GroupHost, type GroupHostOptions } from "./group-host.ts";
export { createPatches, type PatchContext, type PatchExport, type Patches } from "./patches.ts";
export { createSharing, type HostRequest, type Sharing, type SharingContext } from "./sharing.ts";
