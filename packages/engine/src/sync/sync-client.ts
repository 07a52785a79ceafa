import type { DoctorReport, PresenceView, SyncReport, SyncStatus } from "@ecolocal/core/api";
import type { Failure, Result } from "@ecolocal/core/shared";
import { err, ok } from "@ecolocal/core/shared";
import { createSyncProgress } from "@ecolocal/db/documents";
import { type InvitationLink, parseInvitationLink } from "@ecolocal/sync/client";
import { type BackupService, createBackupService } from "../backups/index.ts";
import type { EngineLog } from "../log/index.ts";
import type { Projects } from "../projects/index.ts";
import { pause, type Store } from "../store/index.ts";
import { examine } from "./doctor.ts";
import { type GroupAccounts, groupAccounts } from "./group-accounts.ts";
import { acceptInvitation } from "./joining.ts";
import { type Membership, type MembershipFiles, membershipFiles } from "./membership.ts";
import { noteRestored } from "./note-restored.ts";
import { authorOf } from "./readings/exchange-readings.ts";
import { forgetSharing } from "./readings/forget-sharing.ts";
import { takeBack } from "./readings/give-readings.ts";
import type { SegmentAuthor } from "./readings/make-segment.ts";
import { createReplica, type Replica } from "./replica.ts";
import { Rhythm } from "./rhythm.ts";
import { forgetRoster, type RosterEntry, readRoster } from "./roster.ts";
import { openSession, type Session } from "./session.ts";
import { describeSync } from "./status.ts";
import { notJoined, type SyncFailure, syncFailure } from "./sync-failure.ts";

export interface SyncClientOptions {
  readonly store: Store;
  readonly projects: Projects;
  readonly log: EngineLog;
  readonly appVersion: string;
}

/** Watching interfaces get at most five statuses a second. */
const STATUS_PAUSE_MS = 200;
/** The group's own document; its room is where members see each other and hear of news. */
const FEED_DOCUMENT = "ws";

/**
 * Keeps the documents of this workspace and those of its group the same. Everything works without a server; what is
 * done offline waits in the update log, for however long, and is sent when the server answers.
 */
export class SyncClient {
  readonly #options: SyncClientOptions;
  readonly #backups: BackupService;
  readonly #files: MembershipFiles;
  readonly #replica: Replica;
  readonly #rhythm: Rhythm;
  readonly #listeners = new Set<() => void>();
  readonly #stopListening: () => void;
  #session: Session | null = null;
  #isClosed = false;
  #leaveFeed: (() => void) | undefined;
  #publicAddress: () => string | null = () => null;

  constructor(options: SyncClientOptions) {
    this.#options = options;
    const { store, projects, appVersion } = options;
    this.#backups = createBackupService(store, appVersion);
    this.#files = membershipFiles(store.db.dir);
    this.#replica = createReplica(projects.documents, createSyncProgress(store.db), projects.history);
    this.#rhythm = new Rhythm({
      replica: this.#replica,
      store,
      log: options.log,
      session: () => this.#session,
      roster: () => this.roster(),
      onChange: () => this.#changed(),
      onNews: () => store.changes.notify("projects"),
      onRestored: (ids) =>
        noteRestored(
          options,
          ids.map((id) => this.titleOf(id)),
          () => this.backUp(),
        ),
      onWorking: (isComplete) => {
        this.#openFeed();
        if (isComplete) void this.roster();
      },
    });
    this.#stopListening = projects.documents.onChange((changes) => {
      this.#session?.live.changed(changes);
      if (changes.some(({ origin }) => origin !== "remote")) this.#rhythm.soon();
      this.#changed();
    });
    this.#openSession();
  }

  /** Exchanges in the background from now on, as long as the workspace belongs to a group. */
  start(): void {
    if (this.#options.store.db.mode === "live") this.#rhythm.start();
  }

  status(): SyncStatus {
    return describeSync({
      replica: this.#replica,
      session: this.#session,
      memory: this.#rhythm.memory(),
      titleOf: (documentId) => this.titleOf(documentId),
    });
  }

  async *watch(signal: AbortSignal): AsyncGenerator<SyncStatus> {
    for await (const _ of this.#changes(signal)) yield this.status();
  }

  /** Who has a document open; it is exchanged live while somebody watches. */
  async *watchPresence(documentId: string, signal: AbortSignal): AsyncGenerator<PresenceView> {
    let leave: (() => void) | undefined;
    let at: Session | null = null;
    try {
      for await (const _ of this.#changes(signal)) {
        if (at !== this.#session) {
          leave?.();
          at = this.#session;
          leave = at?.live.open(documentId);
        }
        yield { live: at?.live.carries(documentId) ?? false, people: at?.live.people(documentId) ?? [] };
      }
    } finally {
      leave?.();
    }
  }

  async now(): Promise<Result<SyncReport, Failure>> {
    const session = this.#joined("sync.now");
    if (!session.ok) return session;
    const done = await this.#rhythm.now();
    if (!done.ok) return done;
    const { received, sent, readings } = done.value;
    return ok({
      received,
      sent,
      readings: { sent: readings.sent, received: readings.received },
      status: this.status(),
    });
  }

  setPaused(paused: boolean): Result<SyncStatus, Failure> {
    const session = this.#joined("sync.pause");
    if (!session.ok) return session;
    session.value.update({ paused });
    if (paused) this.#closeFeed();
    else this.#rhythm.soon();
    this.#changed();
    return ok(this.status());
  }

  async join(request: {
    readonly link: string;
    readonly userName: string;
    readonly deviceName?: string | undefined;
  }): Promise<Result<SyncStatus, Failure>> {
    const { store, projects } = this.#options;
    const { dir } = store.db;
    if (store.settings.workspaceInfo().kind === "demo") {
      return err(syncFailure("SYNC_DEMO", "sync.join", dir, "The demo is for trying things out, by oneself."));
    }
    const link = parseInvitationLink(request.link);
    if (!link.ok) return link;
    const known = this.#files.read();
    if (known !== null) return await this.#moveTo(link.value, known);
    if (projects.documents.list().length > 0) {
      const backup = await this.backUp();
      if (!backup.ok) return backup;
    }
    const membership = await acceptInvitation({ workspaceDir: dir, clock: store.clock }, link.value, request);
    if (!membership.ok) return membership;
    const forgotten = this.#replica.progress.forget();
    if (!forgotten.ok) return forgotten;
    this.#files.writeToken(null);
    this.#files.write(membership.value);
    this.#rhythm.forget();
    this.#openSession();
    // The membership stands, whether or not the first exchange reaches its end; the status tells.
    await this.#rhythm.now();
    return ok(this.status());
  }

  /** A link to the group that we belong to, under another address: the server has moved, or the host has another number. */
  async #moveTo(link: InvitationLink, known: Membership): Promise<Result<SyncStatus, Failure>> {
    const alreadyJoined = syncFailure("SYNC_ALREADY_JOINED", "sync.join", known.server, "Leave that group first.");
    if (link.workspaceId !== known.groupId || link.server === known.server) return err(alreadyJoined);
    this.#closeSession();
    this.#files.write({ ...known, server: link.server });
    this.#openSession();
    const exchanged = await this.#rhythm.now();
    if (exchanged.ok) return ok(this.status());
    // Not the server that knows this device, or not there: everything stays as it was.
    this.#closeSession();
    this.#files.write(known);
    this.#openSession();
    return err(exchanged.error.code === "SYNC_DEVICE_REVOKED" ? alreadyJoined : exchanged.error);
  }

  /** Ends this device's membership; the documents stay as they are. */
  async leave(): Promise<Result<SyncStatus, Failure>> {
    const session = this.#joined("sync.leave");
    if (!session.ok) return session;
    const told = await this.#tellServerGoodbye(session.value);
    // An unreachable server, or one that has forgotten this device, is no reason to stay.
    if (!told.ok && told.error.code === "SYNC_LAST_STEWARD") return told;
    this.#closeSession();
    this.#files.remove();
    forgetRoster(this.#options.store);
    const unshared = forgetSharing(this.#options.store);
    if (!unshared.ok) return unshared;
    const forgotten = this.#replica.progress.forget();
    if (!forgotten.ok) return forgotten;
    this.#rhythm.forget();
    this.#changed();
    return ok(this.status());
  }

  async doctor(repair: boolean, signal: AbortSignal): Promise<Result<DoctorReport, Failure>> {
    const session = this.#joined("sync.doctor");
    if (!session.ok) return session;
    const report = await this.#rhythm.exclusively(() =>
      examine(
        {
          replica: this.#replica,
          server: session.value.documents,
          titleOf: (documentId) => this.titleOf(documentId),
          backUp: () => this.backUp(),
          signal,
        },
        repair,
      ),
    );
    if (!report.ok) return report;
    this.#changed();
    if (repair) this.#options.store.changes.notify("projects");
    const clockAheadMs = session.value.connection.clockAheadMs();
    return ok({ checkedAt: this.#options.store.clock.now(), clockAheadMs, ...report.value });
  }

  /** Members, devices and invitations of the group. */
  accounts(): Result<GroupAccounts, Failure> {
    const session = this.#joined("sync.accounts");
    return session.ok ? ok(groupAccounts(session.value, this.#publicAddress())) : session;
  }

  /** The group that this device belongs to, and as whom. */
  membership(): Membership | null {
    return this.#session?.membership() ?? null;
  }

  /** The group's devices and their keys, fresh where the server answers. */
  roster(): Promise<RosterEntry[]> {
    return readRoster(this.#session, this.#options.store, () => !this.#isClosed);
  }

  /** Documents were changed by another road: the next exchange looks closely. */
  compareSoon(): void {
    this.#rhythm.compareSoon();
    this.#changed();
  }

  /** Asks the server at once to delete what is no longer shared; false while it cannot be reached. */
  async takeBackReadings(): Promise<boolean> {
    const session = this.#session;
    if (session === null) return false;
    const { store } = this.#options;
    const done = await this.#rhythm.exclusively(() => takeBack({ store, server: session.segments }));
    return done.ok;
  }

  /** Who signs what this device shares; null while it belongs to no group. */
  author(): SegmentAuthor | null {
    return this.#session === null ? null : authorOf(this.#session);
  }

  /** Readings or what is shared of them have changed. */
  readingsChanged(): void {
    this.#rhythm.soon();
  }

  /** Where others reach the group, where that differs from the address that this computer uses: it hosts the group. */
  setPublicAddress(address: () => string | null): void {
    this.#publicAddress = address;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    this.#stopListening();
    this.#closeSession();
    await this.#rhythm.close();
  }

  async #tellServerGoodbye(session: Session): Promise<Result<unknown, SyncFailure>> {
    const accounts = groupAccounts(session);
    const devices = await accounts.devices();
    if (!devices.ok) return devices;
    const me = session.membership();
    const isActive = (one: { readonly revokedAt: number | null }): boolean => one.revokedAt === null;
    const others = devices.value.filter((one) => one.userId === me.userId && isActive(one) && !one.isThis);
    if (others.length > 0) return await accounts.revokeDevice(me.deviceId);
    const members = await accounts.members();
    if (!members.ok) return members;
    // The last person turns off the light: a group of one has nobody to hand over to.
    return members.value.length === 1
      ? await accounts.revokeDevice(me.deviceId)
      : await accounts.removeMember(me.userId);
  }

  #joined(op: string): Result<Session, SyncFailure> {
    if (this.#session !== null) return ok(this.#session);
    return err(this.#rhythm.memory().failure === null ? notJoined(op) : this.#openingFailure(op));
  }

  #openingFailure(op: string): SyncFailure {
    const { failure } = this.#rhythm.memory();
    const known = failure?.code === "SYNC_KEY_UNREADABLE";
    return known ? syncFailure("SYNC_KEY_UNREADABLE", op, failure.subject, failure.detail) : notJoined(op);
  }

  #openSession(): void {
    const membership = this.#files.read();
    if (membership === null) return;
    const opened = openSession(membership, {
      workspaceDir: this.#options.store.db.dir,
      files: this.#files,
      replica: this.#replica,
      clock: this.#options.store.clock,
      onChange: () => this.#changed(),
      onNews: () => this.#options.store.changes.notify("projects"),
      onDocumentsChanged: () => this.#rhythm.soon(),
    });
    if (opened.ok) this.#session = opened.value;
    else this.#rhythm.failed(opened.error);
    this.#changed();
  }

  #closeSession(): void {
    this.#closeFeed();
    this.#session?.close();
    this.#session = null;
  }

  /** Once the exchange works, this device shows itself to the group and listens for news. */
  #openFeed(): void {
    if (this.#session?.membership().paused === false) this.#leaveFeed ??= this.#session.live.open(FEED_DOCUMENT);
  }

  #closeFeed(): void {
    this.#leaveFeed?.();
    this.#leaveFeed = undefined;
  }

  /** Makes a backup, before something that changes much. */
  async backUp(): Promise<Result<string, Failure>> {
    const made = await this.#backups.create("before-sync");
    return made.ok ? ok(made.value.path) : made;
  }

  titleOf(documentId: string): string {
    const [kind, id = ""] = documentId.split("~");
    if (kind === "project") return this.#options.projects.rows.find(id)?.title ?? documentId;
    return documentId === FEED_DOCUMENT ? this.#options.store.settings.workspaceInfo().name : documentId;
  }

  #changed(): void {
    for (const listener of [...this.#listeners]) listener();
  }

  /** At once, then after each batch of changes, until `signal` aborts. */
  async *#changes(signal: AbortSignal): AsyncGenerator<void> {
    let isDue = true;
    let wake = (): void => undefined;
    const listener = (): void => {
      isDue = true;
      wake();
    };
    const stop = (): void => wake();
    this.#listeners.add(listener);
    signal.addEventListener("abort", stop);
    try {
      while (!signal.aborted) {
        if (!isDue) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
          continue;
        }
        isDue = false;
        yield;
        await pause(STATUS_PAUSE_MS, signal);
      }
    } finally {
      this.#listeners.delete(listener);
      signal.removeEventListener("abort", stop);
    }
  }
}
