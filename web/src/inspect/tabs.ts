/** Of very many messages only those around the active one have a tab. */
const MOST = 30;

export interface TabWindow {
  /** How many are left out before and behind. */
  before: number;
  after: number;
}

export function tabWindow(messages: number, active: number): TabWindow {
  if (messages <= MOST) return { before: 0, after: 0 };
  const before = Math.min(Math.max(0, active - MOST / 2), messages - MOST);
  return { before, after: messages - MOST - before };
}
