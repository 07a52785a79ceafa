export const ProjectsPage = () => null;
export const ProjectPage = () => null;
