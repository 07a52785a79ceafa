import { textPieces } from "./text-chunks.ts";

/** What is sent of a file, piece by piece. */
export interface SentPiece {
  readonly text?: string;
  readonly bytes?: Uint8Array<ArrayBuffer>;
  readonly last: boolean;
  /** Of the file, so far. */
  readonly sentBytes: number;
}

/** The text of a file behind so many characters, which are read and left out. */
export async function* piecesBehind(source: AsyncIterable<Uint8Array>, offset: number): AsyncGenerator<SentPiece> {
  let sentBytes = 0;
  let at = 0;
  for await (const { text, last } of textPieces(source)) {
    sentBytes += Buffer.byteLength(text);
    const news = text.slice(Math.max(0, offset - at));
    at += text.length;
    if (news !== "" || last) yield { text: news, last, sentBytes };
  }
}

/** The bytes of a Parquet file, then a call for each stretch of its rows; whoever sends ends that with the answer. */
export async function* parquetPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<SentPiece> {
  let sentBytes = 0;
  for await (const chunk of source) {
    sentBytes += chunk.length;
    yield { bytes: Uint8Array.from(chunk), last: false, sentBytes };
  }
  for (;;) yield { last: true, sentBytes };
}
