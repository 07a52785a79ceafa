/** Node hands out smaller pieces from a pool that must stay. */
const LEAST_GIVEN_BACK = 16_384;

/** Frees memory at once instead of at the next collection: a year of blocks is several megabytes per chart. */
export function giveBack({ buffer }: ArrayBufferView): void {
  if (buffer.byteLength < LEAST_GIVEN_BACK || !(buffer instanceof ArrayBuffer)) {
    return;
  }
  try {
    buffer.transfer(0);
  } catch {
    // Memory that its owner will not let go is collected in its own time.
  }
}
