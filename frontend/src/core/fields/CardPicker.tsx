import type { KeyboardEvent } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { Popover } from "../../ui/popover";
import type { Found } from "../entities/module";
import { useFoundCards } from "../links/finding";
import "./fields.css";
import "./words";

interface CardPickerProps {
  anchor: HTMLElement | null;
  label: string;
  own: string;
  /** Codes of the kinds to choose from. */
  kinds: string[];
  onPick: (found: Found) => void;
  onClose: () => void;
}

/** One search over the kinds of cards that the field takes. */
export function CardPicker({ anchor, label, own, kinds, onPick, onClose }: CardPickerProps) {
  const { t } = useTranslation("fields");
  const id = useId();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { groups, settled } = useFoundCards(text, own);
  const all = groups
    .flatMap((group) => group.cards)
    .filter((card) => kinds.includes(card.key.split("/")[0] ?? ""));
  const here = Math.min(at, all.length - 1);
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + all.length) % Math.max(1, all.length));
    const card = all[here];
    if (event.key === "Enter" && card) onPick(card);
    if (step !== 0 || event.key === "Enter") event.preventDefault();
  };
  return (
    <Popover anchor={anchor} onClose={onClose} label={label} width={360}>
      <div className="inp box field-find">
        <Icon name="search" size={14} />
        <input
          role="combobox"
          aria-expanded
          aria-controls={id}
          aria-activedescendant={all.length > 0 ? `${id}-${here}` : undefined}
          aria-label={t("findCard")}
          placeholder={t("findCard")}
          autoComplete="off"
          value={text}
          data-autofocus
          data-testid="field-card-find"
          onChange={(event) => {
            setText(event.target.value);
            setAt(0);
          }}
          onKeyDown={press}
        />
      </div>
      <div role="listbox" id={id} aria-label={label} className="field-pop">
        {all.map((card, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter work from the field.
          <div
            key={card.key}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === here}
            className={index === here ? "pop-i on" : "pop-i"}
            onPointerMove={() => setAt(index)}
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => onPick(card)}
            data-testid="field-card-option"
          >
            <span className="el grow">{card.title}</span>
            <span className="f12 t3 el">{card.note}</span>
          </div>
        ))}
        {all.length === 0 && settled && <p className="hint field-none">{t("noCards")}</p>}
      </div>
    </Popover>
  );
}
