import type { TextTools } from "../../../text/index.ts";

export const YEAR_DAYS = 365.25;

/** How long readings are kept, in words: `3 years`, `500 days`, `For ever`. */
export function keepLabel(days: number | null, { t }: Pick<TextTools, "t">): string {
  if (days === null) return t("storage.forever");
  const years = Math.floor(days / YEAR_DAYS);
  return Math.ceil(years * YEAR_DAYS) === days ? t("storage.years", { years }) : t("storage.days", { days });
}
