import type { SuggestionProps } from "@tiptap/suggestion";
import type { Ref } from "react";
import { useEffect, useImperativeHandle, useState } from "react";
import { createPortal } from "react-dom";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { Face } from "../../../ui/marks";
import { isPhone } from "../../../ui/screen";
import { useAwaited } from "../../people/awaiting";
import { rememberPerson, usePeople } from "../../people/people";
import "../words";

export interface MentionListHandle {
  /** True when the key was the list's own. */
  press: (event: KeyboardEvent) => boolean;
}

const MOST = 6;
/** As tall as a line for a mouse and for a thumb. */
const rowHeight = (): number => (isPhone() ? 48 : 36);
const WIDTH = 280;

/** Colleagues offered after «@», under the caret. */
export function MentionList({
  asked,
  ref,
}: {
  asked: SuggestionProps;
  ref: Ref<MentionListHandle>;
}) {
  const { t } = useTranslation("richtext");
  const { people: found, fresh } = usePeople(asked.query);
  const people = found.slice(0, MOST);
  const [at, setAt] = useState(0);
  const here = Math.min(at, Math.max(0, people.length - 1));

  // biome-ignore lint/correctness/useExhaustiveDependencies: other letters, other people.
  useEffect(() => setAt(0), [asked.query]);

  const pick = (person: Person) => {
    rememberPerson(person);
    asked.command({ id: String(person.id), label: person.name });
  };
  const awaited = useAwaited(asked.query, fresh, () => {
    if (people[0]) pick(people[0]);
  });
  useImperativeHandle(ref, () => ({
    press: (event) => {
      const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
      if (step !== 0 && people.length > 0) {
        setAt((here + step + people.length) % people.length);
        return true;
      }
      if (event.key !== "Enter" && event.key !== "Tab") return false;
      const person = people[here];
      if (person) pick(person);
      else if (!fresh) awaited.wait();
      return person !== undefined || !fresh;
    },
  }));

  const caret = asked.clientRect?.();
  if (!caret || people.length === 0) return null;
  const height = people.length * rowHeight() + 8;
  const below = caret.bottom + 4;
  const top = below + height < window.innerHeight ? below : caret.top - height - 4;
  const left = Math.max(8, Math.min(caret.left, window.innerWidth - WIDTH - 8));
  return createPortal(
    <div
      className="mention-pop"
      role="listbox"
      aria-label={t("mention")}
      style={{ top, left, width: WIDTH }}
      data-testid="rich-mentions"
    >
      {people.map((person, index) => (
        <div
          key={person.id}
          role="option"
          tabIndex={-1}
          aria-selected={index === here}
          className={index === here ? "pop-i on" : "pop-i"}
          onPointerMove={() => setAt(index)}
          onPointerDown={(event) => {
            event.preventDefault();
            pick(person);
          }}
        >
          <Face id={person.id} initials={person.initials} photo={person.photo_url} size="m" />
          <span className="el">{person.full_name}</span>
        </div>
      ))}
    </div>,
    document.body,
  );
}
