import type { ProjectView } from "@ecolocal/core/api";
import { useNavigate } from "@tanstack/react-router";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { IconButton, Menu, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";

/** What can be done with a whole project; removing it can be undone. */
export function ProjectActions({ project }: { readonly project: ProjectView }) {
  const { t, formatter } = useText();
  const navigate = useNavigate();
  const remove = useEngineAction("project.remove");
  const restore = useEngineAction("project.restore");
  const complain = (error: unknown) =>
    showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" });
  const onRemove = () =>
    remove.mutate(
      { projectId: project.id },
      {
        onSuccess: () => {
          void navigate({ to: "/projects" });
          showToast({
            text: t("project.removed", { title: project.title }),
            undo: () => restore.mutate({ projectId: project.id }, { onError: complain }),
            redo: () => remove.mutate({ projectId: project.id }, { onError: complain }),
          });
        },
        onError: complain,
      },
    );
  return (
    <Menu
      label={t("project.more")}
      trigger={<IconButton icon="more" label={t("project.more")} />}
      entries={[{ id: "remove", label: t("project.remove"), icon: "remove", danger: true }]}
      onAction={onRemove}
    />
  );
}
