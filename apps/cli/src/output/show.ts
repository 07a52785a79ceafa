/** How values are shown to people; machines get the plain ones. */
export interface Show {
  number(value: number, decimals?: number): string;
  /** `18.4 µg/m³`. */
  measured(value: number, symbol: string, decimals?: number): string;
  /** Local date and time, to the second. */
  time(at: number | null): string;
  /** `3 min ago`. */
  ago(at: number | null, now: number): string;
  bytes(count: number): string;
  /** `120–400 EUR`; one figure where they are equal. */
  span(lo: number, hi: number, unit: string): string;
}

const AGO_STEPS: readonly (readonly [Intl.RelativeTimeFormatUnit, number])[] = [
  ["day", 86_400_000],
  ["hour", 3_600_000],
  ["minute", 60_000],
  ["second", 1000],
];

/** Forms of a locale; `never` is the word for what has not happened yet. */
export function createShow(locale: string, never = "never"): Show {
  // Made when first needed: each costs milliseconds of a short run.
  let relative: Intl.RelativeTimeFormat | undefined;
  const number = (value: number, decimals = 2) =>
    new Intl.NumberFormat(locale, { maximumFractionDigits: decimals }).format(value);
  const measured = (value: number, symbol: string, decimals?: number) =>
    symbol === "" ? number(value, decimals) : `${number(value, decimals)} ${symbol}`;
  return {
    number,
    measured,
    time: (at) => (at === null ? "–" : localTime(at)),
    ago(at, now) {
      if (at === null) return never;
      const passed = Math.max(0, now - at);
      const [unit, size] = AGO_STEPS.find(([, step]) => passed >= step) ?? (["second", 1000] as const);
      relative ??= new Intl.RelativeTimeFormat(locale, { style: "short", numeric: "always" });
      return relative.format(-Math.floor(passed / size), unit);
    },
    bytes(count) {
      const units = ["B", "kB", "MB", "GB", "TB"];
      const power = count < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(count) / 3));
      return `${number(count / 1000 ** power, power === 0 ? 0 : 1)} ${units[power]}`;
    },
    span(lo, hi, unit) {
      return lo === hi ? measured(lo, unit) : `${number(lo)}–${measured(hi, unit)}`;
    },
  };
}

/** `2026-11-25 08:00:00` in this computer's zone: sortable, and the same in every language. */
function localTime(at: number): string {
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join("-");
  return `${day} ${[date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(":")}`;
}
