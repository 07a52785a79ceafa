import type { ProjectSummary } from "@ecolocal/core/api";
import { err, type Failure, ok, type Result, type Ulid } from "@ecolocal/core/shared";
import type { Projects } from "../projects/index.ts";
import type { HandlersOf, Services } from "./services.ts";

const loadViews = () => import("../projects/index.ts");

export function projectHandlers(services: Services): HandlersOf<"project"> {
  const zone = (): string => services.store.settings.workspaceInfo().timeZone;
  const summary = async (projects: Projects, id: Ulid): Promise<Result<ProjectSummary, Failure>> => {
    const { projectNotFound, viewProjectSummary } = await loadViews();
    const project = projects.rows.find(id);
    return project ? ok(viewProjectSummary(projects.rows, project, zone())) : err(projectNotFound(id));
  };
  const setRemoved = async (id: Ulid, removed: boolean): Promise<Result<ProjectSummary, Failure>> => {
    const projects = await services.projects();
    if (!projects.ok) return projects;
    const changed = projects.value.setRemoved(id, removed);
    return changed.ok ? summary(projects.value, id) : changed;
  };
  return {
    "project.list": async () => {
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const { viewProjectSummary } = await loadViews();
      const { rows } = projects.value;
      return ok(rows.list().map((project) => viewProjectSummary(rows, project, zone())));
    },
    "project.get": async ({ projectId }) => {
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const { projectNotFound, viewProject } = await loadViews();
      const project = projects.value.rows.find(projectId);
      return project ? ok(viewProject(projects.value.rows, project, zone())) : err(projectNotFound(projectId));
    },
    "project.setTaskStatus": async ({ projectId, taskId, status }) => {
      const projects = await services.projects();
      if (!projects.ok) return projects;
      const changed = projects.value.setTaskStatus(projectId, taskId, status);
      if (!changed.ok) return changed;
      const { viewProject } = await loadViews();
      const project = projects.value.rows.find(projectId);
      const after = await summary(projects.value, projectId);
      if (!project || !after.ok) return after as Result<never, Failure>;
      const task = viewProject(projects.value.rows, project, zone()).tasks.find(({ id }) => id === taskId);
      if (!task) throw new TypeError(`The task ${taskId} has no row after it was changed.`);
      return ok({ task, project: after.value });
    },
    "project.remove": ({ projectId }) => setRemoved(projectId, true),
    "project.restore": ({ projectId }) => setRemoved(projectId, false),
  };
}
