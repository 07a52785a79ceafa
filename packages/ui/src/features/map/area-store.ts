/** A map area that somebody chose: a PMTiles file, kept by this browser or window and nowhere else. */
export interface MapArea {
  readonly name: string;
  readonly file: Blob;
}

const DATABASE = "ecolocal-map";
const STORE = "areas";
const KEY = "chosen";

export async function readArea(): Promise<MapArea | null> {
  const found = (await inStore("readonly", (store) => store.get(KEY))) as MapArea | undefined;
  return found ?? null;
}

/** Keeps an area for the next visit; null forgets it. */
export async function keepArea(area: MapArea | null): Promise<void> {
  await inStore("readwrite", (store): IDBRequest => (area === null ? store.delete(KEY) : store.put(area, KEY)));
}

async function inStore(mode: IDBTransactionMode, work: (store: IDBObjectStore) => IDBRequest): Promise<unknown> {
  const opening = indexedDB.open(DATABASE, 1);
  opening.onupgradeneeded = () => void opening.result.createObjectStore(STORE);
  const database = await finished(opening);
  try {
    return await finished(work(database.transaction(STORE, mode).objectStore(STORE)));
  } finally {
    database.close();
  }
}

function finished<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new DOMException("The browser's storage failed."));
  });
}
