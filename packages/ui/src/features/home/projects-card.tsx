import { Link } from "@tanstack/react-router";
import { useEngine, useNow } from "../../client/index.ts";
import { Card, Progress } from "../../kit/index.ts";
import { useText } from "../../text/index.ts";
import css from "./home.module.css";

const SHOWN = 3;

/** What the group is doing: the projects under way, each with its next step. */
export function ProjectsCard() {
  const { t, formats } = useText();
  const now = useNow(60_000);
  const { data } = useEngine("project.list", {});
  const open = (data ?? []).filter((project) => project.status === "active" || project.status === "planned");
  return (
    <Card labelledBy="home-projects">
      <div className={css["cardHead"]}>
        <h2 id="home-projects">{t("home.projects")}</h2>
        {open.length > 0 && <span className={css["age"]}>{t("home.projectsOpen", { count: open.length })}</span>}
      </div>
      {open.length === 0 ? (
        <p className={css["ideaText"]}>{t("home.noProjects")}</p>
      ) : (
        <ul className={css["projects"]}>
          {open.slice(0, SHOWN).map((project) => (
            <li key={project.id}>
              <div className={css["projectHead"]}>
                <Link to="/projects/$projectId" params={{ projectId: project.id }}>
                  {project.title}
                </Link>
                {project.expectedEndOn && (
                  <span className={css["age"]}>
                    {t("project.until", { day: formats.calendarDay(project.expectedEndOn, now) })}
                  </span>
                )}
              </div>
              <Progress
                value={project.tasksDone}
                max={project.tasksTotal}
                label={t("project.tasksDone", { done: project.tasksDone, total: project.tasksTotal })}
              />
              <p className={css["next"]}>
                {project.nextTask ? t("project.next", { task: project.nextTask }) : t("project.noNext")}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
