import type { FailureCode } from "@ecolocal/core/api";
import { isDocumentId } from "@ecolocal/core/documents";
import { err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import type { BatchEntry } from "@ecolocal/sync/client";
import { type Outgoing, PIECE_BYTES, type Replica } from "./replica.ts";
import type { ServerDocuments, ServerHead } from "./server-documents.ts";
import { type SyncFailure, syncFailure } from "./sync-failure.ts";

export interface ExchangeOptions {
  /** Compares every document with the server's, which finds what a crash on either side left unequal. */
  readonly compareAll: boolean;
  /** Sends also what the server refused before. */
  readonly retryRefused: boolean;
  /** Documents that another road carries at this moment. */
  readonly isCarried: (documentId: string) => boolean;
  /** These documents were put back on the server; their own state here is about to be set aside. */
  readonly onRestored: (documentIds: readonly string[]) => Promise<Result<void, Failure>>;
  readonly onProgress: (done: number, total: number) => void;
  readonly signal: AbortSignal;
}

export interface ExchangeReport {
  /** Documents that brought news. */
  readonly received: number;
  /** Documents whose changes the server confirmed. */
  readonly sent: number;
  /** Failures of single documents; the others went on. */
  readonly failures: readonly SyncFailure[];
}

/** The state vector of nobody: asks for everything. */
const NOTHING_KNOWN = Uint8Array.of(0);

/** Documents in one request; with small state vectors that is some tens of kilobytes. */
const BATCH_DOCUMENTS = 100;

/**
 * Brings this device and the server to the same state, in as few requests as possible: asks which documents have news,
 * fetches what is missing here, and sends what is missing there. What was sent counts as sent only once the server has
 * said that it is durable. May stop anywhere: whatever was exchanged stays, the rest comes the next time.
 */
export async function exchange(
  replica: Replica,
  server: ServerDocuments,
  options: ExchangeOptions,
): Promise<Result<ExchangeReport, Failure>> {
  const run = new Exchange(replica, server, options);
  return await run.all();
}

/** One piece on its way to the server. */
interface Letter {
  readonly entry: BatchEntry;
  /** Number in our log up to which everything is there once this piece is confirmed; 0 while more pieces follow. */
  readonly uptoSeq: number;
}

class Exchange {
  readonly #replica: Replica;
  readonly #server: ServerDocuments;
  readonly #options: ExchangeOptions;
  readonly #failures: SyncFailure[] = [];
  readonly #received = new Set<string>();
  readonly #sent = new Set<string>();
  readonly #refused = new Set<string>();
  /** Documents that did not exist here before: they are what the server has. */
  readonly #begun = new Set<string>();
  #heads: ReadonlyMap<string, ServerHead> = new Map();

  constructor(replica: Replica, server: ServerDocuments, options: ExchangeOptions) {
    this.#replica = replica;
    this.#server = server;
    this.#options = options;
  }

  async all(): Promise<Result<ExchangeReport, Failure>> {
    const heads = await this.#server.heads();
    if (!heads.ok) return heads;
    this.#heads = heads.value;
    const adopted = await this.#adoptRestored(heads.value);
    if (!adopted.ok) return adopted;
    const pulled = await this.#pull(this.#withNews(heads.value));
    if (!pulled.ok) return pulled;
    if (this.#options.compareAll) {
      const compared = await this.#compare(heads.value);
      if (!compared.ok) return compared;
    }
    const pushed = await this.#push();
    if (!pushed.ok) return pushed;
    return ok({ received: this.#received.size, sent: this.#sent.size, failures: this.#failures });
  }

  /** Documents of which the server has more than we fetched; a server that lost something gets everything again. */
  #withNews(heads: ReadonlyMap<string, ServerHead>): string[] {
    const { documents, progress } = this.#replica;
    for (const id of documents.list()) {
      if ((heads.get(id)?.seq ?? 0) < progress.find(id).serverSeq) progress.forget(id);
    }
    return [...heads.keys()].filter((id) => {
      const known = progress.find(id).serverSeq;
      const hasNews = !documents.exists(id) || (heads.get(id)?.seq ?? 0) > known;
      return isDocumentId(id) && hasNews && !this.#options.isCarried(id);
    });
  }

  /**
   * Documents that the server was put back in on purpose: what we hold of them is the past that was undone. It is kept
   * as a version, and the server's state takes its place; nothing of it is sent.
   */
  async #adoptRestored(heads: ReadonlyMap<string, ServerHead>): Promise<Result<void, Failure>> {
    const { documents, progress } = this.#replica;
    // What the server has never had from us or given to us is no past of its own.
    const met = [...heads].filter(([id]) => {
      const { serverSeq, acknowledgedSeq } = progress.find(id);
      return documents.exists(id) && (serverSeq > 0 || acknowledgedSeq > 0);
    });
    // An older epoch is an older backup, not a decision: that server is healed like one that lost its newest past.
    const older = met.filter(([id, { epoch }]) => epoch < progress.find(id).epoch);
    for (const [id] of older) progress.forget(id);
    const restored = met.filter(
      ([id, { epoch }]) => epoch > progress.find(id).epoch && !older.some(([one]) => one === id),
    );
    const agreed = restored.length === 0 ? ok(undefined) : await this.#options.onRestored(restored.map(([id]) => id));
    if (!agreed.ok) return agreed;
    for (const [documentId, head] of restored) {
      const entry = { documentId, status: 0, seq: head.epoch, bytes: NOTHING_KNOWN };
      const answers = await this.#server.batch("pull", [entry]);
      if (!answers.ok) return answers;
      const [answer] = answers.value;
      if (answer?.status !== 200) continue;
      const adopted = this.#replica.adopt(documentId, answer.bytes, { seq: answer.seq, epoch: head.epoch });
      if (!adopted.ok) {
        this.#failures.push(adopted.error as SyncFailure);
        continue;
      }
      this.#received.add(documentId);
      this.#begun.add(documentId);
    }
    return ok(undefined);
  }

  #epochOf(documentId: string): number {
    return this.#replica.progress.find(documentId).epoch;
  }

  async #pull(documentIds: readonly string[]): Promise<Result<void, Failure>> {
    const total = documentIds.length;
    let waiting = [...documentIds];
    while (waiting.length > 0) {
      if (this.#options.signal.aborted) return err(stopped());
      if (total > 1) this.#options.onProgress(total - waiting.length, total);
      const asked = waiting.slice(0, BATCH_DOCUMENTS);
      const entries = asked.flatMap((documentId) => this.#entryWith(documentId, this.#replica.stateVector(documentId)));
      const answers = await this.#server.batch("pull", entries);
      if (!answers.ok) return answers;
      const postponed = answers.value.filter(({ status }) => status === 206).map(({ documentId }) => documentId);
      for (const answer of answers.value) {
        this.#take(answer);
        await letOthersWork();
      }
      waiting = [...postponed, ...waiting.slice(asked.length)];
      if (postponed.length === asked.length) return err(noProgress());
    }
    if (total > 1) this.#options.onProgress(total, total);
    return ok(undefined);
  }

  #take({ documentId, status, seq, bytes }: BatchEntry): void {
    if (status === 206 || status === 404) return;
    if (status !== 200) {
      this.#fail(documentId, refusalCode(status));
      return;
    }
    if (!this.#replica.documents.exists(documentId)) this.#begun.add(documentId);
    const news = this.#replica.receive(documentId, bytes);
    if (!news.ok) {
      this.#failures.push(news.error as SyncFailure);
      return;
    }
    if (news.value) this.#received.add(documentId);
    this.#replica.progress.received(documentId, seq);
    this.#replica.progress.enter(documentId, this.#heads.get(documentId)?.epoch ?? 0);
  }

  /** Finds documents that differ although both sides believe to be up to date, and exchanges those in full. */
  async #compare(heads: ReadonlyMap<string, ServerHead>): Promise<Result<void, Failure>> {
    const isComparable = (id: string): boolean => heads.has(id) && !this.#begun.has(id) && !this.#options.isCarried(id);
    const known = this.#replica.documents.list().filter(isComparable);
    for (let start = 0; start < known.length; start += BATCH_DOCUMENTS) {
      const found = await compareDocuments(this.#replica, this.#server, known.slice(start, start + BATCH_DOCUMENTS));
      if (!found.ok) return found;
      for (const { documentId, stateVector } of found.value) {
        const refetched = await this.#pull([documentId]);
        if (!refetched.ok) return refetched;
        const letters = this.#letters(documentId, this.#replica.difference(documentId, stateVector));
        const sent = await this.#send(letters.map((letter) => [letter]));
        if (!sent.ok) return sent;
      }
    }
    return ok(undefined);
  }

  async #push(): Promise<Result<void, Failure>> {
    const waiting = this.#replica.progress.waiting().map(({ documentId }) => documentId);
    const sendable = waiting.filter((documentId) => {
      const isRefused = this.#replica.progress.find(documentId).refusedCode !== null;
      return !(isRefused && !this.#options.retryRefused) && !this.#options.isCarried(documentId);
    });
    return await this.#send(this.#parcels(sendable));
  }

  async #send(parcels: Iterable<readonly Letter[]>): Promise<Result<void, Failure>> {
    for (const parcel of parcels) {
      if (this.#options.signal.aborted) return err(stopped());
      // A document of which one piece was refused is not sent any further.
      const letters = parcel.filter(({ entry }) => !this.#refused.has(entry.documentId));
      if (letters.length === 0) continue;
      const answers = await this.#server.batch(
        "push",
        letters.map(({ entry }) => entry),
      );
      if (!answers.ok) return answers;
      for (const [index, answer] of answers.value.entries()) this.#confirm(answer, letters[index]?.uptoSeq ?? 0);
    }
    return ok(undefined);
  }

  /** Small documents share a request; pieces of a large one travel alone, in their order. */
  *#parcels(documentIds: readonly string[]): Generator<readonly Letter[]> {
    let shared: Letter[] = [];
    let size = 0;
    for (const [index, documentId] of documentIds.entries()) {
      if (documentIds.length > 1) this.#options.onProgress(index, documentIds.length);
      const letters = this.#letters(documentId, this.#replica.outgoing(documentId));
      const [only] = letters;
      if (only === undefined) continue;
      const added = only.entry.bytes.byteLength;
      if (letters.length > 1) yield* letters.map((letter) => [letter]);
      else if (size + added > PIECE_BYTES || shared.length === BATCH_DOCUMENTS) {
        yield shared;
        [shared, size] = [[only], added];
      } else {
        shared.push(only);
        size += added;
      }
    }
    yield shared;
  }

  /** The pieces of one document; only the last one completes what was waiting. */
  #letters(documentId: string, outgoing: Result<Outgoing, Failure>): Letter[] {
    if (!outgoing.ok) {
      this.#failures.push(outgoing.error as SyncFailure);
      return [];
    }
    const { pieces, uptoSeq } = outgoing.value;
    // Nothing of ours is in what waits: only others' changes moved the log on.
    if (pieces.length === 0) this.#replica.progress.acknowledge(documentId, uptoSeq);
    return pieces.map((bytes, index) => ({
      entry: { documentId, status: 0, seq: this.#epochOf(documentId), bytes },
      uptoSeq: index === pieces.length - 1 ? uptoSeq : 0,
    }));
  }

  #confirm({ documentId, status, seq }: BatchEntry, uptoSeq: number): void {
    const { progress } = this.#replica;
    if (status !== 200) {
      const code = refusalCode(status);
      if (!WAITS.has(status)) progress.refuse(documentId, code);
      this.#refused.add(documentId);
      this.#fail(documentId, code);
      return;
    }
    if (progress.find(documentId).serverSeq === seq - 1) progress.received(documentId, seq);
    if (uptoSeq > 0) progress.acknowledge(documentId, uptoSeq);
    this.#sent.add(documentId);
  }

  #entryWith(documentId: string, bytes: Result<Uint8Array, Failure>): BatchEntry[] {
    if (bytes.ok) return [{ documentId, status: 0, seq: this.#epochOf(documentId), bytes: bytes.value }];
    this.#failures.push(bytes.error as SyncFailure);
    return [];
  }

  #fail(documentId: string, code: FailureCode): void {
    this.#failures.push(syncFailure(code, "sync.exchange", documentId, REFUSED_DETAIL[code] ?? "It was refused."));
  }
}

export interface DifferingDocument {
  readonly documentId: string;
  /** What the server has. */
  readonly stateVector: Uint8Array;
}

/** Asks the server which of these documents are not the same there. */
export async function compareDocuments(
  replica: Replica,
  server: ServerDocuments,
  documentIds: readonly string[],
): Promise<Result<DifferingDocument[], Failure>> {
  const entries: BatchEntry[] = [];
  for (const documentId of documentIds) {
    const digest = replica.digest(documentId);
    if (digest.ok && digest.value !== null) {
      const { epoch } = replica.progress.find(documentId);
      entries.push({ documentId, status: 0, seq: epoch, bytes: digest.value });
    }
    await letOthersWork();
  }
  if (entries.length === 0) return ok([]);
  const answers = await server.batch("compare", entries);
  if (!answers.ok) return answers;
  const differing = answers.value.filter(({ status }) => status === 409);
  return ok(differing.map(({ documentId, bytes }) => ({ documentId, stateVector: bytes })));
}

/** Merging a large document takes tens of milliseconds; sensors and windows must get their turn in between. */
async function letOthersWork(): Promise<void> {
  await new Promise((resolve) => setImmediate(resolve));
}

const CODE_FOR_STATUS: Readonly<Record<number, FailureCode>> = {
  400: "SYNC_UPDATE_REFUSED",
  403: "SYNC_ROLE_INSUFFICIENT",
  404: "SYNC_NOT_FOUND",
  410: "SYNC_EPOCH_CHANGED",
  413: "SYNC_TOO_LARGE",
};

/** Not now, ask again, or put back since we asked: the next exchange does what is needed. */
const WAITS: ReadonlySet<number> = new Set([206, 410, 503]);

const REFUSED_DETAIL: Partial<Record<FailureCode, string>> = {
  SYNC_UPDATE_REFUSED: "The server could not merge the changes.",
  SYNC_ROLE_INSUFFICIENT: "Your role may read this document, not change it.",
  SYNC_NOT_FOUND: "The server does not give you this document.",
  SYNC_EPOCH_CHANGED: "The server was put back to an earlier state while we were sending.",
  SYNC_TOO_LARGE: "The document has grown beyond what the server takes.",
  SYNC_ROOM_UNAVAILABLE: "The server cannot open this document now.",
};

function refusalCode(status: number): FailureCode {
  return CODE_FOR_STATUS[status] ?? "SYNC_ROOM_UNAVAILABLE";
}

function stopped(): SyncFailure {
  return syncFailure("SYNC_SERVER_UNREACHABLE", "sync.exchange", "exchange", "The exchange was stopped.");
}

function noProgress(): SyncFailure {
  return syncFailure("SYNC_SERVER_INVALID", "sync.exchange", "exchange", "The server keeps putting off its answer.");
}
