// White space at both ends of a text, as whoever reads the text sees it.

/** `isSpace`: of one character. It takes linear time, as an expression for both ends would not. */
export function trimBy(text: string, isSpace: RegExp): string {
  let [start, end] = [0, text.length];
  while (start < end && isSpace.test(text.charAt(start))) start += 1;
  while (end > start && isSpace.test(text.charAt(end - 1))) end -= 1;
  return text.slice(start, end);
}
