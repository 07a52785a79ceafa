import type { Generated } from "kysely";

/** Tables of the documents; blobs are Buffers, instants UTC epoch milliseconds. */
export interface DocumentTables {
  devices: {
    id: string;
    name: string;
    is_local: number;
    file_identity: string | null;
    created_at: number;
    retired_at: number | null;
  };
  documents: { id: string; created_at: number };
  document_updates: {
    seq: Generated<number>;
    document_id: string;
    origin: string;
    device_id: string | null;
    at: number;
    data: Uint8Array;
  };
  document_snapshots: {
    document_id: string;
    up_to_seq: number;
    state_vector: Uint8Array;
    sha256: string;
    at: number;
    data: Uint8Array;
  };
  document_clients: { device_id: string; document_id: string; client_id: number; created_at: number };
  sync_progress: {
    document_id: string;
    acknowledged_seq: number;
    server_seq: number;
    refused_code: string | null;
    epoch: number;
  };
  document_history: { document_id: string; at: number; sha256: string; data: Uint8Array };
  document_quarantine: {
    id: Generated<number>;
    document_id: string;
    sender: string;
    reason: string;
    at: number;
    data: Uint8Array;
  };
}
