import type { TextTools } from "./text-context.ts";

interface NamedChannel {
  readonly quantity: string;
  readonly key: string;
}

/** What a channel measures, with its key where a sensor has several of one kind: "Electricity used (tariff 1)". */
export function channelName(
  { quantity, key }: NamedChannel,
  { t, formatter }: Pick<TextTools, "t" | "formatter">,
): string {
  const what = t(`quantity.${quantity}`);
  if (key === "") return what;
  const known = formatter.has(`channelKey.${key}`);
  return t("channel.withKey", { what, key: known ? t(`channelKey.${key}`) : key.replaceAll("_", " ") });
}
