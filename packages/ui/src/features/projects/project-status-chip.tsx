import type { ProjectSummary } from "@ecolocal/core/api";
import { Chip, type IconName, type Tone } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";

const LOOKS: Readonly<Record<ProjectSummary["status"], readonly [Tone, IconName]>> = {
  planned: ["info", "clock"],
  active: ["good", "activity"],
  paused: ["fair", "waiting"],
  done: ["good", "done"],
  cancelled: ["plain", "ban"],
};

export function ProjectStatusChip({ status }: { readonly status: ProjectSummary["status"] }) {
  const { t } = useText();
  const [tone, icon] = LOOKS[status];
  return (
    <Chip tone={tone} icon={icon}>
      {t(`projectStatus.${status}`)}
    </Chip>
  );
}
