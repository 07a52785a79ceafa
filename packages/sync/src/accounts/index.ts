export { type AccountRouteServices, createAccountRoutes } from "./account-routes.ts";
export { Accounts, type AccountsOptions, type InvitationRequest, type Joined, type JoinRequest } from "./accounts.ts";
export { hashSecret, isSignedBy, joinStatement, loginStatement } from "./device-key.ts";
export { createTokens, type TokenKey, type Tokens } from "./tokens.ts";
