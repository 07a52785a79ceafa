export { type JobContext, startJobs } from "./start-jobs.ts";
