// The order in which people number their migrations: 2_add.sql comes before 10_drop.sql.

/** Compares runs of digits as numbers and everything else by code unit. */
export function inNaturalOrder(left: string, right: string): number {
  const [a, b] = [pieces(left), pieces(right)];
  for (let index = 0; index < Math.min(a.length, b.length); index += 1) {
    const difference = comparePieces(a[index] ?? '', b[index] ?? '');
    if (difference !== 0) return difference;
  }
  return a.length - b.length || compareText(left, right);
}

function pieces(name: string): readonly string[] {
  return name.match(/\d+|\D+/g) ?? [];
}

function comparePieces(left: string, right: string): number {
  if (!/^\d/.test(left) || !/^\d/.test(right)) return compareText(left, right);
  const [a, b] = [left.replace(/^0+/, ''), right.replace(/^0+/, '')];
  return a.length - b.length || compareText(a, b);
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
