import { problemOf, unreachable } from "../../api/problem";
import { addressOf } from "../../api/request";

/** Where a paper is made; a word that is said and empty is said all the same. */
export function addressOfPaper(path: string, query: Record<string, string> = {}): string {
  const params = new URLSearchParams(query);
  return addressOf(path) + (params.size > 0 ? `?${params}` : "");
}

/** Show a paper in a page of its own; what the server refuses is told here, not on a bare page. */
export async function openPaper(path: string, query: Record<string, string>): Promise<void> {
  const address = addressOfPaper(path, query);
  // Opened by the press itself: a browser keeps back what comes later.
  const page = window.open("", "_blank");
  try {
    const answer = await fetch(address, { credentials: "same-origin" }).catch(() => {
      throw unreachable();
    });
    if (!answer.ok) throw await problemOf(answer);
    await answer.body?.cancel();
    if (page) page.location.replace(address);
    else window.location.assign(address);
  } catch (error) {
    page?.close();
    throw error;
  }
}
