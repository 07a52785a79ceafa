import http, { type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { ChangeBus, UpdateStore } from "@ecolocal/core/documents/store";
import type { Clock } from "@ecolocal/core/shared";
import { WebSocketServer } from "ws";
import { createAddressLimiter, DEFAULT_LIMITS, type SyncLimits } from "../guard/index.ts";
import { CLOSE, type CloseCode } from "../protocol/index.ts";
import type { RoomConnection, RoomRejection } from "../room/index.ts";
import type { SegmentServices } from "../segments/index.ts";
import { createGroupCommit, type GroupCommit } from "../store/index.ts";
import { createAnnouncer, FEED_ROOM } from "./announcer.ts";
import { createLocalBus } from "./bus.ts";
import { handleRequest } from "./http-routes.ts";
import type { HttpServices } from "./http-services.ts";
import { Hub } from "./hub.ts";
import type { Gatekeeper } from "./identity.ts";
import type { JsonRoute } from "./json-routes.ts";
import { SYNC_PROTOCOL } from "./protocol-version.ts";
import { runSocketSession, type SocketEvents } from "./socket-session.ts";
import { traceIdOf } from "./trace-context.ts";
import { PROTOCOL_EXTENDED, readUpgradeRequest, type UpgradeRequest } from "./upgrade.ts";

export interface SyncServiceEvents extends SocketEvents {
  onCommit?(rows: number, durationMs: number, stored: boolean): void;
  /** A request was answered; an upgrade counts when it is accepted (101) or refused. */
  onRequest?(request: AnsweredRequest): void;
  onRejected?(reason: RoomRejection | "origin" | "token" | "forbidden"): void;
}

/** One answered request, without anything that names a member or a document. */
export interface AnsweredRequest {
  readonly method: string;
  readonly status: number;
  readonly durationMs: number;
  /** 32 hexadecimal digits, the caller's where it sent one. */
  readonly traceId: string;
}

export interface SyncServiceOptions {
  readonly store: UpdateStore;
  readonly gatekeeper: Gatekeeper;
  readonly clock: Clock;
  readonly limits?: Partial<SyncLimits>;
  readonly durability?: "fast" | "strict";
  readonly bus?: ChangeBus;
  /** Origins of browsers that may connect; a request without Origin is not from a browser page. */
  readonly allowedOrigins?: readonly string[];
  readonly commitDelayMs?: number;
  readonly retryDelayMs?: number;
  readonly unloadAfterMs?: number;
  readonly keepAliveMs?: number;
  readonly maxBodyBytes?: number;
  readonly routes?: readonly JsonRoute[];
  /** Readings that members share; without it there are none. */
  readonly segments?: SegmentServices;
  readonly events?: SyncServiceEvents;
  /** Why this process must get no traffic although its store works, or `null`; asked by `/readyz`. */
  readonly notReady?: () => Promise<string | null>;
}

const MIB = 1024 * 1024;
const PUBLIC_PER_SECOND = 10;
const PUBLIC_BURST = 200;
const REFUSALS: Readonly<Record<number, string>> = { 403: "Forbidden", 404: "Not Found", 503: "Service Unavailable" };

/** The sync service: HTTP and WebSocket over one store. Start with `listen`, stop with `drain` and `close`. */
export class SyncService {
  readonly limits: SyncLimits;
  readonly hub: Hub;
  readonly commit: GroupCommit;
  readonly #options: SyncServiceOptions;
  readonly #bus: ChangeBus;
  readonly #announcer = createAnnouncer((workspaceId) => this.hub.find({ workspaceId, documentId: FEED_ROOM }));
  readonly #server: http.Server;
  readonly #sockets: WebSocketServer;
  readonly #mayAskPublicly: (request: IncomingMessage) => boolean;
  #draining = false;

  constructor(options: SyncServiceOptions) {
    this.#options = options;
    this.limits = { ...DEFAULT_LIMITS, ...options.limits };
    this.#bus = options.bus ?? createLocalBus();
    this.#mayAskPublicly = createAddressLimiter(PUBLIC_PER_SECOND, PUBLIC_BURST, options.clock);
    const events = options.events ?? {};
    this.commit = createGroupCommit(options.store, {
      maxDelayMs: options.commitDelayMs ?? 5,
      maxBatch: 500,
      ...(events.onCommit === undefined ? {} : { onBatch: events.onCommit }),
    });
    this.hub = new Hub(
      {
        store: options.store,
        commit: this.commit,
        clock: options.clock,
        limits: this.limits,
        durability: options.durability ?? "fast",
        retryDelayMs: options.retryDelayMs ?? 1000,
        onStored: (key, seq) => {
          this.#bus.publishStored(key, seq);
          this.#announcer.announce(key.workspaceId);
        },
        onPresence: (key, body) => this.#bus.publishPresence(key, body),
        onRejected: (reason) => events.onRejected?.(reason),
      },
      { unloadAfterMs: options.unloadAfterMs ?? 60_000, compactAfterUpdates: 500, compactAfterBytes: MIB / 4 },
    );
    this.#server = http.createServer((request, response) => {
      this.#watch(request, response);
      void handleRequest(request, response, this.#httpServices()).catch(() => response.destroy());
    });
    this.#sockets = new WebSocketServer({
      noServer: true,
      maxPayload: this.limits.frameBytes,
      perMessageDeflate: false,
      handleProtocols: (offered) =>
        offered.has(PROTOCOL_EXTENDED) ? PROTOCOL_EXTENDED : offered.has("ecolocal.v1") ? "ecolocal.v1" : false,
    });
    this.#server.on("upgrade", (request, socket, head) => void this.#upgrade(request, socket, head));
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** Starts to listen; resolves with the address. */
  async listen(port: number, host: string): Promise<AddressInfo> {
    await this.#bus.subscribe({
      onStored: (key, seq) => {
        void this.hub.find(key)?.storedElsewhere(seq);
        this.#announcer.announce(key.workspaceId);
      },
      onPresence: (key, body) => this.hub.find(key)?.presenceElsewhere(body),
      onGap: () => {
        for (const room of this.hub.rooms()) void room.catchUp();
      },
    });
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject);
      this.#server.listen(port, host, resolve);
    });
    return this.#server.address() as AddressInfo;
  }

  /** Closes the live sockets for which `test` holds; terminal codes (4400–4499) stop the stock client for good. */
  disconnect(test: (connection: RoomConnection) => boolean, code: CloseCode, reason: string): void {
    for (const room of this.hub.rooms()) for (const connection of room.peers(test)) connection.close(code, reason);
  }

  /**
   * Turns readiness off, waits `delayMs` until the balancer has noticed, then asks every client to reconnect elsewhere,
   * spread over `windowMs`. The delay must be longer than the period of the readiness check.
   */
  async drain(windowMs: number, delayMs = 0): Promise<void> {
    this.#draining = true;
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs));
    const clients = [...this.#sockets.clients];
    for (const [index, socket] of clients.entries()) {
      setTimeout(() => socket.close(CLOSE.restart, "restart"), (index / Math.max(1, clients.length)) * windowMs);
    }
    await new Promise((resolve) => setTimeout(resolve, windowMs));
    await this.commit.drain();
  }

  /** Closes everything; what was acknowledged is durable. The store stays open: it belongs to the caller. */
  async close(): Promise<void> {
    this.#draining = true;
    for (const socket of this.#sockets.clients) socket.terminate();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => this.#server.close(() => resolve()));
    await this.commit.drain();
    this.#announcer.stop();
    this.hub.stop();
    await this.#bus.close();
  }

  #httpServices(): HttpServices {
    const { segments } = this.#options;
    return {
      hub: this.hub,
      gatekeeper: this.#options.gatekeeper,
      maxBodyBytes: this.#options.maxBodyBytes ?? 16 * MIB,
      heads: this.#options.store.heads,
      routes: this.#options.routes ?? [],
      segments,
      announce: (workspaceId) => this.#announcer.announce(workspaceId),
      mayAskPublicly: this.#mayAskPublicly,
      advertisement: {
        protocol: SYNC_PROTOCOL,
        limits: { ...this.limits, ...(segments === undefined ? {} : { segments: segments.limits }) },
      },
      ready: async () => {
        if (this.#draining) return { ok: false, detail: "draining" };
        const probe = await this.#options.store.probe();
        if (!probe.ok) return { ok: false, detail: probe.error.code };
        const reason = (await this.#options.notReady?.()) ?? null;
        return reason === null ? { ok: true, detail: "ready" } : { ok: false, detail: reason };
      },
    };
  }

  #watch(request: IncomingMessage, response: http.ServerResponse): void {
    const { onRequest } = this.#options.events ?? {};
    if (onRequest === undefined) return;
    const [startedAt, traceId] = [performance.now(), traceIdOf(request)];
    response.once("close", () => {
      const durationMs = performance.now() - startedAt;
      onRequest({ method: request.method ?? "GET", status: response.statusCode, durationMs, traceId });
    });
  }

  #refuse(request: IncomingMessage, socket: Duplex, status: number): void {
    this.#options.events?.onRequest?.({ method: "UPGRADE", status, durationMs: 0, traceId: traceIdOf(request) });
    refuse(socket, status);
  }

  async #upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    socket.on("error", () => socket.destroy());
    if (this.#draining) return this.#refuse(request, socket, 503);
    if (!this.#originAllowed(request)) {
      this.#options.events?.onRejected?.("origin");
      return this.#refuse(request, socket, 403);
    }
    const wanted = readUpgradeRequest(request);
    if (wanted === null) return this.#refuse(request, socket, 404);
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      // Until someone is admitted the socket may not push anything at us.
      client.pause();
      this.#options.events?.onRequest?.({ method: "UPGRADE", status: 101, durationMs: 0, traceId: traceIdOf(request) });
      // A database that is away while someone knocks must cost this one connection, not the process.
      void this.#admit(client, wanted)
        .catch(() => client.close(CLOSE.slowConsumer, "not available now"))
        .finally(() => client.resume());
    });
    return undefined;
  }

  async #admit(client: import("ws").WebSocket, wanted: UpgradeRequest): Promise<void> {
    const { gatekeeper, events, clock, keepAliveMs } = this.#options;
    const identity = wanted.token === null ? null : await gatekeeper.authenticate(wanted.token);
    if (identity === null || !identity.ok) {
      events?.onRejected?.("token");
      client.close(CLOSE.unauthenticated, "token refused");
      return;
    }
    const sameWorkspace = identity.value.workspaceId === wanted.key.workspaceId;
    const access = sameWorkspace ? await gatekeeper.access(identity.value, wanted.key) : "none";
    if (access === "none") {
      events?.onRejected?.("forbidden");
      client.close(CLOSE.documentUnknown, "unknown document");
      return;
    }
    const room = await this.hub.open(wanted.key);
    if (!room.ok) {
      client.close(CLOSE.slowConsumer, room.error.code);
      return;
    }
    if (wanted.epoch !== room.value.epoch) {
      client.close(CLOSE.epochChanged, `epoch ${room.value.epoch}`);
      return;
    }
    runSocketSession(
      client,
      room.value,
      identity.value,
      { canWrite: access === "write", extended: wanted.extended },
      {
        limits: this.limits,
        clock,
        keepAliveMs: keepAliveMs ?? 20_000,
        events: events ?? {},
      },
    );
  }

  #originAllowed(request: IncomingMessage): boolean {
    const { origin } = request.headers;
    return origin === undefined || (this.#options.allowedOrigins ?? []).includes(origin);
  }
}

function refuse(socket: Duplex, status: number): void {
  const wait = status === 503 ? "Retry-After: 1\r\n" : "";
  socket.end(`HTTP/1.1 ${status} ${REFUSALS[status] ?? "Refused"}\r\n${wait}Connection: close\r\n\r\n`);
}
