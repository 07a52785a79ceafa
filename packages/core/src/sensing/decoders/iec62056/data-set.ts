/** One value of a readout: an address and what stands in parentheses behind it. */
export interface DataSet {
  /** As printed: `1-0:1.8.0*255`, `1.8.1`, `F.F`, `180`. */
  readonly name: string;
  /** The texts between parentheses. */
  readonly values: readonly string[];
}

const DATA_SET = /([^()]{0,32})((?:\([^()]{0,128}\))+)/y;
const OBIS = /^(?:(\d{1,3})-(\d{1,3}):)?([0-9A-Z]{1,3})\.([0-9A-Z]{1,3})(?:\.([0-9A-Z]{1,3}))?(?:\*(\d{1,3}))?$/i;
/** Addresses without dots, as ACE3000 meters print them. */
const SHORT = /^\d{3}$/;
const CURRENT_VALUE = 255;

/**
 * Takes the data lines apart: several sets may share a line, and a line of values alone belongs to the set before it.
 * Lines that hold anything else are counted as strange.
 */
export function readDataSets(text: string): { readonly sets: readonly DataSet[]; readonly strange: number } {
  const sets: DataSet[] = [];
  let strange = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: parity errors and slow heads leave NUL and DEL behind
  for (const line of text.replace(/[\u0000\u007f]/g, "").split(/\r\n|\n|\r/)) {
    const found = readLine(line.trimEnd());
    if (found === null) strange += 1;
    for (const set of found ?? []) {
      const last = sets.at(-1);
      if (set.name === "" && last !== undefined)
        sets[sets.length - 1] = { ...last, values: [...last.values, ...set.values] };
      else sets.push(set);
    }
  }
  return { sets, strange };
}

function readLine(line: string): DataSet[] | null {
  const sets: DataSet[] = [];
  DATA_SET.lastIndex = 0;
  while (DATA_SET.lastIndex < line.length) {
    const match = DATA_SET.exec(line);
    if (match === null) return null;
    sets.push({ name: (match[1] ?? "").trim(), values: (match[2] ?? "").slice(1, -1).split(")(") });
  }
  return sets;
}

/** What an address says; groups that are not printed are `null`, electricity (1-0) is meant then. */
export interface ObisAddress {
  readonly medium: number | null;
  readonly c: number;
  readonly d: number;
  readonly e: number | null;
  /** The value of now, not one stored at the end of some month. */
  readonly current: boolean;
}

/** Reads an address, with or without `A-B:`; `null` when it is none (`F.F` is one: its letters are no numbers). */
export function readObisAddress(name: string): ObisAddress | null {
  if (SHORT.test(name)) {
    const [c, d, e] = Array.from(name, Number);
    return { medium: null, c: c ?? 0, d: d ?? 0, e: e ?? 0, current: true };
  }
  const match = OBIS.exec(name);
  if (match === null) return null;
  const [, a, , c = "", d = "", e, storage] = match;
  return {
    medium: a === undefined ? null : Number(a),
    c: Number(c),
    d: Number(d),
    e: e === undefined ? null : Number(e),
    current: storage === undefined || Number(storage) === CURRENT_VALUE,
  };
}
