import { openBytes } from "../input/byte-source.ts";

/** Reads a whole file, or stdin for `-`. */
export async function readBytes(path: string): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of await openBytes(path)) pieces.push(piece);
  return new Uint8Array(Buffer.concat(pieces));
}
