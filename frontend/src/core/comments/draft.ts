import { useState } from "react";
import type { Person } from "../../api/contract";
import { memory } from "../../ui/store";

/** What was typed and not sent; it waits in this browser until it is. */
export interface Draft {
  text: string;
  picked: Person[];
}

const EMPTY: Draft = { text: "", picked: [] };

function read(key: string): Draft {
  const raw = memory.read(key);
  return raw ? (JSON.parse(raw) as Draft) : EMPTY;
}

export function useDraft(ref: string): [Draft, (next: Draft) => void] {
  const key = `pult.draft.${ref}`;
  const [draft, setDraft] = useState(() => read(key));
  const keep = (next: Draft) => {
    setDraft(next);
    memory.write(key, next.text ? JSON.stringify(next) : null);
  };
  return [draft, keep];
}
