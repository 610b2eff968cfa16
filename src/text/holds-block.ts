// Statements whose body stands between dollar signs and has semicolons in it: DO, functions.

export function holdsBlock(sql: string): boolean {
  return sql.includes(';') && /\$[A-Za-z_\d]*\$/.test(sql);
}
