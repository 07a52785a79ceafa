import type { ReactNode } from "react";
import { useText } from "../../text/index.ts";
import { ChartFrame } from "./chart-frame.tsx";
import { HeatMap } from "./heat-map.tsx";
import type { HeatRow } from "./heat-map-model.ts";

interface WeekHeatMapProps {
  readonly title: string;
  readonly summary: string;
  /** One row a weekday, with a value for each of 24 hours. */
  readonly rows: readonly HeatRow[];
  readonly formatValue: (value: number | null) => string;
  readonly fileName?: string;
  readonly actions?: ReactNode;
}

const HOURS = Array.from({ length: 24 }, (_, hour) => hour);

/** Values by hour and weekday, with the same as a table: a row an hour, a column a day. */
export function WeekHeatMap({ rows, formatValue, ...frame }: WeekHeatMapProps) {
  const { t, formats } = useText();
  return (
    <ChartFrame
      {...frame}
      columns={[
        { id: "hour", title: t("table.from"), cell: (hour) => formats.hour(hour) },
        ...rows.map((row) => ({
          id: row.name,
          title: row.name,
          numeric: true,
          cell: (hour: number) => formatValue(row.values[hour] ?? null),
        })),
      ]}
      rows={HOURS}
    >
      <HeatMap
        label={frame.title}
        rows={rows}
        columnName={formats.hour}
        read={(row, hour, value) =>
          t("data.profileRead", { day: row.name, hour: formats.hour(hour), value: formatValue(value) })
        }
      />
    </ChartFrame>
  );
}
