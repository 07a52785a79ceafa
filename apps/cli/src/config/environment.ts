import { LANGUAGES, namedLanguage } from "./language.ts";

/** The environment as the CLI sees it; the only file that reads `process.env`. */
export interface Environment {
  /** Folder of the workspace, when `--workspace` does not say it. */
  readonly workspace: string | undefined;
  /** A person who wants no colour: `NO_COLOR` (https://no-color.org) or a terminal without it. */
  readonly noColor: boolean;
  readonly forceColor: boolean;
  /** Prints stack traces, like `--debug`. */
  readonly debug: boolean;
  /** Whether a window can be shown on Linux. */
  readonly hasDisplay: boolean;
  /** BCP 47 tag of the reader's language: `--language`, then `ECOLOCAL_LANGUAGE`, then the locale; `en` for the C locale. */
  readonly locale: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

export function readEnvironment(env: Variables = process.env, argv: readonly string[] = []): Environment {
  const usual = localeTag(env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "");
  const language = namedLanguage(argv) ?? LANGUAGES.find((known) => known === env["ECOLOCAL_LANGUAGE"]);
  return {
    workspace: env["ECOLOCAL_WORKSPACE"] || undefined,
    noColor: Boolean(env["NO_COLOR"]) || env["TERM"] === "dumb",
    forceColor: Boolean(env["FORCE_COLOR"]) && env["FORCE_COLOR"] !== "0",
    debug: Boolean(env["ECOLOCAL_DEBUG"]),
    hasDisplay: Boolean(env["DISPLAY"] || env["WAYLAND_DISPLAY"]),
    // The region of the locale still says how numbers are written.
    locale: language === undefined || usual.split("-")[0] === language ? usual : language,
  };
}

/** The environment of a command with its command line. */
export function environmentOf(argv: readonly string[]): Environment {
  return readEnvironment(process.env, argv);
}

/** Turns a POSIX locale (`de_AT.UTF-8@euro`) into a BCP 47 tag. */
function localeTag(posix: string): string {
  const tag = posix.replace(/[.@].*$/, "").replaceAll("_", "-");
  if (tag === "" || tag === "C" || tag === "POSIX") return "en";
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? "en";
  } catch {
    return "en";
  }
}
