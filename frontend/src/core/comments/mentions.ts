import type { Person } from "../../api/contract";

/** On the wire a mention is `@[12]`; in the box and on the page it is `@Иванов И. И.`. */

export type Piece = { text: string } | { person: Person };

const WIRE = /@\[(\d+)\]/g;

export const mentionText = (person: Pick<Person, "name">): string =>
  `@${person.name.replaceAll("\u00a0", " ")}`;

/** The text for the server: every picked name becomes the number of its person. */
export function toWire(text: string, picked: Person[]): string {
  const longestFirst = [...picked].sort((a, b) => b.name.length - a.name.length);
  return longestFirst.reduce(
    (result, person) => result.replaceAll(mentionText(person), `@[${person.id}]`),
    text,
  );
}

/** The text for the box, when a comment is edited. */
export function fromWire(text: string, mentions: Person[]): string {
  return text.replace(WIRE, (whole, id) => {
    const person = mentions.find((one) => one.id === Number(id));
    return person ? mentionText(person) : whole;
  });
}

/** The text cut into plain pieces and people, for the page. */
export function piecesOf(text: string, mentions: Person[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(WIRE)) {
    const person = mentions.find((one) => one.id === Number(match[1]));
    if (!person) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ person });
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** What is being typed after the last «@» before the caret, or null. */
export function mentionAt(text: string, caret: number): { start: number; search: string } | null {
  const match = /(?:^|[\s(«])@([\p{L}-]{0,30})$/u.exec(text.slice(0, caret));
  if (!match) return null;
  const search = match[1] ?? "";
  return { start: caret - search.length - 1, search };
}
