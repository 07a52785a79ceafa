import type { ChannelSharing, SharingChange } from "@ecolocal/core/api";
import type { Formatter, MessageValues } from "@ecolocal/messages";

const AUDIENCE: Readonly<Record<ChannelSharing["audience"], string>> = {
  none: "share.onlyUs",
  group: "share.group",
  public: "share.everyone",
};

/** Who gets the readings, in a word. */
export function audienceText(audience: ChannelSharing["audience"], texts: Formatter): string {
  return texts.message(`cli.${AUDIENCE[audience]}`);
}

/** A channel as people call it. */
export function channelTitle({ quantity, key, place, sensorName }: ChannelSharing): string {
  const name = key === "" ? quantity : `${quantity}/${key}`;
  const where = sensorName === "" ? place : sensorName;
  return where === "" ? name : `${name} (${where})`;
}

/** What a change of level does, one fact a line: what goes out, what was out already, and what becomes of that. */
export function changeLines(change: SharingChange, texts: Formatter): string[] {
  const { before, after, effect, alreadySent, deletion, willSend } = change;
  const say = (id: string, values?: MessageValues) => texts.message(`cli.${id}`, values);
  const title = channelTitle(before);
  if (effect === "unchanged") return [say("share.unchanged", { title })];
  const lines = [say("share.change", { title, before: levelText(before, texts), after: levelText(after, texts) })];
  if (willSend.days > 0) lines.push(`  ${say("share.willSend", { readings: willSend.readings, days: willSend.days })}`);
  if (after.audience !== "none" && willSend.days === 0) lines.push(`  ${say("share.fromToday")}`);
  if (alreadySent !== null) {
    const { readings, firstOn, lastOn } = alreadySent;
    lines.push(`  ${say("share.alreadySent", { readings, from: firstOn, to: lastOn })}`);
  }
  if (deletion === "done") lines.push(`  ${say("share.deleted")}`);
  if (deletion === "waiting") lines.push(`  ${say("share.willDelete")}`);
  return lines;
}

function levelText({ audience, resolution }: ChannelSharing, texts: Formatter): string {
  const who = audienceText(audience, texts);
  if (audience === "none") return who;
  const id = resolution === "raw" ? "share.everyReading" : "share.hourly";
  return texts.message(`cli.${id}`, { audience: who });
}
