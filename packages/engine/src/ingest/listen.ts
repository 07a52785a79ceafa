import type { PortListenEvent } from "@ecolocal/core/api";
import { RpcError } from "@ecolocal/core/api/rpc";
import { guessFields, type SerialSettings } from "@ecolocal/core/sensing";
import type { Clock } from "@ecolocal/core/shared";
import type { Transport } from "@ecolocal/devices/transport";
import { createMailbox } from "./mailbox.ts";

/** A port to look at without knowing what is on it. */
export interface ListenTarget {
  readonly port: string;
  readonly serial: SerialSettings;
}

const MAX_WAITING = 200;
/** What comes within this time is shown together. */
const GATHER_MS = 250;
const GUESS_EVERY_MS = 1000;
const MAX_SHOWN_BYTES = 256;
/** Lines that the guess looks back on. */
const MAX_LINES = 200;
const MAX_LINE_LENGTH = 4096;

/**
 * Shows what comes from a port until `signal` aborts or the port is gone: bytes as they are, as text where they are
 * text, and the numbers in it. Nothing is written. Throws `RpcError` where the port cannot be opened.
 */
export async function* listenToPort(
  { port, serial }: ListenTarget,
  { clock, transport, signal }: { readonly clock: Clock; readonly transport: Transport; readonly signal: AbortSignal },
): AsyncGenerator<PortListenEvent, void> {
  const mailbox = createMailbox<PortListenEvent>(MAX_WAITING, signal);
  const heard = createHeard();
  const tell = (): void => {
    const bytes = heard.takeBytes();
    if (bytes.length > 0) mailbox.put({ kind: "bytes", at: clock.now(), ...describeBytes(bytes) });
  };
  const opened = await transport.open(
    { path: port, serial },
    {
      onData: heard.add,
      onClosed(problem) {
        tell();
        mailbox.put({ kind: "closed", problem: problem.code === "SENSING_PORT_ENDED" ? null : problem });
        mailbox.end();
      },
    },
  );
  if (!opened.ok) throw new RpcError(opened.error);
  const gathering = setInterval(tell, GATHER_MS);
  const guessing = setInterval(() => {
    const lines = heard.takeLines();
    if (lines === null) return;
    const { fields, ...counts } = guessFields(lines);
    const plain = fields.map((field) => ({ ...field, proposal: field.proposal && { ...field.proposal } }));
    mailbox.put({ kind: "fields", ...counts, fields: plain });
  }, GUESS_EVERY_MS);
  try {
    yield* mailbox.take();
  } finally {
    clearInterval(gathering);
    clearInterval(guessing);
    await opened.value.close();
  }
}

interface Heard {
  readonly add: (chunk: Uint8Array) => void;
  takeBytes(): Uint8Array;
  /** The newest whole lines; `null` when none came since the last time. */
  takeLines(): readonly string[] | null;
}

function createHeard(): Heard {
  const decoder = new TextDecoder();
  let chunks: Uint8Array[] = [];
  let lines: string[] = [];
  let rest = "";
  let isFirst = true;
  let fresh = false;
  return {
    add(chunk) {
      chunks.push(chunk);
      const parts = (rest + decoder.decode(chunk, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = (parts.pop() ?? "").slice(-MAX_LINE_LENGTH);
      if (parts.length === 0) return;
      // The first line was cut by the moment of opening.
      lines = [...lines, ...(isFirst ? parts.slice(1) : parts)].slice(-MAX_LINES);
      isFirst = false;
      fresh = true;
    },
    takeBytes() {
      const bytes = Buffer.concat(chunks);
      chunks = [];
      return bytes;
    },
    takeLines() {
      if (!fresh) return null;
      fresh = false;
      return lines;
    },
  };
}

function describeBytes(bytes: Uint8Array): {
  readonly length: number;
  readonly hex: string;
  readonly text: string | null;
} {
  const shown = bytes.subarray(0, MAX_SHOWN_BYTES);
  const text = new TextDecoder().decode(bytes);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what tells bytes from text
  const isText = !/[\u0000-\u0008\u000e-\u001f\u007f\ufffd]/.test(text);
  return { length: bytes.length, hex: Buffer.from(shown).toString("hex"), text: isText ? text : null };
}
