// The order in which people number their migrations: 2_add.sql comes before 10_drop.sql.

/**
 * Compares counters as numbers and everything else by code unit. A long run of digits is a time stamp: beside one, digits are text,
 * so that 2017-10-01 comes behind 20140929103749.
 */
export function inNaturalOrder(left: string, right: string): number {
  const [a, b] = [pieces(left), pieces(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = comparePieces(a[index] ?? '', b[index] ?? '');
    if (difference !== 0) return difference;
  }
  return a.length - b.length || compareText(left, right);
}

const longestCounter = 7;

function pieces(name: string): readonly string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

function comparePieces(left: string, right: string): number {
  const areCounters = [left, right].every((piece) => /^\d/.test(piece) && piece.length <= longestCounter);
  if (!areCounters) return compareText(left, right);
  const [a, b] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
  return a.length - b.length || compareText(a, b);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
