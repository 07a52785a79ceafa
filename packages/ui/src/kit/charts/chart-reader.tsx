import { type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useText } from "../../text/index.ts";
import css from "./chart-reader.module.css";
import { ReadBox } from "./read-box.tsx";
import { useWidth } from "./use-width.ts";

interface ChartReaderProps<Item> {
  readonly label: string;
  readonly items: readonly Item[];
  /** Items in a row where the chart is a grid. */
  readonly perRow?: number;
  /** One item in words. */
  readonly read: (item: Item) => string;
  readonly height: number;
  /** Draws the chart for a width in CSS pixels; items carry `data-index` so that the pointer reads them as well. */
  readonly children: (width: number, cursor: number | null) => ReactNode;
}

/** The frame of a chart drawn as SVG: keyboard and pointer read its items one by one. */
export function ChartReader<Item>({ label, items, perRow = 1, read, height, children }: ChartReaderProps<Item>) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [place, setPlace] = useState<number | null>(null);
  const cursor = place !== null && place < items.length ? place : null;
  const item = cursor === null ? undefined : items[cursor];
  const text = item === undefined ? t("chart.readHint") : read(item);
  const point = ({ target }: PointerEvent) => {
    const index = target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : null;
    if (index) setPlace(Number(index));
  };
  return (
    <div>
      <p className={css["readout"]} aria-hidden="true">
        {text}
      </p>
      <ReadBox
        box={box}
        height={height}
        label={label}
        count={items.length}
        perRow={perRow}
        cursor={cursor}
        text={text}
        onMove={setPlace}
        onPoint={point}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true" data-chart="">
            {children(width, cursor)}
          </svg>
        )}
      </ReadBox>
    </div>
  );
}
