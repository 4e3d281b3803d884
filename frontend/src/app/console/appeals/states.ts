import type { AppealState } from "../../../api/help";
import type { Tone } from "../../../ui/marks";

/** How the service reads the states: what waits for it stands out. */
export const STATES: Record<
  AppealState,
  { tone: Tone; word: "stateNew" | "stateAnswered" | "stateWaiting" | "stateClosed" }
> = {
  new: { tone: "amber", word: "stateNew" },
  answered: { tone: "green", word: "stateAnswered" },
  waiting: { tone: "violet", word: "stateWaiting" },
  closed: { tone: "neutral", word: "stateClosed" },
};
