import type { ProjectView, TaskStatus, TaskView } from "@ecolocal/core/api";
import { Button } from "react-aria-components";
import { failureOf, useEngineAction, useNow } from "../../client/index.ts";
import { classNames, Icon, type IconName, Menu, showToast } from "../../kit/index.ts";
import { failureSentence, useText } from "../../text/index.ts";
import css from "./projects.module.css";
import { waitingFor } from "./task-order.ts";

const STATUSES: readonly TaskStatus[] = ["todo", "doing", "waiting", "done"];
const STATUS_ICONS: Readonly<Record<TaskStatus, IconName>> = {
  todo: "circle",
  doing: "activity",
  waiting: "waiting",
  done: "done",
};

interface TaskRowProps {
  readonly task: TaskView;
  readonly project: ProjectView;
}

/** One task: its status (a menu), name, when, how long, and what it waits for. */
export function TaskRow({ task, project }: TaskRowProps) {
  const { t, formats } = useText();
  const now = useNow(600_000);
  const before = waitingFor(task, project.tasks);
  const done = task.status === "done";
  return (
    <li className={css["task"]} data-done={done || undefined}>
      <StatusMenu task={task} project={project} />
      <div className={css["taskWords"]}>
        <h2>{task.name}</h2>
        <ul className={css["taskFacts"]}>
          {task.startOn !== null && task.endOn !== null && (
            <li>
              {t("task.when", {
                from: formats.calendarDay(task.startOn, now),
                to: formats.calendarDay(task.endOn, now),
              })}
            </li>
          )}
          <li>{t("project.hours", { hours: formats.number(task.hours, 1) })}</li>
          {task.skills.length > 0 && <li>{t("task.skills", { skills: task.skills.map(skillName).join(", ") })}</li>}
        </ul>
        {before.length > 0 && !done && (
          <p className={css["blocked"]}>
            <Icon name="blocked" size={14} />
            {t("task.waitsFor", { tasks: before.join(", ") })}
          </p>
        )}
        {task.notes !== "" && <p className={css["muted"]}>{task.notes}</p>}
      </div>
    </li>
  );
}

/** `skill.air-measure` as people say it. */
function skillName(id: string): string {
  return id.replace(/^skill\./, "").replaceAll("-", " ");
}

function StatusMenu({ task, project }: TaskRowProps) {
  const { t, formatter } = useText();
  const set = useEngineAction("project.setTaskStatus");
  const move = (status: TaskStatus) => {
    if (status === task.status) return;
    const ids = { projectId: project.id, taskId: task.id };
    const complain = (error: unknown) =>
      showToast({ text: failureSentence(failureOf(error), formatter), tone: "problem" });
    set.mutate(
      { ...ids, status },
      {
        onSuccess: () =>
          showToast({
            text: t("task.moved", { task: task.name, status: t(`taskStatus.${status}`) }),
            undo: () => set.mutate({ ...ids, status: task.status }, { onError: complain }),
            redo: () => set.mutate({ ...ids, status }, { onError: complain }),
          }),
        onError: complain,
      },
    );
  };
  const status = t(`taskStatus.${task.status}`);
  return (
    <Menu
      label={t("task.status", { task: task.name })}
      entries={STATUSES.map((id) => ({
        id,
        label: t(`taskStatus.${id}`),
        icon: STATUS_ICONS[id],
        checked: id === task.status,
      }))}
      onAction={(id) => move(id as TaskStatus)}
      trigger={
        <Button
          className={classNames(css["status"], css[task.status])}
          aria-label={t("task.statusIs", { status, task: task.name })}
        >
          <Icon name={STATUS_ICONS[task.status]} size={16} />
          {status}
          <Icon name="expand" size={14} />
        </Button>
      }
    />
  );
}
