/** Places of a template, «{{ контрагент }}»: put where the caret stands, and known by their names. */

const PLACE = /\{\{\s*([^{}]{1,80}?)\s*\}\}/g;

/** What stands in front of a pipe is the name; what follows says how its value is written. */
const nameOf = (place: string): string =>
  (place.split("|")[0] ?? "").toLowerCase().replaceAll(/\s+/g, " ").trim();

/** Names in a text that stand for nothing, each once. */
export function unknownIn(text: string, names: string[]): string[] {
  const known = new Set(names.map(nameOf));
  const told = [...text.matchAll(PLACE)].map((match) => nameOf(match[1] ?? ""));
  return [...new Set(told)].filter((name) => !known.has(name));
}

/** The text with a place instead of what is chosen in it, and where the caret stands then. */
export function putPlace(
  text: string,
  name: string,
  from: number,
  to: number,
): { text: string; caret: number } {
  const place = `{{ ${name} }}`;
  return { text: text.slice(0, from) + place + text.slice(to), caret: from + place.length };
}
