import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { formatQuantity } from "@ecolocal/core/knowledge";
import { createIdSource } from "@ecolocal/core/shared";
import { createFormatter, LOCALES, loadCatalogue, type SentenceLike, speakSentence } from "@ecolocal/messages";
import { afterAll, beforeAll, expect, it } from "vitest";
import { ensureDemoAt } from "../src/demo/index.ts";
import { type ConnectedWorkspace, connectWorkspace } from "../src/workspace/index.ts";

let root: string;
let demo: ConnectedWorkspace;
let sentences: readonly SentenceLike[];

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "ecolocal-sentences-"));
  const clock = { now: () => Date.now() };
  const ids = createIdSource(clock, Math.random);
  const made = ensureDemoAt(join(root, "demo"), { appVersion: "1.0.0", clock, ids, timeZone: "Europe/Berlin" });
  if (!made.ok) throw new TypeError(made.error.detail);
  const connected = await connectWorkspace(join(root, "demo"), { role: "cli", appVersion: "1.0.0" });
  if (!connected.ok) throw new TypeError(connected.error.detail);
  demo = connected.value;
  sentences = await everySentence();
});
afterAll(async () => {
  await demo.close();
  rmSync(root, { recursive: true, force: true });
});

async function everySentence(): Promise<readonly SentenceLike[]> {
  const { client } = demo;
  const { headline, support } = await client.call("home.overview", {});
  const judged = await client.call("judgement.list", {});
  const ideas = await client.call("recommendation.list", {});
  const details = await Promise.all(ideas.map(({ id }) => client.call("recommendation.get", { id })));
  return [
    headline,
    support,
    ...judged.flatMap(({ judgements }) => judgements.flatMap(({ advice }) => (advice ? [advice] : []))),
    ...details.flatMap((idea) => [
      idea.why,
      ...idea.confidenceReasons,
      ...idea.wouldChange,
      ...idea.rank.map(({ sentence }) => sentence),
      ...idea.evidence.flatMap(({ unboundBecause }) => (unboundBecause ? [unboundBecause] : [])),
    ]),
  ];
}

async function speaker(locale: (typeof LOCALES)[number]) {
  const formatter = createFormatter(locale, await loadCatalogue(locale, ["domain"]));
  const forms = { quantity: formatter.quantity, amount: formatQuantity, day: (on: string) => on };
  return (sentence: SentenceLike) => speakSentence(sentence, formatter, forms);
}

/** Typographic signs of the messages as the catalogue's own prose writes them. */
const plain = (text: string): string =>
  text
    .replace(/[\u00a0\u202f]/g, " ")
    .replace(/[“”]/g, '"')
    .replaceAll("’", "'")
    .replace(/₂/g, "2")
    .replace(/₃/g, "3");

it("the messages say in English what the engine says in English", async () => {
  const english = await speaker("en");
  const different = sentences
    .filter(({ id, otherwise }) => otherwise === undefined && id !== "recommendation.change.more-days")
    // People have plainer names for statistics than the catalogue.
    .filter(({ values }) => !Object.values(values).some((value) => String(value).startsWith("statistic.")))
    .map((sentence) => [plain(english(sentence).text), plain(sentence.text)])
    .filter(([said, written]) => said !== written);
  expect(different).toEqual([]);
});

it.each(LOCALES.filter((locale) => locale !== "en"))("every sentence of the demo is told in %s", async (locale) => {
  const speak = await speaker(locale);
  const spoken = sentences.map((sentence) => ({ ...speak(sentence), id: sentence.id }));
  expect(spoken.filter(({ isEnglishOnly }) => isEnglishOnly)).toEqual([]);
  // An argument that is missing leaves the message's braces, or its id.
  expect(spoken.filter(({ text }) => /[{}]|\b[a-z]+\.[a-z_-]+\b(?!\.)/i.test(text.replace(/E\. coli/g, "")))).toEqual(
    [],
  );
});
