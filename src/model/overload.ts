// Functions of one name are told apart by the types of their arguments.

/** Is it the overload with these argument types? A name is enough where only the name is given, a type without its schema too. */
export function isMeant(
  overload: { readonly argumentTypes: readonly string[] },
  argumentTypes: readonly string[] | undefined,
): boolean {
  if (argumentTypes === undefined) return true;
  const { argumentTypes: own } = overload;
  return own.length === argumentTypes.length && own.every((type, index) => isSameType(type, argumentTypes[index] ?? ''));
}

/** A trigger runs a function without arguments. */
export function mayBeOfTrigger(argumentTypes: readonly string[] | undefined): boolean {
  return argumentTypes === undefined || argumentTypes.length === 0;
}

function isSameType(left: string, right: string): boolean {
  return left === right || left.endsWith(`.${right}`) || right.endsWith(`.${left}`);
}
