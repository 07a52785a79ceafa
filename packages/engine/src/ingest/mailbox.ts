/** A bounded queue between something that must not wait and a consumer that may be slow. */
export interface Mailbox<T> {
  /** Never waits; drops the oldest value when the box is full. */
  put(value: T): void;
  /** Ends the box after what is already in it. */
  end(): void;
  /** The values in order, until the box ends or its signal aborts. */
  take(): AsyncGenerator<T, void>;
}

export function createMailbox<T>(capacity: number, signal: AbortSignal): Mailbox<T> {
  const values: T[] = [];
  let ended = false;
  let wake = (): void => undefined;
  return {
    put(value) {
      values.push(value);
      if (values.length > capacity) values.shift();
      wake();
    },
    end() {
      ended = true;
      wake();
    },
    async *take() {
      const stop = (): void => wake();
      signal.addEventListener("abort", stop);
      try {
        while (!signal.aborted) {
          const value = values.shift();
          if (value !== undefined) yield value;
          else if (ended) return;
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
      } finally {
        signal.removeEventListener("abort", stop);
      }
    },
  };
}
