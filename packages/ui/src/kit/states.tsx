import type { Failure } from "@ecolocal/core/shared";
import { failureText } from "@ecolocal/messages";
import { type ReactNode, useEffect, useState } from "react";
import { useText } from "../text/index.ts";
import { Button } from "./button.tsx";
import { Card } from "./card.tsx";
import { classNames } from "./class-names.ts";
import { Icon, type IconName } from "./icon.tsx";
import { Prose } from "./prose.tsx";
import css from "./states.module.css";

interface EmptyStateProps {
  readonly icon: IconName;
  readonly title: string;
  /** One sentence: what goes here, or why it is empty. */
  readonly text: string;
  readonly children?: ReactNode;
}

/** Nothing here, and why, and what to do about it. */
export function EmptyState({ icon, title, text, children }: EmptyStateProps) {
  return (
    <div className={css["empty"]}>
      <span className={css["emptyIcon"]}>
        <Icon name={icon} size={26} />
      </span>
      <h2>{title}</h2>
      <p>{text}</p>
      {children && <div className={css["row"]}>{children}</div>}
    </div>
  );
}

/** A failure as it came over the contract, where an absent hint may be spelled out. */
type FailureLike = Omit<Failure, "hint"> & { readonly hint?: string | undefined };

export interface FailureNoticeProps {
  readonly failure: FailureLike;
  readonly onRetry?: () => void;
  readonly children?: ReactNode;
}

/** The error pattern: what happened, what it means, what to do, the code to quote, details folded. */
export function FailureNotice({ failure, onRetry, children }: FailureNoticeProps) {
  const { t, formatter } = useText();
  const [copied, setCopied] = useState(false);
  const text = failureText(failure as Failure, formatter);
  return (
    <section className={css["failure"]} aria-label={text.what}>
      <Icon name="alert" className={css["failureIcon"]} size={20} />
      <div className={css["failureBody"]}>
        <p className={css["what"]}>{text.what}</p>
        <p>
          <Prose text={text.todo} />
        </p>
        <div className={css["row"]}>
          {onRetry && (
            <Button size="s" icon="refresh" onPress={onRetry}>
              {t("failure.retry")}
            </Button>
          )}
          {children}
          <Button
            size="s"
            look="quiet"
            icon={copied ? "check" : "copy"}
            onPress={() => {
              void copyText(`${text.code}: ${text.what} ${text.detail}`).then(setCopied);
            }}
          >
            {copied ? t("failure.copied") : text.code}
          </Button>
        </div>
        <details className={css["details"]}>
          <summary>{t("failure.details")}</summary>
          <p>{t("failure.detailLine", { detail: text.detail, op: failure.op, subject: failure.subject })}</p>
        </details>
      </div>
    </section>
  );
}

/** Copies text; false where the browser refuses (an insecure address). */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

type BannerTone = "info" | "warn" | "danger" | "demo";
const BANNER_ICONS: Readonly<Record<BannerTone, IconName>> = {
  info: "info",
  warn: "alert",
  danger: "error",
  demo: "leaf",
};

interface BannerProps {
  readonly tone: BannerTone;
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly action?: ReactNode;
}

/** A line across the top that stays while something is so. */
export function Banner({ tone, icon, children, action }: BannerProps) {
  return (
    <div className={classNames(css["banner"], css[tone])} role="status">
      <Icon name={icon ?? BANNER_ICONS[tone]} size={17} />
      <p>{children}</p>
      {action}
    </div>
  );
}

const SKELETON_DELAY_MS = 300;

/** Grey blocks in the shape of what comes; only when it takes longer than people notice. */
export function Skeleton({ rows = 3, height = 132 }: { readonly rows?: number; readonly height?: number }) {
  const { t } = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), SKELETON_DELAY_MS);
    return () => clearTimeout(timer);
  }, []);
  return (
    <div className={css["skeletons"]} role="status" aria-label={t("state.loading")} data-visible={late || undefined}>
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks without identity
        <Card as="div" key={row} className={css["skeleton"]}>
          <span style={{ height: `${height / 16}rem` }} />
        </Card>
      ))}
    </div>
  );
}
