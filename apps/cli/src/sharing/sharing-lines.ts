import type { ChannelSharing, SharingChange } from "@ecolocal/core/api";

/** Who gets the readings, in a word. */
export const AUDIENCE: Readonly<Record<ChannelSharing["audience"], string>> = {
  none: "only us",
  group: "group",
  public: "everyone",
};

/** A channel as people call it. */
export function channelTitle({ quantity, key, place, sensorName }: ChannelSharing): string {
  const name = key === "" ? quantity : `${quantity}/${key}`;
  const where = sensorName === "" ? place : sensorName;
  return where === "" ? name : `${name} (${where})`;
}

/** What a change of level does, one fact a line: what goes out, what was out already, and what becomes of that. */
export function changeLines({ before, after, effect, alreadySent, deletion, willSend }: SharingChange): string[] {
  const title = channelTitle(before);
  if (effect === "unchanged") return [`${title}: nothing changes.`];
  const lines = [`${title}: ${levelText(before)} → ${levelText(after)}`];
  if (willSend.days > 0)
    lines.push(`  ${willSend.readings} readings of ${willSend.days} days go out, then what follows.`);
  if (after.audience !== "none" && willSend.days === 0) lines.push("  What is measured from today on goes out.");
  if (alreadySent !== null) {
    const { readings, firstOn, lastOn } = alreadySent;
    lines.push(`  ${readings} readings from ${firstOn} to ${lastOn} had been sent; whoever copied them keeps them.`);
  }
  if (deletion === "done")
    lines.push("  The server has deleted them; members' devices forget them when they next ask.");
  if (deletion === "waiting") lines.push("  The server will be asked to delete them.");
  return lines;
}

function levelText({ audience, resolution }: ChannelSharing): string {
  if (audience === "none") return AUDIENCE.none;
  return `${AUDIENCE[audience]}, ${resolution === "raw" ? "every reading" : "one value an hour"}`;
}
