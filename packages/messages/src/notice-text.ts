import type { Formatter } from "./formatter.ts";

interface NoticeFacts {
  readonly kind: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** How a program writes moments, days and sizes. */
export interface NoticeForms {
  /** Of UTC epoch milliseconds. */
  readonly time: (at: number) => string;
  /** Of a calendar day `YYYY-MM-DD`. */
  readonly day: (on: string) => string;
  readonly bytes: (count: number) => string;
}

/** A notice as people read it, in one sentence. */
export function noticeText({ kind, values }: NoticeFacts, formatter: Formatter, forms: NoticeForms): string {
  const { since, dueOn, freeBytes } = values;
  return formatter.message(`notice.${kind}`, {
    ...values,
    ...(typeof since === "number" ? { time: forms.time(since) } : {}),
    ...(typeof dueOn === "string" ? { day: forms.day(dueOn) } : {}),
    ...(typeof freeBytes === "number" ? { size: forms.bytes(freeBytes) } : {}),
  });
}
