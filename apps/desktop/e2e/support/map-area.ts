import { crc32, deflateSync } from "node:zlib";

const HEADER_BYTES = 127;
const TILE_TYPE_PNG = 2;
const COMPRESSION_NONE = 1;

/** A PMTiles file (version 3) with one tile: the world as a single red picture. */
export function redWorld(): Buffer {
  const tile = redPicture();
  // One entry: tile 0, run of 1, its length, at offset 0 (written as 1).
  const directory = Buffer.concat([varint(1), varint(0), varint(1), varint(tile.length), varint(1)]);
  const metadata = Buffer.from(JSON.stringify({ attribution: '<a href="https://example.org">&copy; Somebody</a>' }));
  const header = Buffer.alloc(HEADER_BYTES);
  header.write("PMTiles", 0, "latin1");
  header[7] = 3;
  const metadataAt = HEADER_BYTES + directory.length;
  const tilesAt = metadataAt + metadata.length;
  const parts = [
    HEADER_BYTES,
    directory.length,
    metadataAt,
    metadata.length,
    tilesAt,
    0,
    tilesAt,
    tile.length,
    1,
    1,
    1,
  ];
  for (const [i, value] of parts.entries()) header.writeBigUInt64LE(BigInt(value), 8 + i * 8);
  header[96] = 1;
  header[97] = COMPRESSION_NONE;
  header[98] = COMPRESSION_NONE;
  header[99] = TILE_TYPE_PNG;
  const degrees = [-180, -85, 180, 85];
  for (const [i, value] of degrees.entries()) header.writeInt32LE(value * 1e7, 102 + i * 4);
  return Buffer.concat([header, directory, metadata, tile]);
}

function varint(value: number): Buffer {
  const bytes = [];
  for (let rest = value; ; rest >>>= 7) {
    bytes.push(rest > 127 ? (rest & 127) | 128 : rest);
    if (rest <= 127) return Buffer.from(bytes);
  }
}

function redPicture(): Buffer {
  const size = 256;
  const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(size * 3, Buffer.from([255, 0, 0]))]);
  const shape = Buffer.alloc(13);
  shape.writeUInt32BE(size, 0);
  shape.writeUInt32BE(size, 4);
  shape.set([8, 2, 0, 0, 0], 8);
  const pixels = deflateSync(Buffer.concat(Array.from({ length: size }, () => row)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, block("IHDR", shape), block("IDAT", pixels), block("IEND", Buffer.alloc(0))]);
}

function block(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const frame = Buffer.alloc(4);
  frame.writeUInt32BE(data.length);
  const check = Buffer.alloc(4);
  check.writeUInt32BE(crc32(body));
  return Buffer.concat([frame, body, check]);
}
