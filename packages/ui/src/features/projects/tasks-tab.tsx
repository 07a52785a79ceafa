import type { ProjectView, TaskView } from "@ecolocal/core/api";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useNow } from "../../client/index.ts";
import { Card, ChartFrame, ScheduleChart, type ScheduleTask, Segmented, scheduleLayout } from "../../kit/index.ts";
import { dayToInstant, useText } from "../../text/index.ts";
import css from "./projects.module.css";
import { TaskBoard } from "./task-board.tsx";
import { sortTasks } from "./task-order.ts";
import { TaskRow } from "./task-row.tsx";

/** The tasks in order or as cards on a board, and the same on a time line. */
export function TasksTab({ project }: { readonly project: ProjectView }) {
  const { t } = useText();
  const search = useSearch({ from: "/projects/$projectId" });
  const navigate = useNavigate({ from: "/projects/$projectId" });
  const tasks = sortTasks(project.tasks);
  const { view: _, ...others } = search;
  return (
    <div className={css["stack"]}>
      <Segmented
        label={t("task.view")}
        labelHidden
        options={[
          { id: "list", label: t("task.viewList") },
          { id: "board", label: t("task.viewBoard") },
        ]}
        value={search.view ?? "list"}
        onChange={(view) => void navigate({ search: view === "board" ? { ...others, view } : others, replace: true })}
      />
      {search.view === "board" ? (
        <TaskBoard project={project} />
      ) : (
        <Card label={t("task.list")} className={css["tasks"]}>
          <ul>
            {tasks.map((task) => (
              <TaskRow key={task.id} task={task} project={project} />
            ))}
          </ul>
        </Card>
      )}
      <Schedule tasks={tasks} />
    </div>
  );
}

function Schedule({ tasks }: { readonly tasks: readonly TaskView[] }) {
  const { t, formats } = useText();
  const now = useNow(600_000);
  const layout = scheduleLayout(tasks.flatMap(toScheduleTask), now);
  if (layout === null) return null;
  const day = (on: string | null) => (on === null ? t("value.missing") : formats.calendarDay(on, now));
  const summary = t("schedule.summary", {
    tasks: layout.tasks.length,
    from: formats.calendarDay(new Date(layout.from).toISOString().slice(0, 10), now),
    to: formats.calendarDay(new Date(layout.to).toISOString().slice(0, 10), now),
  });
  return (
    <Card>
      <ChartFrame
        title={t("schedule.title")}
        note={t("schedule.note")}
        summary={summary}
        columns={[
          { id: "task", title: t("table.task"), cell: (task) => task.name },
          { id: "start", title: t("table.start"), cell: (task) => day(task.startOn) },
          { id: "end", title: t("table.end"), cell: (task) => day(task.endOn) },
          {
            id: "days",
            title: t("table.days"),
            cell: ({ durationDays }) =>
              t("task.days", { low: durationDays.lo, likely: durationDays.likely, high: durationDays.hi }),
          },
        ]}
        rows={tasks}
      >
        <ScheduleChart
          layout={layout}
          summary={summary}
          nowLabel={t("schedule.today")}
          formatDay={(at) => formats.calendarDay(new Date(at).toISOString().slice(0, 10), now)}
        />
      </ChartFrame>
    </Card>
  );
}

function toScheduleTask(task: TaskView): ScheduleTask[] {
  if (task.startOn === null || task.endOn === null) return [];
  return [
    {
      id: task.id,
      name: task.name,
      startAt: dayToInstant(task.startOn),
      endAt: dayToInstant(task.endOn),
      durationDays: task.durationDays,
      look: lookOf(task),
    },
  ];
}

function lookOf({ status, blocked }: TaskView): ScheduleTask["look"] {
  if (status === "done") return "done";
  if (status === "doing") return "doing";
  return blocked ? "blocked" : "open";
}
