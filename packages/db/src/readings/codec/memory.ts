/** Node hands out smaller pieces of bytes from a pool that must stay. */
const LEAST_BYTES = 16_384;

/** Frees memory at once instead of at the next collection: a year of blocks is several megabytes per chart. */
export function giveBack(view: Uint8Array | Float64Array): void {
  const { buffer } = view;
  const isPooled = view instanceof Uint8Array && buffer.byteLength < LEAST_BYTES;
  if (isPooled || buffer.byteLength === 0 || !(buffer instanceof ArrayBuffer)) {
    return;
  }
  try {
    buffer.transfer(0);
  } catch {
    // Memory that its owner will not let go is collected in its own time.
  }
}
