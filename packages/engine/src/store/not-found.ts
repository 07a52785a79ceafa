import type { Failure, Ulid } from "@ecolocal/core/shared";

export function channelNotFound(id: Ulid): Failure<"CHANNEL_NOT_FOUND"> {
  return {
    code: "CHANNEL_NOT_FOUND",
    op: "channel.find",
    subject: id,
    detail: "There is no channel with this id.",
    hint: "List the channels with: ecolocal status --json",
    retry: "never",
  };
}

export function zoneUnknown(timeZone: string): Failure<"WORKSPACE_ZONE_UNKNOWN"> {
  return {
    code: "WORKSPACE_ZONE_UNKNOWN",
    op: "workspace.configure",
    subject: timeZone,
    detail: `"${timeZone}" is not a time zone.`,
    hint: "Use an IANA name such as Europe/Berlin or UTC.",
    retry: "after-change",
  };
}
