import type { ProjectView, TaskStatus } from "@ecolocal/core/api";
import { useNow } from "../../client/index.ts";
import { Board, Icon } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./projects.module.css";
import { sortTasks, waitingFor } from "./task-order.ts";
import { STATUS_ICONS, TASK_STATUSES, useMoveTask } from "./use-move-task.ts";

/** The tasks as cards in the columns of their status. */
export function TaskBoard({ project }: { readonly project: ProjectView }) {
  const { t, formats } = useText();
  const now = useNow(600_000);
  const move = useMoveTask(project);
  const tasks = sortTasks(project.tasks);
  return (
    <Board<TaskStatus>
      label={t("task.board")}
      columns={TASK_STATUSES.map((id) => ({ id, label: t(`taskStatus.${id}`), icon: STATUS_ICONS[id] }))}
      cards={tasks.map((task) => ({
        id: task.id,
        column: task.status,
        label: task.name,
        content: (
          <>
            {task.endOn !== null && task.status !== "done" && (
              <span className={css["muted"]}>{t("task.until", { to: formats.calendarDay(task.endOn, now) })}</span>
            )}
            {task.status !== "done" && waitingFor(task, project.tasks).length > 0 && (
              <span className={css["blocked"]}>
                <Icon name="blocked" size={14} />
                {t("task.waitsFor", { tasks: waitingFor(task, project.tasks).join(", ") })}
              </span>
            )}
          </>
        ),
      }))}
      onMove={(id, status) => {
        const task = tasks.find((one) => one.id === id);
        if (task) move(task, status);
      }}
    />
  );
}
