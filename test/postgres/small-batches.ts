// Batches as they are written have ten thousand rows; here they have a hundred, so that a few hundred rows make several.

export const mostInBatch = 100;

export function inSmallBatches(sql: string): string {
  return sql.replace(/\b(limit) 10000\b/gi, `$1 ${mostInBatch}`);
}
