import fs from "node:fs";
import type { PGlite } from "@electric-sql/pglite";
import { NodeFS } from "@electric-sql/pglite/nodefs";
import { syncToDisk } from "../sqlite/index.ts";

/** Counts what really reached the disk; the start-up self-test and a metric read it. */
export interface FsyncCounter {
  calls: number;
}

// The parts of Emscripten's NODEFS that we touch; PGlite does not describe them.
interface EmscriptenStream {
  readonly nfd?: number;
  readonly node: unknown;
}
interface EmscriptenNodeFs {
  readonly stream_ops: { fsync?: (stream: EmscriptenStream) => number };
  realPath(node: unknown): string;
}
interface EmscriptenModule {
  readonly NODEFS?: EmscriptenNodeFs;
}

type InitOptions = Parameters<NodeFS["init"]>[1];

/**
 * A NodeFS whose fsync reaches the disk. As shipped, PGlite never calls fsync at all: Emscripten's `fd_sync` asks NODEFS
 * for an operation that it does not define, and every commit since the last write-back is lost in a power cut.
 *
 * The hook is internal to the pinned PGlite version, so `openPglite` proves at every start that it works.
 */
export class DurableNodeFs extends NodeFS {
  readonly counter: FsyncCounter = { calls: 0 };

  override async init(pg: PGlite, options: InitOptions): ReturnType<NodeFS["init"]> {
    const result = await super.init(pg, options);
    const hook = (module: EmscriptenModule): void => {
      if (module.NODEFS === undefined) throw new TypeError("This PGlite version keeps its NODEFS elsewhere.");
      const { NODEFS } = module;
      NODEFS.stream_ops.fsync = (stream) => {
        this.#sync(NODEFS, stream);
        return 0;
      };
    };
    const before = result.emscriptenOpts.preRun;
    const hooks = before === undefined ? [] : Array.isArray(before) ? before : [before];
    Object.assign(result.emscriptenOpts, { preRun: [hook, ...hooks] });
    return result;
  }

  #sync(nodeFs: EmscriptenNodeFs, stream: EmscriptenStream): void {
    this.counter.calls += 1;
    if (stream.nfd !== undefined) {
      fs.fsyncSync(stream.nfd);
      return;
    }
    syncToDisk(nodeFs.realPath(stream.node));
  }
}

/** Forces a whole tree and its parent directory to the disk, once, after initdb wrote it without fsync. */
export function syncTree(root: string): void {
  for (const entry of fs.readdirSync(root, { recursive: true, withFileTypes: true })) {
    syncToDisk(`${entry.parentPath}/${entry.name}`);
  }
  syncToDisk(root);
}
