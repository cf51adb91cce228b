/** Business days as text, YYYY-MM-DD: they have no zone, so that they are counted in UTC. */
export const daysBetween = (from: string, to: string): number =>
  (Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000;
