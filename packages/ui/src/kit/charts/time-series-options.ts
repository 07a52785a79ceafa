import type uPlot from "uplot";
import type { AxisForm, Formats } from "../../text/index.ts";

export const AXIS_WIDTH = 52;
export const RIGHT_PAD = 12;

interface PlotOptionsInput {
  readonly width: number;
  readonly height: number;
  readonly from: number;
  readonly to: number;
  readonly formats: Formats;
  /** The axis of the values. */
  readonly axis: AxisForm;
  /** The bucket under the cursor, and how far right the cursor stands in CSS pixels (negative: outside). */
  readonly onCursor: (index: number | null, left: number) => void;
  readonly colours: Readonly<Record<"text" | "grid" | "gap" | "surface", string>>;
  readonly lines: readonly PlotLine[];
  /** One line with its band between lowest and highest before it in the data, and its gaps shaded. */
  readonly banded?: boolean;
  /** Charts with the same key share their cursor. */
  readonly syncKey?: string;
  /** Stretches to be hatched, in epoch ms: what was corrected or left out. */
  readonly marks?: readonly PlotMark[];
}

export interface PlotMark {
  readonly from: number;
  readonly to: number;
}

export interface PlotLine {
  readonly colour: string;
  readonly dash?: readonly number[];
}

const DAY_S = 86_400;

/** uPlot's settings for one value over time: quiet grid, band between lowest and highest, marked gaps. */
export function plotOptions(input: PlotOptionsInput): uPlot.Options {
  const { width, height, from, to, colours, formats, axis, onCursor, lines, syncKey, marks = [] } = input;
  const [first] = lines;
  const banded = input.banded === true && first !== undefined;
  const font = `12px ${getComputedStyle(document.body).fontFamily}`;
  const look = { stroke: colours.text, font, grid: { stroke: colours.grid, width: 1 }, ticks: { show: false } };
  return {
    width,
    height,
    padding: [8, RIGHT_PAD, 0, 0],
    legend: { show: false },
    cursor: {
      drag: { setScale: false, x: false, y: false },
      points: { size: 9, stroke: colours.surface, width: 2 },
      y: false,
      ...(syncKey === undefined ? {} : { sync: { key: syncKey } }),
    },
    scales: { x: { time: true, range: [from / 1000, to / 1000] }, y: { range: yRange } },
    series: [{}, ...(banded ? [edge(), edge()] : []), ...lines.map(line)],
    ...(banded ? { bands: [{ series: [1, 2], fill: withAlpha(first.colour, 0.16) }] } : {}),
    axes: [
      {
        ...look,
        size: 34,
        space: 72,
        incrs: incrementsFor((to - from) / 1000),
        values: (_, splits) => timeTicks(splits, input),
        splits: (_plot, _axis, low, high, increment) => zonedSplits(low, high, increment, formats.timeZone),
      },
      {
        ...look,
        size: AXIS_WIDTH,
        space: 44,
        splits: (_plot, _axis, low, high, increment) => axis.ticks(low, high, increment),
        values: (_, splits) => splits.map(axis.label),
      },
    ],
    hooks: {
      drawClear: [
        ...(banded ? [(plot: uPlot) => drawGaps(plot, colours.gap)] : []),
        (plot: uPlot) => drawMarks(plot, marks, colours.text),
      ],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null, plot.cursor.left ?? -1)],
    },
  };
}

const edge = (): uPlot.Series => ({ stroke: "transparent", width: 0, points: { show: false } });

const line = ({ colour, dash }: PlotLine): uPlot.Series => ({
  stroke: colour,
  width: 2,
  ...(dash === undefined ? {} : { dash: [...dash] }),
  points: { size: 5, fill: colour, width: 0 },
});

/** Fits the values with some air; never starts between zero and the lowest value when zero is close. */
function yRange(_: uPlot, low: number | null, high: number | null): uPlot.Range.MinMax {
  if (low === null || high === null || !Number.isFinite(low) || !Number.isFinite(high)) return [0, 1];
  const span = high - low || Math.abs(high) * 0.1 || 1;
  const bottom = low >= 0 && low < span * 0.6 ? 0 : low - span * 0.08;
  return [bottom, high + span * 0.08];
}

/** Months have no length of their own: multiples of the mean one stand for whole months. */
export const MONTH_S: number = 30.436_875 * DAY_S;

const MONTHS_FROM_S = 62 * DAY_S;

/** Minutes in an hour, whole hours up to two days, whole days up to two months, whole months beyond. */
function incrementsFor(spanS: number): number[] {
  if (spanS <= 2 * 3600) return [300, 600, 900, 1800];
  if (spanS > MONTHS_FROM_S) return [1, 2, 3, 6, 12, 24, 60, 120].map((months) => months * MONTH_S);
  return spanS <= 2 * DAY_S ? [3600, 7200, 10_800, 14_400, 21_600, 43_200] : [DAY_S, 2 * DAY_S, 5 * DAY_S, 10 * DAY_S];
}

/** Tick places at local hours or midnights of the workspace's zone, daylight saving included. */
export function zonedSplits(low: number, high: number, increment: number, timeZone: string): number[] {
  if (increment >= MONTH_S) return monthSplits(low, high, Math.round(increment / MONTH_S), timeZone);
  const splits: number[] = [];
  const offset = (at: number): number => zoneOffsetS(at, timeZone);
  let local = Math.ceil((low + offset(low)) / increment) * increment;
  for (let guard = 0; guard < 400; guard++, local += increment) {
    const guess = local - offset(local - offset(low));
    const at = local - offset(guess);
    if (at > high) break;
    if (at >= low) splits.push(at);
  }
  return splits;
}

/** Beginnings of every so many months, counted from January. */
function monthSplits(low: number, high: number, months: number, timeZone: string): number[] {
  const start = new Date((low + zoneOffsetS(low, timeZone)) * 1000);
  const first = start.getUTCFullYear() * 12 + start.getUTCMonth();
  const splits: number[] = [];
  for (let month = Math.floor(first / months) * months; ; month += months) {
    const local = Date.UTC(Math.floor(month / 12), month % 12, 1) / 1000;
    const at = local - zoneOffsetS(local - zoneOffsetS(local, timeZone), timeZone);
    if (at > high) return splits;
    if (at >= low) splits.push(at);
  }
}

const offsetForms = new Map<string, Intl.DateTimeFormat>();

/** Seconds by which a zone's clock is ahead of UTC at an instant (epoch seconds). */
export function zoneOffsetS(at: number, timeZone: string): number {
  let form = offsetForms.get(timeZone);
  if (form === undefined) {
    form = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset" });
    offsetForms.set(timeZone, form);
  }
  const name = form.formatToParts(at * 1000).find(({ type }) => type === "timeZoneName")?.value ?? "";
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  const seconds = Number(match[2]) * 3600 + Number(match[3]) * 60;
  return match[1] === "-" ? -seconds : seconds;
}

/** Half the width of a date under the axis, in CSS pixels. */
const LABEL_REACH = 34;

/** Hours as times, midnight and whole days as dates, months by name and January as its year. A label that the edge would cut is left out. */
function timeTicks(splits: readonly number[], { width, from, to, formats }: PlotOptionsInput): string[] {
  const plotWidth = width - AXIS_WIDTH - RIGHT_PAD;
  const room = plotWidth + RIGHT_PAD - LABEL_REACH;
  return splits.map((at) => {
    if (((at * 1000 - from) / (to - from)) * plotWidth > room) return "";
    if ((to - from) / 1000 > MONTHS_FROM_S) return formats.month(at * 1000);
    const midnight = (at + zoneOffsetS(at, formats.timeZone)) % DAY_S === 0;
    return midnight ? formats.day(at * 1000) : formats.time(at * 1000);
  });
}

function withAlpha(colour: string, alpha: number): string {
  const numbers = colour.match(/[\d.]+/g)?.slice(0, 3) ?? ["0", "0", "0"];
  return `rgb(${numbers.join(" ")} / ${alpha})`;
}

/** Shades what was not measured, so that a gap never reads as a value of its own. */
function drawGaps(plot: uPlot, colour: string): void {
  const [at, , , mean] = plot.data;
  if (at.length < 2 || mean === undefined) return;
  const half = ((at[1] ?? 0) - (at[0] ?? 0)) / 2;
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.fillStyle = withAlpha(colour, 0.35);
  const now = Date.now() / 1000;
  for (let i = 0; i < at.length; i++) {
    if (mean[i] !== null) continue;
    let end = i;
    while (end + 1 < at.length && mean[end + 1] === null) end++;
    const from = (at[i] ?? 0) - half;
    const to = Math.min((at[end] ?? 0) + half, now);
    if (to > from) {
      const left = plot.valToPos(from, "x", true);
      ctx.fillRect(left, bbox.top, plot.valToPos(to, "x", true) - left, bbox.height);
    }
    i = end;
  }
  ctx.restore();
}

const HATCH_PX = 8;

/** Hatches stretches, so that they are told from gaps without a colour. */
function drawMarks(plot: uPlot, marks: readonly PlotMark[], colour: string): void {
  const { ctx, bbox } = plot;
  const step = HATCH_PX * devicePixelRatio;
  for (const { from, to } of marks) {
    const left = Math.max(bbox.left, plot.valToPos(from / 1000, "x", true));
    const right = Math.min(bbox.left + bbox.width, plot.valToPos(to / 1000, "x", true));
    if (right <= left) continue;
    ctx.save();
    ctx.beginPath();
    ctx.rect(left, bbox.top, Math.max(right - left, devicePixelRatio * 2), bbox.height);
    ctx.clip();
    ctx.strokeStyle = withAlpha(colour, 0.55);
    ctx.lineWidth = devicePixelRatio;
    ctx.beginPath();
    for (let x = left - bbox.height; x < right; x += step) {
      ctx.moveTo(x, bbox.top + bbox.height);
      ctx.lineTo(x + bbox.height, bbox.top);
    }
    ctx.stroke();
    ctx.restore();
  }
}
