import { useRef, useState } from "react";
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

/** Those that came back stand first, in their order; what is being written goes on after them. */
function joined(now: Draft, before: string, back: Draft): Draft {
  const rest = before ? now.text.slice(before.length) : now.text && `\n\n${now.text}`;
  const returned = before ? `${before}\n\n${back.text}` : back.text;
  const others = back.picked.filter((one) => !now.picked.some((two) => two.id === one.id));
  return { text: returned + rest, picked: [...now.picked, ...others] };
}

export function useDraft(ref: string) {
  const key = `pult.draft.${ref}`;
  const [draft, setDraft] = useState(() => read(key));
  const returned = useRef("");
  const keep = (next: Draft) => {
    setDraft(next);
    memory.write(key, next.text ? JSON.stringify(next) : null);
  };
  /** An unsent text goes back into the box, in nobody's place. */
  const putBack = (back: Draft) => {
    // Told much later than it was sent: what is kept by then counts.
    const now = read(key);
    const before = now.text.startsWith(returned.current) ? returned.current : "";
    returned.current = before ? `${before}\n\n${back.text}` : back.text;
    keep(joined(now, before, back));
  };
  return { draft, keep, putBack };
}
