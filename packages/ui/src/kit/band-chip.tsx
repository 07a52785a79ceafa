import type { JudgementView } from "@ecolocal/core/api";
import type { Formatter } from "@ecolocal/messages";
import { useText } from "../text/index.ts";
import { Chip, TONE_ICONS } from "./chip.tsx";

/** The name of a judgement's band in the reader's language; the scale's own word where there is no translation. */
export function bandName(judgement: JudgementView, formatter: Formatter): string {
  const { bandSet, band } = judgement;
  const ids = [`judgement.${bandSet.id}.${band.id}`, `judgement.guideline.${band.id}`];
  const id = ids.find((known) => formatter.has(known));
  return id === undefined ? band.label : formatter.message(id);
}

/** The name of a judgement's scale in the reader's language. */
export function scaleName({ bandSet }: JudgementView, formatter: Formatter): string {
  const id = `judgement.${bandSet.id}.title`;
  return formatter.has(id) ? formatter.message(id) : bandSet.title;
}

/** What a value means on its scale: word, picture and colour; "provisional" while too little is measured. */
export function BandChip({ judgement }: { readonly judgement: JudgementView }) {
  const { t, formatter } = useText();
  const { band, provisional } = judgement;
  const name = bandName(judgement, formatter);
  return (
    <Chip tone={band.tone} icon={TONE_ICONS[band.tone]} swatch={band.color}>
      {provisional ? t("band.provisional", { band: name }) : name}
    </Chip>
  );
}
