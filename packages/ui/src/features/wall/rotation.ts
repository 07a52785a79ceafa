/** How many values a wall screen shows at once: two are read across a room, more are not. */
export const CARDS_AT_ONCE = 2;
/** Long enough to read two numbers and what they mean from across a room, in ms. */
export const TURN_MS = 12_000;

/** The cards of one turn; every card comes up once before the first comes again. */
export function cardsOfTurn<T>(cards: readonly T[], turn: number): readonly T[] {
  const turns = Math.max(1, Math.ceil(cards.length / CARDS_AT_ONCE));
  const from = (turn % turns) * CARDS_AT_ONCE;
  return cards.slice(from, from + CARDS_AT_ONCE);
}
