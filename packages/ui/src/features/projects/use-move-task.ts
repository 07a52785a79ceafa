import type { ProjectView, TaskStatus, TaskView } from "@ecolocal/core/api";
import { failureOf, useEngineAction } from "../../client/index.ts";
import { type IconName, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";

export const TASK_STATUSES: readonly TaskStatus[] = ["todo", "doing", "waiting", "done"];

export const STATUS_ICONS: Readonly<Record<TaskStatus, IconName>> = {
  todo: "circle",
  doing: "activity",
  waiting: "waiting",
  done: "done",
};

/** Gives a task another status and says so; it can be undone. */
export function useMoveTask(project: ProjectView): (task: TaskView, status: TaskStatus) => void {
  const { t, formatter } = useText();
  const set = useEngineAction("project.setTaskStatus");
  const complain = (error: unknown) =>
    showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" });
  return (task, status) => {
    if (status === task.status) return;
    const to = (target: TaskStatus) => ({ projectId: project.id, taskId: task.id, status: target });
    set.mutate(to(status), {
      onSuccess: () =>
        showToast({
          text: t("task.moved", { task: task.name, status: t(`taskStatus.${status}`) }),
          undo: () => set.mutate(to(task.status), { onError: complain }),
          redo: () => set.mutate(to(status), { onError: complain }),
        }),
      onError: complain,
    });
  };
}
