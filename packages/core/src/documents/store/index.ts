export type {
  AppendRequest,
  Author,
  DocumentKey,
  StoredDocument,
  StoredUpdate,
  StoreFailure,
  UpdateStore,
} from "./update-store.ts";
