// Configuration files of one `key = value` a line: Java's properties, and as much of TOML and INI as tools need.

/** The value of a key, without its quotes; undefined where the text does not set it. */
export function property(text: string, key: RegExp): string | undefined {
  for (const line of text.split(/\r?\n/)) {
    const [, name = '', value = ''] = /^\s*([\w.-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (key.test(name)) return value.replace(/^(["'])(.*)\1\s*(?:#.*)?$/, '$2');
  }
  return undefined;
}
