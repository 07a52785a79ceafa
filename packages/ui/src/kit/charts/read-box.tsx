import type { KeyboardEvent, PointerEvent, ReactNode, RefObject } from "react";
import { nextIndex } from "./next-index.ts";
import css from "./read-box.module.css";

interface ReadBoxProps {
  readonly box: RefObject<HTMLDivElement | null>;
  readonly height: number;
  /** Name for screen readers; arrow keys then read item after item. */
  readonly label: string;
  /** How many items can be read. */
  readonly count: number;
  /** Items in a row where the chart is a grid: up and down then move by a row. */
  readonly perRow?: number;
  readonly cursor: number | null;
  /** What is read now. */
  readonly text: string;
  readonly onMove: (index: number) => void;
  readonly onPoint?: (event: PointerEvent) => void;
  readonly children?: ReactNode;
}

/** The plot of a chart whose items are read one by one with the arrow keys. */
export function ReadBox(props: ReadBoxProps) {
  const { box, height, label, count, perRow = 1, cursor, text, onMove, onPoint, children } = props;
  const move = (event: KeyboardEvent) => {
    const next = nextIndex(event.key, cursor, count, perRow);
    if (next === null) return;
    event.preventDefault();
    onMove(next);
  };
  const last = Math.max(0, count - 1);
  return (
    <div
      ref={box}
      className={css["box"]}
      style={{ minHeight: `${height}px` }}
      role="slider"
      tabIndex={0}
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={last}
      aria-valuenow={cursor ?? last}
      aria-valuetext={text}
      onKeyDown={move}
      onPointerMove={onPoint}
      onPointerDown={onPoint}
    >
      {children}
    </div>
  );
}
