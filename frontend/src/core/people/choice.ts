import type { KeyboardEvent } from "react";
import { useId, useRef, useState } from "react";
import type { Me, Person } from "../../api/contract";
import { useStore } from "../../ui/store";
import { useMe } from "../session/session";
import { useAwaited } from "./awaiting";
import { recentPeople, rememberPerson, usePeople } from "./people";

function ordered(found: Person[], recent: Person[], self: Person, typed: boolean): Person[] {
  if (typed) return found;
  const seen = new Set<Person["id"]>();
  return [self, ...recent, ...found].filter((one) => !seen.has(one.id) && seen.add(one.id));
}

export const selfOf = (me: Me): Person => ({
  id: me.id,
  name: me.name,
  full_name: me.full_name,
  initials: me.initials,
  photo_url: me.photo_url,
  is_active: true,
});

/** Searching among people with arrows and Enter, the focus staying in the text; one may be left out. */
export function usePersonChoice(
  onPick: (person: Person) => void,
  enabled = true,
  without?: Person["id"],
) {
  const id = useId();
  const me = useMe();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const recent = useStore(recentPeople);
  const [asking, setAsking] = useState(false);
  const { people: found, fresh } = usePeople(text, enabled || asking);
  const all = ordered(found, recent, selfOf(me), text.trim() !== "");
  const people = without === undefined ? all : all.filter((one) => one.id !== without);
  const here = Math.min(at, people.length - 1);
  const current = people[here];

  const pick = (person: Person | undefined) => {
    if (!person) return;
    rememberPerson(person);
    onPick(person);
  };
  const onlyAlone = useRef(false);
  const awaited = useAwaited(text, fresh, () => {
    if (!onlyAlone.current || people.length === 1) pick(people[0]);
  });
  if (asking !== awaited.waits) setAsking(awaited.waits);

  /** The one in hand; with nobody in hand yet, the first of the answer. */
  const take = () => {
    onlyAlone.current = false;
    if (current) pick(current);
    else if (!fresh) awaited.wait();
  };

  /** The field is left with letters in it: whoever alone answers to them is meant. */
  const leave = () => {
    if (!text.trim() || awaited.waits) return;
    onlyAlone.current = true;
    if (!fresh) awaited.wait();
    else if (people.length === 1) pick(people[0]);
  };

  /** True when the key was the list's own. */
  const press = (event: KeyboardEvent): boolean => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + people.length) % Math.max(1, people.length));
    const picks = event.key === "Enter" && !event.ctrlKey && !event.metaKey;
    if (picks) take();
    if (step === 0 && !picks) return false;
    event.preventDefault();
    return true;
  };

  return {
    id,
    text,
    setText: (next: string) => {
      setText(next);
      setAt(0);
    },
    people,
    here,
    hover: setAt,
    pick,
    press,
    take,
    leave,
    settled: fresh,
    /** A choice that still waits for its answer is taken back. */
    stop: awaited.stop,
    activeId: current ? `${id}-${current.id}` : undefined,
  };
}

export type PersonChoice = ReturnType<typeof usePersonChoice>;
