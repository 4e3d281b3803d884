import type { Person } from "../../../api/contract";
import { ApiProblem, sentenceOf } from "../../../api/problem";
import { post } from "../../../api/request";
import { uuid } from "../../../api/uuid";
import { createStore, memory } from "../../../ui/store";
import type { Line, LineSort } from "./line";
import { addShown, inTurn, refresh } from "./lines";

/** Lines typed faster than the server answers. What it has not taken stays, in this browser too: a meeting is not held twice. */

export interface Written {
  key: string;
  /** Of which document. */
  card: number;
  /** Who has typed it: another person at the same browser neither sees nor sends it. */
  by: number | null;
  said: string;
  /** Chosen by hand; null: as the words say. */
  sort: LineSort | null;
  person: Person | null;
  due: string | null;
  /** Why the server has not taken it; null while it is on its way. */
  refusal: string | null;
  /** Nobody has refused it: it goes again when the net is back. */
  waits: boolean;
  /** By which name the server knows what may have reached it already: the same line is not written twice. */
  attempt: string;
}

const KEY = "pult.minutes-lines";

export function isWritten(one: unknown): one is Written {
  if (typeof one !== "object" || one === null) return false;
  const { key, card, said, attempt } = one as Partial<Written>;
  return Boolean(key && attempt && said) && typeof card === "number";
}

/** What a former visit could not send: shown as not kept, and sent again when its document is opened. */
export function remembered(raw: string | null): Written[] {
  try {
    const told: unknown = JSON.parse(raw ?? "[]");
    return Array.isArray(told)
      ? told
          .filter(isWritten)
          // One that was on its way may have come: it is sent by the name it had.
          .map((one) => (one.refusal === null ? { ...one, refusal: "", waits: true } : one))
      : [];
  } catch {
    return [];
  }
}

export const written = createStore<Written[]>(remembered(memory.read(KEY)));
written.subscribe(() => {
  const left = written.get();
  memory.write(KEY, left.length > 0 ? JSON.stringify(left) : null);
});

const change = (key: string, next: Partial<Written>) =>
  written.set(written.get().map((one) => (one.key === key ? { ...one, ...next } : one)));

export const forget = (key: string): void =>
  written.set(written.get().filter((one) => one.key !== key));

/** A line as the server takes it: in one breath, and what was chosen beside it. */
export const bodyOfWritten = (one: Written) => ({
  said: one.said,
  ...(one.sort && { sort: one.sort }),
  ...(one.person && { assignee: one.person.id }),
  ...(one.due && { due_at: one.due }),
});

export function send(key: string): void {
  const found = written.get().find((one) => one.key === key);
  if (!found) return;
  // Where the server has refused it is asked anew; where no answer came it may have been written.
  const attempt = found.refusal === null || found.waits ? found.attempt : uuid();
  change(key, { refusal: null, waits: false, attempt });
  void inTurn(async () => {
    try {
      const path = `documents/${found.card}/lines/`;
      const made = await post<Line>(path, bodyOfWritten(found), { attempt });
      await addShown(found.card, made);
      forget(key);
    } catch (error) {
      const waits = error instanceof ApiProblem && error.isUnreachable;
      change(key, { refusal: sentenceOf(error), waits });
    }
  }).then(() => refresh(found.card));
}

export function write(line: Omit<Written, "key" | "refusal" | "waits" | "attempt">): void {
  const key = uuid();
  const next = { ...line, key, refusal: null, waits: false, attempt: uuid() };
  written.set([...written.get(), next]);
  send(key);
}

/** What one person has typed into one document and the server has not yet. */
export const writtenIn = (all: Written[], card: number, by: Written["by"]): Written[] =>
  all.filter((one) => one.card === card && one.by === by);

/** What waits for the net goes again. */
export function sendWaiting(card: number, by: Written["by"]): void {
  for (const one of writtenIn(written.get(), card, by)) if (one.waits) send(one.key);
}
