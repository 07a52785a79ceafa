import type { ReactNode } from "react";
import css from "./chip.module.css";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";

export type Tone = "good" | "fair" | "warn" | "bad" | "severe" | "plain" | "info" | "demo";

interface ChipProps {
  readonly tone?: Tone;
  readonly icon?: IconName;
  /** The official colour of a scale, shown as a small outlined swatch beside the word. */
  readonly swatch?: string | null;
  readonly children: ReactNode;
}

/** A word with a colour and a picture: never colour alone. */
export function Chip({ tone = "plain", icon, swatch, children }: ChipProps) {
  return (
    <span className={classNames(css["chip"], css[tone])}>
      {swatch ? <span className={css["swatch"]} style={{ backgroundColor: swatch }} /> : null}
      {icon && !swatch ? <Icon name={icon} size={14} /> : null}
      {children}
    </span>
  );
}

export const TONE_ICONS: Readonly<Record<Tone, IconName>> = {
  good: "done",
  fair: "info",
  warn: "alert",
  bad: "alert",
  severe: "shield",
  plain: "steady",
  info: "info",
  demo: "leaf",
};
