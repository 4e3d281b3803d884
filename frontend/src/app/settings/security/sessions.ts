import { useQuery } from "@tanstack/react-query";
import type { SessionEntry } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { del, get } from "../../../api/request";
import { cache } from "../../../core/session/cache";
import { complain } from "../../../ui/toast";

export const SESSIONS = ["auth", "sessions"];

export function useSessions() {
  return useQuery({
    queryKey: SESSIONS,
    queryFn: async () => (await get<{ results: SessionEntry[] }>("auth/sessions/")).results,
  });
}

export async function endSession(session: SessionEntry): Promise<void> {
  cache.setQueryData<SessionEntry[]>(SESSIONS, (list) =>
    list?.filter((one) => one.id !== session.id),
  );
  await del(`auth/sessions/${session.id}/`).catch((error) => complain(sentenceOf(error)));
  await cache.invalidateQueries({ queryKey: SESSIONS });
}

const BROWSERS: [RegExp, string][] = [
  [/YaBrowser/, "Яндекс Браузер"],
  [/Edg\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"],
  [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/Linux/, "Linux"],
];

/** «Chrome, Windows» out of what a browser says of itself. */
export function deviceOf(userAgent: string): string {
  const named = (list: [RegExp, string][]) =>
    list.find(([pattern]) => pattern.test(userAgent))?.[1];
  return [named(BROWSERS), named(SYSTEMS)].filter(Boolean).join(", ");
}
