import type { SmlNode, SmlOctets } from "./node.ts";

/** One entry of a meter's list of values. */
export interface SmlEntry {
  /** Six bytes, the value groups A to F of the OBIS code. */
  readonly name: SmlOctets;
  readonly value: SmlNode;
  /** DLMS unit code. */
  readonly unitCode: number | null;
  /** The value counts in 10^scaler units. */
  readonly scaler: number;
  readonly status: number | null;
  /** Seconds index or timestamp, as sent. */
  readonly time: number | null;
}

/** The lists of values in one file. */
export interface SmlContent {
  /** The meter's id as hexadecimal digits. */
  readonly serverId: string | null;
  readonly entries: readonly SmlEntry[];
}

const MESSAGE_FIELDS = 6;
const BODY_INDEX = 3;
const GET_LIST_RESPONSE = 0x0701;
const SERVER_ID_INDEX = 1;
const VALUES_INDEX = 4;
const ENTRY_FIELDS = 7;
const NAME_LENGTH = 6;

/** Collects what a file's GetListResponse messages say; `null` when a message is not built as one. */
export function readSmlContent(nodes: readonly SmlNode[]): SmlContent | null {
  let serverId: string | null = null;
  const entries: SmlEntry[] = [];
  for (const node of nodes) {
    if (node.kind === "end") continue;
    const body = readBody(node);
    if (body === null) return null;
    if (body.tag !== GET_LIST_RESPONSE) continue;
    const list = readListResponse(body.content);
    if (list === null) return null;
    serverId ??= list.serverId;
    for (const entry of list.entries) entries.push(entry);
  }
  return { serverId, entries };
}

function readBody(message: SmlNode): { readonly tag: number; readonly content: SmlNode } | null {
  if (message.kind !== "list" || message.items.length !== MESSAGE_FIELDS) return null;
  const body = message.items[BODY_INDEX];
  if (body?.kind !== "list") return null;
  const [tag, content] = body.items;
  return tag?.kind === "number" && content !== undefined ? { tag: tag.value, content } : null;
}

function readListResponse(content: SmlNode): SmlContent | null {
  if (content.kind !== "list") return null;
  const values = content.items[VALUES_INDEX];
  if (values?.kind !== "list") return null;
  const entries: SmlEntry[] = [];
  for (const item of values.items) {
    const entry = readEntry(item);
    if (entry === null) return null;
    entries.push(entry);
  }
  const server = content.items[SERVER_ID_INDEX];
  return { serverId: server?.kind === "octets" ? hexText(server) : null, entries };
}

function readEntry(node: SmlNode): SmlEntry | null {
  if (node.kind !== "list" || node.items.length !== ENTRY_FIELDS) return null;
  const [name, status, time, unit, scaler, value] = node.items;
  if (name?.kind !== "octets" || name.to - name.from !== NAME_LENGTH || value === undefined) return null;
  return {
    name,
    value,
    unitCode: numberOf(unit),
    scaler: numberOf(scaler) ?? 0,
    status: numberOf(status),
    time: readTime(time),
  };
}

/** A time is a choice (tag, value); Holley meters leave the tag out. */
function readTime(node: SmlNode | undefined): number | null {
  return node?.kind === "list" ? numberOf(node.items.at(-1)) : numberOf(node);
}

function numberOf(node: SmlNode | undefined): number | null {
  return node?.kind === "number" ? node.value : null;
}

/** The OBIS code of an entry as people write it: `1-0:1.8.0*255`. */
export function obisText({ name }: SmlEntry): string {
  const [a, b, c, d, e, f] = name.source.subarray(name.from, name.to);
  return `${a}-${b}:${c}.${d}.${e}*${f}`;
}

/** Value group of an entry's OBIS code by its place, A being 0. */
export function obisGroup({ name }: SmlEntry, place: number): number {
  return name.source[name.from + place] ?? 0;
}

export function hexText({ source, from, to }: SmlOctets): string {
  let text = "";
  for (let i = from; i < to; i++) text += HEX[source[i] ?? 0];
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));
