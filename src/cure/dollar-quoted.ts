// The body of a function or of DO between dollar signs that do not stand in it.

export function dollarQuoted(body: string): string {
  let tag = '$$';
  for (let count = 1; body.includes(tag); count += 1) tag = `$body${count === 1 ? '' : count}$`;
  return `${tag}${body}${tag}`;
}
