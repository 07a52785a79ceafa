import { useText } from "../text/index.ts";
import { Icon, type IconName } from "./icon.tsx";
import css from "./verification.module.css";

export type Verification = "V" | "S" | "D" | "U" | "A";

const ICONS: Readonly<Record<Verification, IconName>> = { V: "done", S: "info", D: "data", U: "help", A: "edit" };

/** Says honestly how a figure was checked: read in its source, second hand, derived, not at all, or assumed. */
export function VerificationMark({ mark }: { readonly mark: Verification }) {
  const { t } = useText();
  return (
    <span className={css["mark"]} data-weak={mark === "U" || undefined}>
      <Icon name={ICONS[mark]} size={14} />
      {t(`verification.${mark}`)}
    </span>
  );
}
