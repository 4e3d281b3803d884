import { useQuery } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import type { Queue, QueueAction, QueueLine, QueuePage, QueueSection } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { get, request } from "../../api/request";
import type { HotKeys } from "../../ui/keys";
import { complain, say } from "../../ui/toast";
import { undoable } from "../../ui/undo";
import { offerWay } from "../cards/refusal";
import { live } from "../realtime/live";
import { cache } from "../session/cache";

/** Everything that waits for the reader, acted on in place. The server says what each button does. */

export const QUEUE = ["waiting"];
const CALM_MS = 400;

/** Done on the screen but not yet on the server: a refetch must not bring it back. */
const gone = new Set<string>();

const left = (lines: QueueLine[]): QueueLine[] => lines.filter((line) => !gone.has(line.key));

function withoutGone(queue: Queue): Queue {
  const sections = queue.sections
    .map((section) => {
      const results = left(section.results);
      return {
        ...section,
        results,
        count: section.count - (section.results.length - results.length),
      };
    })
    .filter((section) => section.count > 0);
  return { ...queue, sections, count: sections.reduce((sum, one) => sum + one.count, 0) };
}

export function useQueue() {
  const query = useQuery({
    queryKey: QUEUE,
    staleTime: 10_000,
    queryFn: () => get<Queue>("waiting/").then(withoutGone),
  });
  const topics = query.data?.topics.join(" ") ?? "";
  const refresh = useCallback(() => {
    window.setTimeout(() => void cache.invalidateQueries({ queryKey: QUEUE }), CALM_MS);
  }, []);
  useEffect(() => {
    const ends = topics
      .split(" ")
      .filter(Boolean)
      .map((topic) => live.subscribe(topic, refresh));
    return () => {
      for (const end of ends) end();
    };
  }, [topics, refresh]);
  return query;
}

/** The next page of a source, put behind what is shown of it. */
export async function readOn(section: QueueSection): Promise<void> {
  const query = { cursor: section.next, limit: 30 };
  const page = await get<QueuePage>(`waiting/${section.code}/`, { query });
  cache.setQueryData<Queue>(QUEUE, (queue) => {
    if (!queue) return queue;
    const sections = queue.sections.map((one) =>
      one.code === section.code
        ? { ...one, next: page.next, results: [...one.results, ...left(page.results)] }
        : one,
    );
    return { ...queue, sections };
  });
}

/** What was done in the queue may be on any screen. */
export const refreshAll = (): Promise<unknown> =>
  Promise.all([
    cache.invalidateQueries({ queryKey: QUEUE }),
    cache.invalidateQueries({ queryKey: ["home"] }),
    cache.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).includes(".") }),
  ]);

interface Sent {
  text?: string;
  /** The way that a refusal has named. */
  anyway?: boolean;
}

const send = (action: QueueAction, sent: Sent = {}, keepalive = false): Promise<unknown> => {
  const body = action.method === "DELETE" ? undefined : { ...action.body, ...sent };
  return request(action.method, action.path, { body, keepalive });
};

/** The line goes away at once; the deed waits while «Вернуть» is on screen. */
export function act(line: QueueLine, action: QueueAction, text = ""): void {
  const stay = keepPlace(line.key);
  const said = text ? { text } : {};
  gone.add(line.key);
  cache.setQueryData<Queue>(QUEUE, (queue) => queue && withoutGone(queue));
  window.setTimeout(stay);
  const back = () => {
    gone.delete(line.key);
    return refreshAll();
  };
  undoable(
    `${action.done}.`,
    {
      commit: (leaving) => send(action, said, leaving).then(back),
      undo: back,
      failed: (error) => {
        const goOn = () => send(action, { ...said, anyway: true }).then(refreshAll);
        if (!offerWay(error, goOn)) complain(sentenceOf(error));
        void back();
      },
    },
    "check",
  );
}

/** What begins here goes on at the same place; nothing leaves the queue by it. */
export async function actNow(line: QueueLine, action: QueueAction): Promise<void> {
  const stay = keepPlace(line.key);
  try {
    await send(action);
  } catch (error) {
    const goOn = () => send(action, { anyway: true }).then(refreshAll);
    if (!offerWay(error, goOn)) complain(sentenceOf(error));
    return;
  }
  say(`${action.done}.`);
  await refreshAll();
  stay();
}

const LINE = "[data-testid=queue-line]";
const lines = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>(LINE)];
const here = (): HTMLElement | null => document.activeElement?.closest<HTMLElement>(LINE) ?? null;
const enter = (line: HTMLElement | undefined): void => line?.querySelector("a")?.focus();

/** A line that goes away leaves the focus to its neighbour. */
function keepPlace(key: string): () => void {
  const before = lines();
  const at = before.findIndex((line) => line.dataset.key === key);
  if (at < 0 || before[at] !== here()) return () => undefined;
  return () => {
    const now = lines();
    enter(now.find((line) => line.dataset.key === key) ?? now[Math.min(at, now.length - 1)]);
  };
}

function move(step: number): void {
  const all = lines();
  const line = here();
  const at = line ? all.indexOf(line) + step : step > 0 ? 0 : all.length - 1;
  enter(all[Math.min(Math.max(at, 0), all.length - 1)]);
}

const pressed = (key: string) => () =>
  here()?.querySelector<HTMLButtonElement>(`[data-key-of="${key}"]`)?.click();

/** One key each: walk the lines, do what the line with the focus offers. */
export const QUEUE_KEYS: HotKeys = {
  KeyJ: () => move(1),
  KeyK: () => move(-1),
  ArrowDown: () => move(1),
  ArrowUp: () => move(-1),
  ...Object.fromEntries(["A", "S", "D", "F", "R", "X"].map((key) => [`Key${key}`, pressed(key)])),
};
