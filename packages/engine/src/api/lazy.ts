/** Something made at its first use, once. */
export interface Lazy<T> {
  readonly get: () => Promise<T>;
  /** What was made, without making it. */
  loaded(): Promise<T | undefined>;
}

export function createLazy<T>(make: () => Promise<T>): Lazy<T> {
  let made: Promise<T> | undefined;
  return {
    get() {
      made ??= make();
      return made;
    },
    loaded: async () => made,
  };
}
