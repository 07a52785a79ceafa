export type { ChangeBus, ChangeListener } from "./change-bus.ts";
export type {
  AppendRequest,
  Author,
  DocumentHead,
  DocumentKey,
  StoredDocument,
  StoredUpdate,
  StoreFailure,
  UpdateStore,
} from "./update-store.ts";
