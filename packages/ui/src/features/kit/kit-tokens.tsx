import { Card, Chip, TONE_ICONS, type Tone } from "../../kit/index.ts";
import css from "./kit.module.css";

const GROUNDS = [
  "bg",
  "surface",
  "raised",
  "hover",
  "tint",
  "line",
  "border",
  "text",
  "muted",
  "primary",
  "info",
  "warn",
  "danger",
  "focus",
];
const SERIES = Array.from({ length: 8 }, (_, index) => `series-${index + 1}`);
const TONES: readonly Tone[] = ["good", "fair", "warn", "bad", "severe", "plain", "info", "demo"];

/** Colours by token name, tones with their icons. */
export function KitTokens() {
  return (
    <Card>
      <ul className={css["swatches"]}>
        {[...GROUNDS, ...SERIES].map((token) => (
          <li key={token}>
            <span style={{ backgroundColor: `var(--${token})` }} />
            <code>{token}</code>
          </li>
        ))}
      </ul>
      <div className={css["row"]}>
        {TONES.map((tone) => (
          <Chip key={tone} tone={tone} icon={TONE_ICONS[tone]}>
            {tone}
          </Chip>
        ))}
      </div>
    </Card>
  );
}
