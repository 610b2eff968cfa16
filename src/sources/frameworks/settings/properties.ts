// Configuration files of one `key = value` a line: Java's properties, and as much of TOML, INI and YAML as tools need.

/** The value of a key, without its quotes; of a YAML list, its items joined by semicolons. Undefined where the text does not set it. */
export function property(text: string, key: RegExp): string | undefined {
  const lines = text.split(/\r?\n/);
  for (const [index, line] of lines.entries()) {
    const [, name = '', value = ''] = /^\s*([\w.-]+)\s*[=:]\s*(.*)$/.exec(line) ?? [];
    if (key.test(name)) return value.trim() === '' ? itemsIn(lines.slice(index + 1)) : unquoted(value.trimEnd());
  }
  return undefined;
}

function itemsIn(lines: readonly string[]): string {
  const end = lines.findIndex((line) => !/^\s*-\s/.test(line));
  return lines.slice(0, end < 0 ? undefined : end).map((line) => unquoted(line.replace(/^\s*-\s+/, '').trimEnd())).join('; ');
}

function unquoted(value: string): string {
  return value.replace(/^(["'])(.*)\1\s*(?:#.*)?$/, '$2');
}
