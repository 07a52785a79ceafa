/** What a stretch of readings is to become, as a form holds it; times are instants, `null` while incomplete. */
export interface Stretch {
  readonly from: number | null;
  readonly to: number | null;
  readonly kind: "exclude" | "adjust";
  /** An adjusted value is value × factor + offset. */
  readonly factor: number;
  /** In the unit in which the channel is stored. */
  readonly offset: number;
  readonly reason: string;
}

/** What still keeps a stretch from being corrected. */
export type StretchDoubt = "time" | "order" | "nothing" | "reason";

/** Says what is missing or wrong, in the order of the fields; nothing when the stretch can be corrected. */
export function stretchDoubts({ from, to, kind, factor, offset, reason }: Stretch): readonly StretchDoubt[] {
  const isTimed = from !== null && to !== null;
  const isNumber = Number.isFinite(factor) && Number.isFinite(offset);
  return [
    ...(isTimed ? [] : ["time" as const]),
    ...(isTimed && from >= to ? ["order" as const] : []),
    ...(kind === "adjust" && (!isNumber || (factor === 1 && offset === 0)) ? ["nothing" as const] : []),
    ...(reason.trim() === "" ? ["reason" as const] : []),
  ];
}

/** Corrections that hold at some instant of the half-open span `from…to`. */
export function holdingIn<T extends { readonly from: number; readonly to: number; readonly undoneAt: number | null }>(
  annotations: readonly T[],
  from: number,
  to: number,
): readonly T[] {
  return annotations.filter((one) => one.undoneAt === null && one.from < to && one.to > from);
}
