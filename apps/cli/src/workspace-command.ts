import type { EngineLog } from "@ecolocal/engine/log";
import type { ConnectedWorkspace } from "@ecolocal/engine/workspace";
import * as Flags from "@oclif/core/flags";
import { BaseCommand } from "./base-command.ts";
import { CliFailure } from "./failure/cli-failure.ts";
import { type Interrupt, watchInterrupt } from "./input/interrupt.ts";

/** The contract, as every command uses it. */
export type Engine = ConnectedWorkspace["client"];

export interface ConnectWishes {
  /** Whether to read the sensors, where this process is the one that has the workspace open. */
  readonly ingest?: boolean;
  /** The command runs for long, without a window of its own. */
  readonly agent?: boolean;
  /** Where the engine writes while this process has the workspace open. */
  readonly log?: EngineLog;
}

/** A command that works on a workspace, through whichever process has it open. */
export abstract class WorkspaceCommand extends BaseCommand {
  static override baseFlags = {
    ...BaseCommand.baseFlags,
    workspace: Flags.string({
      char: "w",
      summary: "Folder of the workspace; otherwise the one you stand in, or the last one used.",
      helpGroup: "COMMON",
    }),
  };

  private connected: ConnectedWorkspace | undefined;
  private interrupt: Interrupt | undefined;

  /** Aborts when the person presses Ctrl-C. */
  protected get interrupted(): AbortSignal {
    this.interrupt ??= watchInterrupt();
    return this.interrupt.signal;
  }

  /** Opens the workspace, or attaches to the process that has it open; `finally` leaves it again. */
  protected async connect(
    flags: { readonly workspace?: string | undefined },
    options: ConnectWishes = {},
  ): Promise<ConnectedWorkspace> {
    const { locateWorkspace } = await import("./workspace/locate.ts");
    const { connectWorkspace } = await import("@ecolocal/engine/workspace");
    const dir = locateWorkspace(flags.workspace, this.environment.workspace);
    const connected = await connectWorkspace(dir, {
      role: "cli",
      appVersion: this.config.version,
      ingest: options.ingest ?? false,
      ...(options.agent === true ? { holdsAs: "agent" as const } : {}),
      ...(options.log === undefined ? {} : { log: options.log }),
    });
    if (!connected.ok) throw new CliFailure(connected.error);
    this.connected = connected.value;
    return connected.value;
  }

  /** The contract of the workspace; see `connect`. */
  protected async engine(
    flags: { readonly workspace?: string | undefined },
    options: ConnectWishes = {},
  ): Promise<Engine> {
    return (await this.connect(flags, options)).client;
  }

  /** Leaves the workspace before the command is over; everything that was read is stored then. */
  protected async leave(): Promise<void> {
    const left = this.connected;
    this.connected = undefined;
    await left?.close();
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    await this.leave();
    this.interrupt?.release();
    await super.finally(error);
  }
}
