import { post } from "../../api/request";
import type { Move } from "../../api/support";
import { submitTicket } from "../../api/ticket";

/** «old.pult.example:8000» → «new.pult.example:8000»; null when this address is the company's own. */
export function presentHost(host: string, slug: string): string | null {
  const [first = "", ...rest] = host.split(".");
  return rest.length > 0 && first !== slug ? [slug, ...rest].join(".") : null;
}

/** The company has another address now: whoever is signed in takes the session along. */
export async function moveToPresent(host: string, signedIn: boolean): Promise<void> {
  const { protocol, pathname, search } = window.location;
  const there = `${protocol}//${host}`;
  const answer = signedIn ? await post<Move>("auth/move/") : null;
  if (answer?.ticket) submitTicket(there, answer.ticket);
  else window.location.replace(`${there}${pathname}${search}`);
}
