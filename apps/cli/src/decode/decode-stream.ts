import { type DecodeEvent, type DecodeLine, type Decoder, toDecodeLine } from "@ecolocal/core/sensing";

export interface DecodeCounts {
  readonly frames: number;
  readonly readings: number;
  readonly rejected: number;
  readonly bytesRejected: number;
}

/** Feeds a byte stream to a decoder and hands every event on, in stream order; memory stays bounded. */
export async function decodeStream(
  source: AsyncIterable<Uint8Array>,
  decoder: Decoder,
  onLine: (line: DecodeLine) => Promise<void>,
): Promise<DecodeCounts> {
  const counts = { frames: 0, readings: 0, rejected: 0, bytesRejected: 0 };
  const hand = async (events: readonly DecodeEvent[]) => {
    for (const event of events) {
      if (event.kind === "frame") {
        counts.frames += 1;
        counts.readings += event.readings.length;
      } else {
        counts.rejected += 1;
        counts.bytesRejected += event.length;
      }
      await onLine(toDecodeLine(event));
    }
  };
  for await (const chunk of source) await hand(decoder.push(chunk));
  await hand(decoder.flush());
  return counts;
}
