import { ChartReader } from "./chart-reader.tsx";
import { type HeatRow, heatExtremes, heatStrength } from "./heat-map-model.ts";
import css from "./own-svg.module.css";

interface HeatMapProps {
  readonly label: string;
  readonly rows: readonly HeatRow[];
  /** What stands above column `i`. */
  readonly columnName: (column: number) => string;
  /** One cell in words. */
  readonly read: (row: HeatRow, column: number, value: number | null) => string;
}

const LEFT = 44;
const TOP = 18;
const ROW = 26;
const GAP = 2;
/** Widest a letter of a column's name gets, and the room after it, in CSS pixels. */
const LETTER = 7.5;
const NAME_GAP = 8;

/** Values by hour and weekday: the fuller a cell, the higher its value; open frames were not measured. */
export function HeatMap({ label, rows, columnName, read }: HeatMapProps) {
  const columns = rows[0]?.values.length ?? 0;
  const ends = heatExtremes(rows);
  const low = ends?.lowest.value ?? 0;
  const high = ends?.highest.value ?? 0;
  const cells = rows.flatMap((row) => row.values.map((value, column) => ({ row, column, value })));
  return (
    <ChartReader
      label={label}
      items={cells}
      perRow={columns}
      read={({ row, column, value }) => read(row, column, value)}
      height={TOP + rows.length * ROW}
    >
      {(width, cursor) => {
        const step = Math.max(1, (width - LEFT) / Math.max(1, columns));
        const room = NAME_GAP + LETTER * Math.max(...Array.from({ length: columns }, (_, i) => columnName(i).length));
        const every = [1, 2, 3, 4, 6, 12].find((count) => count * step >= room) ?? columns;
        return (
          <>
            {Array.from({ length: columns }, (_, column) => column)
              .filter((column) => column % every === 0)
              .map((column) => (
                <text key={column} x={LEFT + column * step} y={12} className={css["tick"]}>
                  {columnName(column)}
                </text>
              ))}
            {rows.map((row, y) => (
              <g key={row.name}>
                <text x={0} y={TOP + y * ROW + ROW / 2 + 4} className={css["tick"]}>
                  {row.name}
                </text>
                {row.values.map((value, x) => (
                  <rect
                    // biome-ignore lint/suspicious/noArrayIndexKey: a cell is its place
                    key={x}
                    data-index={y * columns + x}
                    x={LEFT + x * step + GAP / 2}
                    y={TOP + y * ROW + GAP / 2}
                    width={Math.max(1, step - GAP)}
                    height={ROW - GAP}
                    rx={2}
                    className={`${value === null ? css["missing"] : css["cell"]} ${cursor === y * columns + x ? css["here"] : ""}`}
                    {...(value === null ? {} : { fillOpacity: heatStrength(value, low, high) })}
                  />
                ))}
              </g>
            ))}
          </>
        );
      }}
    </ChartReader>
  );
}
