export { answerFile, contentSecurityPolicy, type FileAnswer, insertNonce } from "./static-files.ts";
