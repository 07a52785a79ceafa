import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  type Directories,
  freeWorkspacePath,
  type HostFacts,
  lastWorkspace,
  prepareSocketDirectory,
  rememberedWorkspaces,
  rememberWorkspace,
  resolveDirectories,
  workspaceSocketPath,
  workspaceToOpen,
} from "./index.ts";

const facts = (platform: NodeJS.Platform, env: Record<string, string> = {}): HostFacts => ({
  platform,
  env,
  home: "/home/ada",
  temporary: "/tmp",
  user: "1000",
});

let dir: string;
beforeEach(() => {
  dir = realpathSync(mkdtempSync(join(tmpdir(), "ecolocal-config-")));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

describe("the directories", () => {
  it("follow the XDG specification on Linux and ignore relative values", () => {
    expect(resolveDirectories(facts("linux"))).toEqual({
      data: "/home/ada/.local/share/ecolocal",
      config: "/home/ada/.config/ecolocal",
      cache: "/home/ada/.cache/ecolocal",
      state: "/home/ada/.local/state/ecolocal",
      runtime: "/tmp/ecolocal-1000",
    });
    const set = resolveDirectories(
      facts("linux", { XDG_DATA_HOME: "/d", XDG_CONFIG_HOME: "not/absolute", XDG_RUNTIME_DIR: "/run/user/1000" }),
    );
    expect(set).toMatchObject({ data: "/d/ecolocal", config: "/home/ada/.config/ecolocal" });
    expect(set.runtime).toBe("/run/user/1000/ecolocal");
  });

  it("are in Library on macOS and in AppData on Windows", () => {
    expect(resolveDirectories(facts("darwin")).data).toBe("/home/ada/Library/Application Support/ecolocal");
    expect(resolveDirectories(facts("win32", { LOCALAPPDATA: "/local" })).data).toBe("/local/ecolocal");
  });

  it("move completely with ECOLOCAL_DATA_DIR", () => {
    expect(resolveDirectories(facts("linux", { ECOLOCAL_DATA_DIR: "/x" }))).toMatchObject({
      data: "/x",
      state: "/x/state",
    });
  });
});

describe("the socket of a workspace", () => {
  it("is the same through every way to write its path", () => {
    mkdirSync(join(dir, "real"));
    symlinkSync(join(dir, "real"), join(dir, "alias"));
    const direct = workspaceSocketPath(join(dir, "real"), facts("linux"));
    expect(workspaceSocketPath(join(dir, "alias"), facts("linux"))).toBe(direct);
    expect(direct).toMatch(/^\/tmp\/ecolocal-1000\/[0-9a-f]{16}\.sock$/);
    expect(workspaceSocketPath(join(dir, "real", ".."), facts("linux"))).not.toBe(direct);
  });

  it("stays short enough for a socket address", () => {
    const long = facts("linux", { XDG_RUNTIME_DIR: `/${"r".repeat(120)}` });
    expect(workspaceSocketPath(dir, long)).toMatch(/^\/tmp\/ecolocal-1000\//);
  });

  it("is a named pipe on Windows", () => {
    expect(workspaceSocketPath(dir, facts("win32"))).toMatch(/^\\\\\.\\pipe\\ecolocal-1000-[0-9a-f]{16}$/);
  });

  it("lies in a directory that only this user may enter", () => {
    const runtime = join(dir, "run");
    mkdirSync(runtime, { mode: 0o777 });
    expect(prepareSocketDirectory(runtime).ok).toBe(true);
    expect(statSync(runtime).mode & 0o777).toBe(0o700);
  });

  it("is refused where its directory is a link or a file", () => {
    writeFileSync(join(dir, "file"), "");
    symlinkSync(dir, join(dir, "link"));
    expect(prepareSocketDirectory(join(dir, "file"))).toMatchObject({ ok: false });
    expect(prepareSocketDirectory(join(dir, "link"))).toMatchObject({ ok: false });
  });
});

describe("the workspaces of this computer", () => {
  let directories: Directories;
  beforeEach(() => {
    directories = resolveDirectories(facts("linux", { ECOLOCAL_DATA_DIR: dir }));
  });
  const make = (name: string): string => {
    const path = join(dir, name);
    mkdirSync(path);
    writeFileSync(join(path, "workspace.db"), "");
    return path;
  };

  it("are none at the first start, so that nothing is opened unasked", () => {
    expect(workspaceToOpen(directories)).toBeUndefined();
  });

  it("are remembered newest first, each once and while it exists", () => {
    const [street, school] = [make("street"), make("school")];
    rememberWorkspace(street, "Our street", directories);
    rememberWorkspace(school, "School", directories);
    rememberWorkspace(street, "Our long street", directories);
    rememberWorkspace(join(dir, "gone"), "Gone", directories);
    expect(rememberedWorkspaces(directories).map(({ name }) => name)).toEqual(["Our long street", "School"]);
    expect(lastWorkspace(directories)).toBe(street);
    expect(workspaceToOpen(directories)).toBe(street);
  });

  it("include a demo that was looked at, after every one of one's own", () => {
    const demo = make("demo");
    expect(workspaceToOpen(directories)).toBe(demo);
    const own = make("own");
    rememberWorkspace(own, "Own", directories);
    expect(workspaceToOpen(directories)).toBe(own);
  });

  it("survive a note that somebody damaged", () => {
    mkdirSync(directories.state, { recursive: true });
    writeFileSync(join(directories.state, "workspaces.json"), '[{}, 3, {"path": 1}');
    expect(rememberedWorkspaces(directories)).toEqual([]);
    writeFileSync(join(directories.state, "workspaces.json"), JSON.stringify([{}, 3, { path: make("kept") }]));
    expect(rememberedWorkspaces(directories)).toEqual([{ path: join(dir, "kept"), name: "kept", openedAt: 0 }]);
  });

  it("get a new folder each", () => {
    expect(freeWorkspacePath(directories)).toBe(join(dir, "workspace"));
    make("workspace");
    make("workspace-2");
    expect(freeWorkspacePath(directories)).toBe(join(dir, "workspace-3"));
  });
});
