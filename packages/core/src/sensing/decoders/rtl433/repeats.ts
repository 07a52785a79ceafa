const WINDOW_SECONDS = 2;
/** Radio devices heard at a time; the one heard longest ago is forgotten first. */
const MAX_DEVICES = 500;

/** Recognises repeats: senders say everything two to six times within a second. */
export interface Repeats {
  /** Tells whether a device said just this a moment ago; `seconds` on any scale, `null` when a message has no time. */
  isRepeat(device: string, content: string, seconds: number | null): boolean;
}

export function createRepeats(): Repeats {
  const heard = new Map<string, { readonly content: string; readonly seconds: number }>();
  return {
    isRepeat(device, content, seconds) {
      if (seconds === null) return false;
      const last = heard.get(device);
      const repeat = last?.content === content && Math.abs(seconds - last.seconds) <= WINDOW_SECONDS;
      heard.delete(device);
      heard.set(device, { content, seconds });
      const [oldest] = heard.keys();
      if (heard.size > MAX_DEVICES && oldest !== undefined) heard.delete(oldest);
      return repeat;
    },
  };
}

const RELATIVE = /^@(\d+(?:\.\d+)?)s$/;
const CALENDAR = /^(\d{4})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)(Z|[+-]\d{2}:?\d{2})?$/;

/** A message's time: seconds for comparing, and the instant when it is one. */
export interface MessageTime {
  readonly seconds: number | null;
  /** Only of times with a zone; `@0.14s` counts from the start of a recording, local time is nobody's. */
  readonly at: number | null;
}

export function readMessageTime(text: unknown): MessageTime {
  if (typeof text !== "string") return { seconds: null, at: null };
  const relative = RELATIVE.exec(text)?.[1];
  if (relative !== undefined) return { seconds: Number(relative), at: null };
  const [, year, month, day, hours, minutes, seconds, zone] = CALENDAR.exec(text) ?? [];
  if (seconds === undefined) return { seconds: null, at: null };
  const local =
    Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hours), Number(minutes)) + Number(seconds) * 1000;
  const at = zone === undefined ? null : local - zoneMinutes(zone) * 60_000;
  return { seconds: (at ?? local) / 1000, at };
}

function zoneMinutes(zone: string): number {
  if (zone === "Z") return 0;
  const sign = zone.startsWith("-") ? -1 : 1;
  const digits = zone.replace(/\D/g, "");
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2)));
}
