const PAGE_STEP = 12;

/**
 * Where a key moves the reading place of a chart with `count` items; null when the key means nothing to it.
 *
 * In a grid of `perRow` items a row, up and down move by a row; they stay where they are at its edge.
 */
export function nextIndex(key: string, cursor: number | null, count: number, perRow = 1): number | null {
  const from = cursor ?? count - 1;
  if (perRow > 1 && (key === "ArrowUp" || key === "ArrowDown") && count > 0) {
    const next = from + (key === "ArrowUp" ? -perRow : perRow);
    return next < 0 || next >= count ? from : next;
  }
  const steps: Readonly<Record<string, number>> = {
    ArrowLeft: from - 1,
    ArrowRight: from + 1,
    PageUp: from - PAGE_STEP,
    PageDown: from + PAGE_STEP,
    Home: 0,
    End: count - 1,
  };
  const next = steps[key];
  return next === undefined || count === 0 ? null : Math.min(count - 1, Math.max(0, next));
}
