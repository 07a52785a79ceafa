export {
  CATALOGUE_PARTS,
  type Catalogue,
  type CataloguePart,
  LOCALES,
  type Locale,
  loadCatalogue,
  pickLocale,
  textDirection,
} from "./catalogue.ts";
export { driverSummary, driverTitle, variantTitle } from "./driver-text.ts";
export { type FailureText, failureText } from "./failure-text.ts";
export { createFormatter, type Formatter, type MessageValues } from "./formatter.ts";
export { type NoticeForms, noticeText } from "./notice-text.ts";
export { PSEUDO_LOCALE, PSEUDO_LOCALES, type PseudoLocale } from "./pseudo.ts";
export {
  OPERATOR_NAMES,
  type SentenceForms,
  type SentenceLike,
  type SpokenSentence,
  speakSentence,
} from "./sentence-text.ts";
