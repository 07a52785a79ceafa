export { GroupHost, type GroupHostOptions } from "./group-host.ts";
export { createSharing, type HostRequest, type Sharing, type SharingContext } from "./sharing.ts";
