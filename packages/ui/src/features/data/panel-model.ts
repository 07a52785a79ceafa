import type { ChannelView } from "@ecolocal/core/api";
import type { NamedSeries } from "../../kit/time-series.ts";

export interface UnitGroup {
  readonly symbol: string;
  readonly channels: readonly ChannelView[];
}

/** Channels that may share an axis: those shown in one unit, in the order they were chosen. */
export function groupByUnit(
  channels: readonly ChannelView[],
  symbolOf: (channel: ChannelView) => string,
): readonly UnitGroup[] {
  const symbols = [...new Set(channels.map(symbolOf))];
  return symbols.map((symbol) => ({ symbol, channels: channels.filter((channel) => symbolOf(channel) === symbol) }));
}

export interface PanelRow {
  readonly at: number;
  readonly values: readonly (number | null)[];
}

/** The numbers of a panel as a table: one row a bucket, one column a line; the future is left out. */
export function panelRows(series: readonly NamedSeries[], now: number): readonly PanelRow[] {
  const columns = series.map(
    ({ buckets, shiftMs = 0 }) =>
      new Map(
        Array.from(buckets.from, (from, i) => [
          from + shiftMs,
          (buckets.n[i] ?? 0) > 0 ? (buckets.mean[i] ?? null) : null,
        ]),
      ),
  );
  const instants = [...new Set(columns.flatMap((column) => [...column.keys()]))].filter((at) => at < now);
  return instants.sort((a, b) => a - b).map((at) => ({ at, values: columns.map((column) => column.get(at) ?? null) }));
}
