import { ApiProblem, sentenceOf } from "../../api/problem";
import { complain, say } from "../../ui/toast";

const LONG_ENOUGH_MS = 15_000;

/** Away from the card, a refusal that names a way is said with a button for it; false when it names none. */
export function offerWay(error: unknown, goOn: () => Promise<unknown>): boolean {
  const way = error instanceof ApiProblem ? error.body.way : null;
  if (typeof way !== "string" || !way) return false;
  const run = () => void goOn().catch((again) => complain(sentenceOf(again)));
  say(sentenceOf(error), {
    icon: "circle-alert",
    stay: LONG_ENOUGH_MS,
    action: { title: way, run },
  });
  return true;
}
