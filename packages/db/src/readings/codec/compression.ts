import zlib from "node:zlib";

/** Which compressor made a block; kept with the block, so that any runtime knows what it needs. */
export const CODEC = { zstd: 1, deflate: 2 } as const;
export type CodecId = (typeof CODEC)[keyof typeof CODEC];

export interface Compressor {
  readonly id: CodecId;
  compress(bytes: Uint8Array, content: "deltas" | "floats"): Uint8Array;
}

/*
 * Differences of sensor values are nearly free of repeats, so looking for matches only hurts: level 1 with long
 * matches and the smallest hash table leaves the work to the entropy coder and is both smaller and faster than
 * level 1, 3, 9 or 19 with their own settings (measured on the workload of bench/timeseries).
 */
const zstdParameters = (level: number, content: "deltas" | "floats"): Record<number, number> => {
  const { constants } = zlib;
  const base = { [constants.ZSTD_c_compressionLevel]: level };
  return content === "floats" ? base : { ...base, [constants.ZSTD_c_hashLog]: 6, [constants.ZSTD_c_minMatch]: 7 };
};

/** True where the runtime's zlib knows zstd (Node 22.15, 23.8 and later; Electron depends on its build). */
export function hasZstd(): boolean {
  return typeof zlib.zstdCompressSync === "function" && typeof zlib.zstdDecompressSync === "function";
}

const zstd = (): Compressor => {
  const deltas = { params: zstdParameters(1, "deltas"), chunkSize: 65_536 };
  const floats = { params: zstdParameters(1, "floats"), chunkSize: 65_536 };
  return {
    id: CODEC.zstd,
    compress: (bytes, content) => zlib.zstdCompressSync(bytes, content === "floats" ? floats : deltas),
  };
};

const deflate = (): Compressor => ({
  id: CODEC.deflate,
  compress: (bytes) => zlib.deflateRawSync(bytes, { level: 6 }),
});

/** The compressor for new blocks: zstd where there is one, deflate everywhere else. */
export function createCompressor(preferred?: CodecId): Compressor {
  const id = preferred ?? (hasZstd() ? CODEC.zstd : CODEC.deflate);
  return id === CODEC.zstd ? zstd() : deflate();
}

const LARGEST_PIECE = 2 ** 20;
/** Smaller pieces are cut out of a pool of Node's, which stays until the collector looks; larger ones can be given back. */
const LEAST_PIECE = Buffer.poolSize / 2 + 1;

/** Undoes `compress`; throws when the codec is unknown here or the bytes are damaged. */
export function decompress(codec: number, bytes: Uint8Array, largest: number): Uint8Array {
  // A little more than the result, so that it comes in one piece of memory without a second one behind it.
  const chunkSize = Math.min(Math.max(largest + 64, LEAST_PIECE), LARGEST_PIECE);
  const options = { maxOutputLength: Math.max(largest, 1), chunkSize };
  if (codec === CODEC.zstd && hasZstd()) {
    return zlib.zstdDecompressSync(bytes, options);
  }
  if (codec === CODEC.deflate) {
    return zlib.inflateRawSync(bytes, options);
  }
  throw new RangeError(`This runtime cannot read blocks of codec ${codec}.`);
}

/** CRC-32 (IEEE 802.3) of bytes, continued from `start`. */
export const crc32: (bytes: Uint8Array, start?: number) => number =
  typeof zlib.crc32 === "function" ? (bytes, start = 0) => zlib.crc32(bytes, start) : slowCrc32;

/** The same without help from the runtime. */
export function slowCrc32(bytes: Uint8Array, start = 0): number {
  let crc = ~start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
    }
  }
  return ~crc >>> 0;
}
