/** What a script may rely on; published in `ecolocal help` and locked by a test. Source: product facts §3.14. */
export const EXIT = {
  ok: 0,
  unexpected: 1,
  usage: 2,
  partial: 3,
  notFound: 4,
  retryable: 5,
  permission: 6,
  invalid: 7,
  locked: 8,
  nothingToDo: 9,
  notInitialised: 10,
  unknownCommand: 127,
  interrupted: 130,
} as const;
