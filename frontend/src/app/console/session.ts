import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import type { ConsoleState, OperatorMe } from "../../api/console";
import { get, listenToRequests, post, setCsrf } from "../../api/request";
import { cache } from "../../core/session/cache";

const STATE = ["console", "state"];
const ME = ["console", "me"];

export type Right = "console.look" | "console.answer" | "console.act" | "console.rule";

export function useConsoleState() {
  return useQuery({
    queryKey: STATE,
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const state = await get<ConsoleState>("auth/state/", { anonymous: true });
      setCsrf(state.csrf_token ?? "");
      return state;
    },
  });
}

/** Who works at the console; only behind its door. */
export function useOperator(): OperatorMe {
  return useSuspenseQuery({
    queryKey: ME,
    queryFn: () => get<OperatorMe>("me/"),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}

export const may = (me: OperatorMe, right: Right): boolean => me.may.includes(right);

/** After a fresh sign-in, or when a session has ended: forget what was seen and look again. */
export async function lookAgain(): Promise<void> {
  cache.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] === "console" && queryKey[1] !== "state",
  });
  await cache.resetQueries({ queryKey: STATE });
}

export async function leave(): Promise<void> {
  await post("auth/sign-out/");
  window.location.assign("/");
}

/** A session that has ended shows the door at the same address; what was asked is told its refusal. */
export function watchSession(): void {
  listenToRequests({
    signedOut: () => lookAgain().then(() => Promise.reject(new Error("signed out"))),
  });
}
