/**
 * Counts a connection's update messages and says how many of the first ones are durable. Updates may become durable out
 * of order; the count only covers an unbroken run from the start.
 */
export interface Acknowledgements {
  /** Registers one received update message; call the result once it is durable, with its sequence number. */
  expect(): (seq: number) => void;
}

export function createAcknowledgements(report: (count: number, seq: number) => void): Acknowledgements {
  let received = 0;
  let durable = 0;
  let highestSeq = 0;
  const early = new Set<number>();
  return {
    expect() {
      received += 1;
      const index = received;
      return (seq) => {
        highestSeq = Math.max(highestSeq, seq);
        early.add(index);
        const before = durable;
        while (early.delete(durable + 1)) durable += 1;
        if (durable > before) report(durable, highestSeq);
      };
    },
  };
}
