import { useQuery } from "@tanstack/react-query";
import type { Person, Phrase, Piece } from "../../api/contract";
import { post } from "../../api/request";
import { useSettled } from "../../core/people/people";

/** What one line of words says; the server reads it, so that a letter or a message would be read the same. */

const CALM_MS = 120;
const NOTHING: Phrase = { title: "", pieces: [] };

const ask = (text: string, ignore: string[], signal?: AbortSignal): Promise<Phrase> =>
  text.trim()
    ? post<Phrase>("tasks/parse/", { text, ignore }, { reads: true, ...(signal && { signal }) })
    : Promise.resolve(NOTHING);

/** The line as it was understood last; while the person writes on, the former answer stays. */
export function usePhrase(line: string, ignore: string[]): Phrase {
  const text = useSettled(line, CALM_MS);
  const { data } = useQuery({
    queryKey: ["tasks.phrase", text, ignore],
    queryFn: ({ signal }) => ask(text, ignore, signal),
    placeholderData: (before) => before,
    staleTime: 60_000,
    retry: false,
  });
  // A piece that is not in the text any more was understood of other words; one taken back is gone at once.
  const pieces = (data?.pieces ?? []).filter(
    (piece) => line.includes(piece.text) && !ignore.includes(piece.text),
  );
  return { title: data?.title ?? line, pieces };
}

/** The same once more just before the card is made: nothing typed since then may be lost. */
export async function readPhrase(line: string, ignore: string[]): Promise<Phrase> {
  try {
    return await ask(line, ignore);
  } catch {
    // Whatever the line says, the task is to be made: its words become the title.
    return { title: line.trim(), pieces: [] };
  }
}

export interface Told {
  title: string;
  assignee: Person | null;
  helpers: Person[];
  due_at: string | null;
  priority: Piece["priority"];
  cards: string[];
}

/** As the server begins titles: with a capital, unless the first word has its own way («iPhone»). */
function begun(title: string): string {
  const [first = ""] = title.split(" ");
  return first === first.toLowerCase() ? title.charAt(0).toUpperCase() + title.slice(1) : title;
}

/** Fields of a task out of the pieces; `chosen` are namesakes that were told apart by hand. */
export function toldBy(phrase: Phrase, chosen: Record<string, Person>): Told {
  const people = (kind: Piece["kind"]) =>
    phrase.pieces
      .filter((piece) => piece.kind === kind)
      .flatMap((piece) => chosen[piece.text] ?? (piece.people.length === 1 ? piece.people : []));
  const first = (kind: Piece["kind"]) => phrase.pieces.find((piece) => piece.kind === kind);
  const title = Object.keys(chosen).reduce((left, text) => left.replace(text, " "), phrase.title);
  return {
    title: begun(title.replace(/\s+/g, " ").trim()),
    assignee: people("person")[0] ?? null,
    helpers: people("helper"),
    due_at: first("due")?.due_at ?? null,
    priority: first("priority")?.priority ?? "normal",
    cards: phrase.pieces.flatMap((piece) => (piece.card ? [piece.card.ref] : [])),
  };
}
