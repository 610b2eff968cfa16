// What a map of YAML or JSON has become.

/** Not a date, a set or bytes, which older YAML has as well. */
export function isMap(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
