import type { ClipboardEvent, KeyboardEvent, RefObject } from "react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { addPoints } from "./adding";
import { pointsIn } from "./lines";
import type { Place } from "./points";
import "./words";

interface PointAdderProps {
  place: Place;
  box: RefObject<HTMLTextAreaElement | null>;
}

/** A line that takes points one after another: Enter adds, a pasted list adds all of it. */
export function PointAdder({ place, box }: PointAdderProps) {
  const { t } = useTranslation("checklists");
  const [text, setText] = useState("");
  const send = (whole: string) => {
    addPoints(place, pointsIn(whole));
    setText("");
  };
  const press = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      send(event.currentTarget.value);
    }
    if (event.key !== "Escape") return;
    event.stopPropagation();
    const element = event.currentTarget;
    setText("");
    // The blur must see no text, or it would add what was just taken back.
    window.setTimeout(() => element.blur());
  };
  const paste = (event: ClipboardEvent<HTMLTextAreaElement>) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/\n./.test(pasted.trim())) return;
    event.preventDefault();
    const { selectionStart, selectionEnd, value } = event.currentTarget;
    send(value.slice(0, selectionStart) + pasted + value.slice(selectionEnd));
  };
  return (
    <div className="check-new">
      <Icon name="plus" size={14} />
      <textarea
        ref={box}
        rows={1}
        className="inline-text"
        aria-label={t("adding")}
        placeholder={t("addHint")}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
        onPaste={paste}
        onBlur={(event) => send(event.currentTarget.value)}
        data-testid="point-new"
      />
    </div>
  );
}
