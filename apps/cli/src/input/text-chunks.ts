import { StringDecoder } from "node:string_decoder";

/** Characters per piece: small enough for one frame of the local socket, large enough to be quick. */
const PIECE = 1_000_000;

/** Cuts a UTF-8 byte stream into text pieces; a byte order mark is left out, and the last piece says that it is. */
export async function* textPieces(source: AsyncIterable<Uint8Array>): AsyncGenerator<{ text: string; last: boolean }> {
  const decoder = new StringDecoder("utf8");
  let held = "";
  let first = true;
  const take = (text: string): void => {
    held += first && text.startsWith("\ufeff") ? text.slice(1) : text;
    if (text !== "") first = false;
  };
  for await (const chunk of source) {
    take(decoder.write(Buffer.from(chunk)));
    while (held.length > PIECE) {
      yield { text: held.slice(0, PIECE), last: false };
      held = held.slice(PIECE);
    }
  }
  take(decoder.end());
  yield { text: held, last: true };
}
