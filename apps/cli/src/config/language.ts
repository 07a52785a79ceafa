/** The languages in which texts for people can be had; the same as those of the messages. */
export const LANGUAGES = ["en", "de", "fr", "es"] as const;

const FLAG = "--language";

/** The language that a command line names; what is no language is told when flags are checked. */
export function namedLanguage(argv: readonly string[]): string | undefined {
  const words = argv.includes("--") ? argv.slice(0, argv.indexOf("--")) : argv;
  const at = words.findLastIndex((word) => word === FLAG || word.startsWith(`${FLAG}=`));
  const named = words[at] === FLAG ? words[at + 1] : words[at]?.slice(FLAG.length + 1);
  return LANGUAGES.find((language) => language === named);
}
