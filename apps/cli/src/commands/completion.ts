import * as Args from "@oclif/core/args";
import { BaseCommand } from "../base-command.ts";

export default class Completion extends BaseCommand {
  static override summary = "Say how to switch on completion of commands and flags in your shell.";
  static override examples = [
    { description: "For the shell you use", command: "<%= config.bin %> completion bash" },
    { description: "For zsh", command: "<%= config.bin %> completion zsh" },
  ];
  static override args = {
    shell: Args.string({ description: "Your shell.", options: ["bash", "zsh", "powershell"], default: "bash" }),
  };

  async run(): Promise<void> {
    const { args } = await this.parse(Completion);
    await this.config.runCommand("autocomplete", [args.shell]);
  }
}
