import type { QueueLine, QueueSection } from "../../api/contract";
import { post } from "../../api/request";
import type { Decided } from "../../api/routes";

/** One word on many cards of «Ждёт меня». */

/** The section of the queue whose lines are steps of routes, as the server names it. */
const STEPS = "route-steps";
const MOST = 100;

export interface Chosen {
  step: number;
  seen: string;
  line: QueueLine;
}

/** Lines that may be agreed upon without words, as many as go at once. */
export function agreeable(section: QueueSection): Chosen[] {
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
