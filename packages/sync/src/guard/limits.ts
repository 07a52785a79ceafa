/** What the service accepts; advertised to clients and enforced. Sizes in bytes. */
export interface SyncLimits {
  /** One WebSocket frame; anything larger goes by HTTP in pieces. */
  readonly frameBytes: number;
  readonly documentBytes: number;
  readonly documentWarnBytes: number;
  /** Distinct Yjs client ids in one update. */
  readonly updateClients: number;
  /** Updates whose dependencies are missing, kept aside by Yjs. */
  readonly pendingBytes: number;
  readonly awarenessBytes: number;
  readonly messagesPerSecond: number;
  readonly messageBurst: number;
  readonly bytesPerSecond: number;
  readonly byteBurst: number;
  /** Unsent bytes on one socket, beyond which it is closed as a slow consumer. */
  readonly socketBacklogBytes: number;
  readonly connectionsPerDocument: number;
  readonly connectionsPerUser: number;
  readonly connectionsPerAddressUnauthenticated: number;
}

const KIB = 1024;
const MIB = 1024 * KIB;

export const DEFAULT_LIMITS: SyncLimits = {
  frameBytes: MIB,
  documentBytes: 10 * MIB,
  documentWarnBytes: 5 * MIB,
  updateClients: 5000,
  pendingBytes: 64 * KIB,
  awarenessBytes: 4 * KIB,
  messagesPerSecond: 30,
  messageBurst: 120,
  bytesPerSecond: 256 * KIB,
  byteBurst: 4 * MIB,
  socketBacklogBytes: 8 * MIB,
  connectionsPerDocument: 100,
  connectionsPerUser: 20,
  connectionsPerAddressUnauthenticated: 10,
};
