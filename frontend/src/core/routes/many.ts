import type { QueueLine, QueuePage, QueueSection } from "../../api/contract";
import { get, post } from "../../api/request";
import type { Decided } from "../../api/routes";

/** One word on many cards: of «Ждёт меня», or chosen in a list. */

/** The section of the queue whose lines are steps of routes, as the server names it. */
const STEPS = "route-steps";
const MOST = 100;

/** A card that is chosen in a list. */
export interface Picked {
  id: number;
  ref: string;
  number: string;
  title: string;
}

export interface Chosen {
  step: number;
  seen: string;
  line: QueueLine;
}

/** Lines that may be agreed upon without words, as many as go at once. */
export function agreeable(section: Pick<QueueSection, "code" | "results">): Chosen[] {
  if (section.code !== STEPS) return [];
  return section.results
    .flatMap((line) => {
      const step = Number(line.key.split("/")[1]);
      const body = line.actions.find((one) => one.code === "approve")?.body as
        | { seen?: string }
        | undefined;
      return step && body?.seen ? [{ step, seen: body.seen, line }] : [];
    })
    .slice(0, MOST);
}

export async function agreeToMany(chosen: Chosen[], text: string): Promise<Decided[]> {
  const steps = chosen.map(({ step, seen }) => ({ step, seen }));
  const body = { verdict: "approve", text, steps };
  return (await post<{ results: Decided[] }>("route-steps/decide/", body)).results;
}

const PAGE = 100;
/** A queue longer than this is gone through in the queue itself. */
const MOST_PAGES = 10;

/** Steps that wait for the reader about any of these cards. */
export async function stepsAbout(
  refs: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Chosen[]> {
  const results: QueueLine[] = [];
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES && results.length < refs.size; page += 1) {
    const query: Record<string, string | number> = { limit: PAGE, ...(cursor && { cursor }) };
    const found: QueuePage = await get<QueuePage>(`waiting/${STEPS}/`, { query, signal });
    results.push(...found.results.filter(({ card }) => refs.has(card.ref)));
    cursor = found.next;
    if (!cursor) break;
  }
  return agreeable({ code: STEPS, results });
}
