import type { JudgementView } from "@ecolocal/core/api";
import type { Formatter } from "@ecolocal/messages";
import { useText } from "../text/index.ts";
import { Chip, TONE_ICONS } from "./chip.tsx";

/** The name of a judgement's band in the reader's language; the scale's own word where there is no translation. */
export function bandName(judgement: JudgementView, formatter: Formatter): string {
  const id = `band.${judgement.bandSet.id}.${judgement.band.id}`;
  return formatter.has(id) ? formatter.message(id) : judgement.band.label;
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
