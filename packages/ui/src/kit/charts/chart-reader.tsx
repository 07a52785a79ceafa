import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef, useState } from "react";
import { useText } from "../../text/index.ts";
import css from "./chart-reader.module.css";
import { nextIndex } from "./next-index.ts";
import { useWidth } from "./use-width.ts";

interface ChartReaderProps {
  /** Name for screen readers; arrow keys then read item after item. */
  readonly label: string;
  /** How many items can be read. */
  readonly count: number;
  /** Items in a row where the chart is a grid: up and down then move by a row. */
  readonly perRow?: number;
  /** One item in words. */
  readonly read: (index: number) => string;
  readonly height: number;
  /** Draws the chart for a width in CSS pixels; items carry `data-index` so that the pointer reads them as well. */
  readonly children: (width: number, cursor: number | null) => ReactNode;
}

/** The frame of a chart drawn as SVG: keyboard and pointer read its items one by one. */
export function ChartReader({ label, count, perRow = 1, read, height, children }: ChartReaderProps) {
  const { t } = useText();
  const box = useRef<HTMLDivElement>(null);
  const width = useWidth(box);
  const [place, setPlace] = useState<number | null>(null);
  const cursor = place !== null && place < count ? place : null;
  const text = cursor === null ? t("chart.readHint") : read(cursor);
  const move = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, cursor, count, perRow);
    if (next === null) return;
    event.preventDefault();
    setPlace(next);
  };
  const point = ({ target }: PointerEvent) => {
    const index = target instanceof Element ? target.closest("[data-index]")?.getAttribute("data-index") : null;
    if (index) setPlace(Number(index));
  };
  return (
    <div>
      <p className={css["readout"]} aria-hidden="true">
        {text}
      </p>
      <div
        ref={box}
        className={css["box"]}
        style={{ minHeight: `${height}px` }}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, count - 1)}
        aria-valuenow={cursor ?? Math.max(0, count - 1)}
        aria-valuetext={text}
        onKeyDown={move}
        onPointerMove={point}
        onPointerDown={point}
      >
        {width > 0 && (
          <svg width={width} height={height} aria-hidden="true" data-chart="">
            {children(width, cursor)}
          </svg>
        )}
      </div>
    </div>
  );
}
