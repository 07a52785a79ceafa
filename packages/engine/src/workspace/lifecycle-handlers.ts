import { homedir } from "node:os";
import { isAbsolute, join, normalize } from "node:path";
import type { BackupView, HostState, KnownWorkspace, LifecycleContract } from "@ecolocal/core/api";
import type { Handlers } from "@ecolocal/core/api/rpc";
import { type Clock, err, type Failure, ok, type Result } from "@ecolocal/core/shared";
import { demoWorkspacePath, freeWorkspacePath, rememberedWorkspaces, resolveDirectories } from "../config/index.ts";
import { createMailbox } from "../ingest/mailbox.ts";
import type { ConnectOptions } from "./connect.ts";
import { createWorkspace, ensureDemo } from "./found.ts";
import { joinInNewWorkspace } from "./join-group.ts";
import type { Switchboard } from "./switchboard.ts";

/** States a window has not taken yet; only the newest tells where it is. */
const MAX_WAITING = 20;

const systemClock: Clock = { now: () => Date.now() };

/** Which workspace a program with windows shows, and how new ones come to be: see `LifecycleContract`. */
export function lifecycleHandlers(board: Switchboard, options: ConnectOptions): Handlers<LifecycleContract> {
  const { appVersion } = options;
  return {
    "workspace.current": (_input, { signal }) => states(board, signal),
    "workspace.list": async () => ok(listWorkspaces(board.state())),
    "workspace.open": ({ path }) => inFolder(path, (dir) => board.open(dir)),
    "workspace.demo": async () => {
      const made = await ensureDemo({ appVersion });
      return made.ok ? board.open(made.value.dir) : made;
    },
    "workspace.create": ({ path, ...founding }) =>
      inFolder(path ?? freeWorkspacePath(), async (dir) => {
        const made = await createWorkspace(dir, { ...founding, appVersion });
        return made.ok ? board.open(dir) : made;
      }),
    "workspace.invitation": async ({ link }) => {
      const { parseInvitationLink, previewInvitation } = await import("../sync/index.ts");
      const parsed = parseInvitationLink(link);
      return parsed.ok ? await previewInvitation(parsed.value, options.clock ?? systemClock) : parsed;
    },
    "workspace.join": async (request) => {
      const joined = await joinInNewWorkspace(request, options);
      return joined.ok ? board.open(joined.value) : joined;
    },
    "workspace.backups": ({ path }) => findBackups(path),
    "workspace.restore": ({ backup, path }) =>
      inFolder(backup, (from) =>
        inFolder(path ?? freeWorkspacePath(), async (dir) => {
          const { restoreChosen } = await import("../backups/index.ts");
          const restored = await restoreChosen(from, dir);
          return restored.ok ? board.open(dir) : restored;
        }),
      ),
  };
}

async function* states(board: Switchboard, signal: AbortSignal): AsyncGenerator<HostState, void> {
  const mailbox = createMailbox<HostState>(MAX_WAITING, signal);
  mailbox.put(board.state());
  const stop = board.onState(mailbox.put);
  try {
    yield* mailbox.take();
  } finally {
    stop();
  }
}

/** What was open here, and the demo last, which is there for everyone. */
function listWorkspaces(state: HostState): KnownWorkspace[] {
  const shown = state.kind === "welcome" ? undefined : state.path;
  const demo = demoWorkspacePath(resolveDirectories());
  const own = rememberedWorkspaces().filter(({ path }) => path !== demo);
  return [
    ...own.map((known): KnownWorkspace => ({ ...known, kind: "own", isCurrent: known.path === shown })),
    { path: demo, name: "Demo", kind: "demo", openedAt: null, isCurrent: demo === shown },
  ];
}

/** Newest first. */
async function findBackups(path: string | undefined): Promise<Result<BackupView[], Failure>> {
  const { checkBackup, listBackups, viewBackup } = await import("../backups/index.ts");
  if (path === undefined) {
    const found = rememberedWorkspaces().flatMap((known) => listBackups(known.path));
    return ok(found.map(viewBackup).sort((a, b) => b.createdAt - a.createdAt));
  }
  return inFolder(path, async (dir) => {
    const kept = listBackups(dir);
    if (kept.length > 0) return ok(kept.map(viewBackup));
    const one = await checkBackup(dir);
    return one.ok ? ok([viewBackup(one.value)]) : one;
  });
}

/** People write paths as they know them; only a complete one means the same wherever the program was started. */
function inFolder<T>(path: string, work: (dir: string) => Promise<Result<T, Failure>>): Promise<Result<T, Failure>> {
  const typed = path.trim();
  const complete = /^~(?=$|[\\/])/.test(typed) ? join(homedir(), typed.slice(1)) : typed;
  if (isAbsolute(complete)) return work(normalize(complete).replace(/(?<=.)[\\/]+$/, ""));
  return Promise.resolve(
    err({
      code: "WORKSPACE_FOLDER_INVALID",
      op: "workspace.folder",
      subject: path,
      detail: `"${path}" is no complete path.`,
      retry: "after-change",
    }),
  );
}
