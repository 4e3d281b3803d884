import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import type { Brief } from "../../api/contract";
import { get } from "../../api/request";

/** Numbers of cards in texts: «#152» is the number of a card of the kind it is written on, «#З-152» of any. */

export type NumberPiece = { text: string } | { asked: string };

const NUMBER = /(?<![\p{L}\p{N}_#&/=?.-])#((?:\p{L}[\p{L}-]{0,9})?\p{N}[\p{L}\p{N}/-]{0,30})/gu;
const BEHIND = /[/-]+$/;
const AT_ONCE = 20;
const FRESH_MS = 60_000;

/** The text cut at what may be a number of a card. */
export function cutAtNumbers(text: string): NumberPiece[] {
  const pieces: NumberPiece[] = [];
  let from = 0;
  for (const match of text.matchAll(NUMBER)) {
    const asked = (match[1] ?? "").replace(BEHIND, "");
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push({ asked });
    from = match.index + 1 + asked.length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

interface Waiting {
  near: string;
  asked: string;
  tell: (card: Brief | null) => void;
  fail: (error: unknown) => void;
}

let waiting: Waiting[] = [];

async function askFor(near: string, some: Waiting[]): Promise<void> {
  const numbers = [...new Set(some.map((one) => one.asked))].join(",");
  try {
    const query = { near, numbers };
    const { results } = await get<{ results: { asked: string; card: Brief }[] }>(
      "search/numbers/",
      { query },
    );
    const found = new Map(results.map((one) => [one.asked, one.card]));
    for (const one of some) one.tell(found.get(one.asked) ?? null);
  } catch (error) {
    for (const one of some) one.fail(error);
  }
}

function askForAll(): void {
  const all = waiting;
  waiting = [];
  for (const near of new Set(all.map((one) => one.near))) {
    const some = all.filter((one) => one.near === near);
    for (let from = 0; from < some.length; from += AT_ONCE)
      void askFor(near, some.slice(from, from + AT_ONCE));
  }
}

/** One question for all numbers of a screen. */
function cardOf(near: string, asked: string): Promise<Brief | null> {
  return new Promise((tell, fail) => {
    if (waiting.length === 0) setTimeout(askForAll);
    waiting.push({ near, asked, tell, fail });
  });
}

/** The card that a number means on a card of the kind `near`; null when it means none that I see. */
export function useNumbered(near: string, asked: string): UseQueryResult<Brief | null> {
  return useQuery({
    queryKey: ["numbered", near, asked],
    queryFn: () => cardOf(near, asked),
    staleTime: FRESH_MS,
  });
}
