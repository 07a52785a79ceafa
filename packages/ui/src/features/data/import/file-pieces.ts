/** Bytes read at a time; well below what one message to the engine may hold. */
const PIECE_BYTES = 1_000_000;

export interface FilePiece {
  readonly text: string;
  readonly last: boolean;
  /** Share of the file read so far, 0…1. */
  readonly share: number;
}

/** Reads a file as UTF-8 text piece by piece, so that it may be larger than the memory of the page. */
export async function* filePieces(file: Blob): AsyncGenerator<FilePiece, undefined> {
  const decoder = new TextDecoder("utf-8");
  let offset = 0;
  do {
    const bytes = await file.slice(offset, offset + PIECE_BYTES).arrayBuffer();
    offset += bytes.byteLength;
    const last = offset >= file.size;
    yield { text: decoder.decode(bytes, { stream: !last }), last, share: file.size === 0 ? 1 : offset / file.size };
  } while (offset < file.size);
  return undefined;
}

/** What is sent of a Parquet file: its bytes, then one call for each stretch of its rows until the engine is done. */
export async function* parquetPieces(
  file: Blob,
): AsyncGenerator<
  { readonly bytes?: Uint8Array<ArrayBuffer>; readonly last: boolean; readonly share: number },
  undefined
> {
  for (let offset = 0; offset < file.size; offset += PIECE_BYTES) {
    const bytes = new Uint8Array(await file.slice(offset, offset + PIECE_BYTES).arrayBuffer());
    yield { bytes, last: false, share: (offset + bytes.length) / file.size };
  }
  for (;;) yield { last: true, share: 1 };
}

export function isParquet(file: File): boolean {
  return /\.parquet$/i.test(file.name);
}

const HEAD_BYTES = 64_000;

export async function fileHead(file: Blob): Promise<string> {
  return file.slice(0, HEAD_BYTES).text();
}
