import type { KeyboardEvent } from "react";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { Popover } from "../../ui/popover";
import type { Found } from "../entities/module";
import { useAwaited } from "../people/awaiting";
import { useFoundCards } from "./finding";
import type { Relation } from "./links";
import "./links.css";
import "./words";

interface LinkPickerProps {
  anchor: HTMLElement | null;
  /** The card that is being tied; it is not offered to itself. */
  own: string;
  relations: { code: Relation; title: string }[];
  /** Addresses that are tied already, by relation. */
  tied: (ref: string, relation: Relation) => boolean;
  onPick: (found: Found, relation: { code: Relation; title: string }) => void;
  onClose: () => void;
}

/** How it is related, then one search over cards of every kind. */
export function LinkPicker(props: LinkPickerProps) {
  const { t } = useTranslation("links");
  const id = useId();
  const [relation, setRelation] = useState(props.relations[0]);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const { groups, settled, isError } = useFoundCards(text, props.own);
  const all = groups.flatMap((group) => group.cards);
  const here = Math.min(at, all.length - 1);

  const pick = (found: Found | undefined) => {
    if (!found || !relation || props.tied(found.key, relation.code)) return;
    props.onPick(found, relation);
  };
  const awaited = useAwaited(text, settled, () => pick(all[0]));
  const press = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setAt((here + step + all.length) % Math.max(1, all.length));
    if (event.key === "Enter" && all.length === 0 && !settled) awaited.wait();
    else if (event.key === "Enter") pick(all[here]);
    if (step !== 0 || event.key === "Enter") event.preventDefault();
  };
  const option = (card: Found) => {
    const index = all.indexOf(card);
    const has = relation !== undefined && props.tied(card.key, relation.code);
    return (
      // biome-ignore lint/a11y/useKeyWithClickEvents: arrows and Enter work from the field.
      <div
        key={card.key}
        id={`${id}-${index}`}
        role="option"
        tabIndex={-1}
        aria-selected={index === here}
        aria-disabled={has}
        className={index === here ? "pop-i on" : "pop-i"}
        onPointerMove={() => setAt(index)}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => pick(card)}
        data-testid="link-option"
      >
        <span className="el grow">{card.title}</span>
        <span className="f12 t3 el link-note">{has ? t("already") : card.note}</span>
      </div>
    );
  };

  return (
    <Popover
      anchor={props.anchor}
      onClose={props.onClose}
      label={t("picking")}
      width={460}
      alignEnd
    >
      <div className="link-how">
        <select
          className="inp"
          aria-label={t("relation")}
          value={relation?.code}
          onChange={(event) =>
            setRelation(props.relations.find((one) => one.code === event.target.value))
          }
          data-testid="link-relation"
        >
          {props.relations.map((one) => (
            <option key={one.code} value={one.code}>
              {one.title}
            </option>
          ))}
        </select>
        <div className="inp box">
          <Icon name="search" size={14} />
          <input
            role="combobox"
            aria-expanded
            aria-controls={id}
            aria-activedescendant={all.length > 0 ? `${id}-${here}` : undefined}
            aria-label={t("find")}
            placeholder={t("find")}
            autoComplete="off"
            value={text}
            data-autofocus
            data-testid="link-find"
            onChange={(event) => {
              setText(event.target.value);
              setAt(0);
            }}
            onKeyDown={press}
          />
        </div>
      </div>
      <div role="listbox" id={id} aria-label={t("picking")} className="link-list">
        {groups.map((group) => (
          // biome-ignore lint/a11y/useSemanticElements: options of a listbox are grouped by role.
          <div key={group.code} role="group" aria-label={group.title}>
            <div className="pop-g row" aria-hidden>
              <Icon name={group.icon} size={14} />
              {group.title}
            </div>
            {group.cards.map(option)}
          </div>
        ))}
      </div>
      {isError && (
        <p className="hint link-none" role="alert">
          {t("failedToFind")}
        </p>
      )}
      {settled && !isError && all.length === 0 && (
        <p className="hint link-none" role="status">
          {t("nothing")}
        </p>
      )}
    </Popover>
  );
}
