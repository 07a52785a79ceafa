/**
 * Decodes a line of bytes (those before `end`) as UTF-8, or as Latin-1 where it is not valid UTF-8 (old Arduino sketches print `°` that
 * way); `null` when it holds control characters, which no text line does.
 */
export function decodeText(bytes: Uint8Array, end: number = bytes.length): string | null {
  let ascii = true;
  for (let i = 0; i < end; i++) {
    const byte = bytes[i] as number;
    if ((byte < 0x20 && byte !== 0x09) || byte === 0x7f) return null;
    if (byte >= 0x80) ascii = false;
  }
  if (ascii) return latin1(bytes, 0, end);
  const line = bytes.subarray(0, end);
  return utf8(line) ?? printableLatin1(line);
}

/** One character per byte, of the bytes from `from` up to, not including, `to`. */
export function latin1(bytes: Uint8Array, from = 0, to: number = bytes.length): string {
  let text = "";
  let at = from;
  // Eight at a time: half as fast again as one call with all of them, which every engine takes the slow way.
  for (const end = to - 7; at < end; at += 8) {
    text += String.fromCharCode(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
      bytes[at + 4] as number,
      bytes[at + 5] as number,
      bytes[at + 6] as number,
      bytes[at + 7] as number,
    );
  }
  if (to - at >= 4) {
    text += String.fromCharCode(
      bytes[at] as number,
      bytes[at + 1] as number,
      bytes[at + 2] as number,
      bytes[at + 3] as number,
    );
    at += 4;
  }
  if (to - at >= 2) {
    text += String.fromCharCode(bytes[at] as number, bytes[at + 1] as number);
    at += 2;
  }
  return at < to ? text + String.fromCharCode(bytes[at] as number) : text;
}

function printableLatin1(bytes: Uint8Array): string | null {
  return bytes.some((byte) => byte >= 0x80 && byte < 0xa0) ? null : latin1(bytes);
}

/** Percent-encoding reuses the strict UTF-8 decoder that every JavaScript has; TextDecoder is no part of the language. */
function utf8(bytes: Uint8Array): string | null {
  try {
    return decodeURIComponent(latin1(bytes).replace(/[^\w]/g, percentEncode));
  } catch {
    return null;
  }
}

function percentEncode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}
