import { type Catalogue, createFormatter, type Formatter, loadCatalogue, pickLocale } from "@ecolocal/messages";
import type { Command } from "@oclif/core/command";
import { CommandHelp, Help, type HelpSection } from "@oclif/core/help";
import type { Topic } from "@oclif/core/interfaces";
import { environmentOf } from "./config/index.ts";

/** Loaded before anything is shown; oclif builds its texts without waiting. */
let words: Formatter | undefined;
let english: Catalogue = {};

/** A text of `help.json`; what it lacks (descriptions, examples) stays in English. */
function translated(id: string, otherwise: string | undefined): string | undefined {
  return words?.has(`help.${id}`) ? words.message(`help.${id}`) : otherwise;
}

/** `COMMON FLAGS` is `help.heading.common-flags`; headings stay in capitals. */
function heading(text: string): string {
  const name = translated(`heading.${text.toLowerCase().replaceAll(" ", "-")}`, undefined);
  return name === undefined ? text : name.toLocaleUpperCase(words?.locale);
}

const keyOf = (id: string): string => id.replaceAll(/[: ]/g, ".");

class TranslatedCommandHelp extends CommandHelp {
  override section(header: string, body: HelpSection): string {
    return super.section(heading(header), body);
  }
}

/** oclif's help with its headings, and what commands, flags and arguments are for, in the reader's language. */
// biome-ignore lint/style/noDefaultExport: oclif loads a help class by its default export
export default class TranslatedHelp extends Help {
  protected override readonly CommandHelpClass = TranslatedCommandHelp;

  override async showHelp(argv: string[]): Promise<void> {
    const { locale } = environmentOf(argv);
    english = await loadCatalogue("en", ["help"]);
    words = createFormatter(locale, await loadCatalogue(pickLocale([locale]), ["help"]));
    await super.showHelp(argv);
  }

  override section(header: string, body: HelpSection): string {
    return super.section(heading(header), body);
  }

  override formatRoot(): string {
    return super.formatRoot().replaceAll(/\b(?:VERSION|USAGE)\b/g, heading);
  }

  protected override formatCommand(command: Command.Loadable): string {
    return super.formatCommand(translatedCommand(command));
  }

  protected override summary(command: Command.Loadable): string | undefined {
    return super.summary(translatedCommand(command));
  }

  protected override formatTopic(topic: Topic): string {
    return super.formatTopic(translatedTopic(topic));
  }

  protected override formatTopics(topics: Topic[]): string {
    return super.formatTopics(topics.map(translatedTopic));
  }
}

function translatedTopic(topic: Topic): Topic {
  const description = translated(`topic.${keyOf(topic.name)}`, topic.description);
  return { ...topic, ...(description === undefined ? {} : { description }) };
}

function translatedCommand(command: Command.Loadable): Command.Loadable {
  const key = keyOf(command.id);
  const summary = translated(key, command.summary);
  return {
    ...command,
    ...(summary === undefined ? {} : { summary }),
    flags: mapValues(command.flags, (name, flag) => {
      const own = flag.summary ?? flag.description;
      const text = own === undefined ? undefined : common(`${key}.flag.${name}`, `flag.${name}`, own);
      return { ...flag, ...(text === undefined ? {} : { summary: text }) };
    }),
    args: mapValues(command.args, (name, arg) => {
      const own = arg.description;
      const text = own === undefined ? undefined : common(`${key}.arg.${name}`, `arg.${name}`, own);
      return { ...arg, ...(text === undefined ? {} : { description: text }) };
    }),
  };
}

/** A flag of this command, or the common one of its name where that means the same in English. */
function common(ownId: string, commonId: string, text: string): string {
  const own = translated(ownId, undefined);
  if (own !== undefined) return own;
  return english[`help.${commonId}`] === text ? (translated(commonId, text) ?? text) : text;
}

function mapValues<T>(values: Readonly<Record<string, T>>, map: (name: string, value: T) => T): Record<string, T> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, map(name, value)]));
}
