import { useLayoutEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Face } from "../../ui/marks";
import { Popover } from "../../ui/popover";
import { usePersonChoice } from "./choice";
import { PersonOptions } from "./PersonOptions";
import "./people.css";
import "./words";

interface PersonInputProps {
  label: string;
  value: Person | null;
  onPick: (person: Person) => void;
  /** Who is not to be chosen. */
  without?: Person["id"];
  "data-testid"?: string;
}

/**
 * A field of a form that holds one person: type a name, press Enter. Letters that nobody was taken for stay in sight,
 * and the form is not sent without a word about them.
 */
export function PersonInput({ label, value, onPick, without, ...rest }: PersonInputProps) {
  const { t } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const [isTold, setTold] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const input = useRef<HTMLInputElement>(null);
  const choice = usePersonChoice(
    (person) => {
      onPick(person);
      setOpen(false);
      choice.setText("");
    },
    open,
    without,
  );
  const isTyped = choice.text.trim() !== "";
  const isWrong = isTold && isTyped;
  if (isTold && !isTyped) setTold(false);
  useLayoutEffect(() => {
    input.current?.setCustomValidity(isTyped ? t("untaken") : "");
  }, [isTyped, t]);
  return (
    <div className="person-field">
      <div className="inp box" ref={box}>
        {value && !open && !isTyped && (
          <Face id={value.id} initials={value.initials} photo={value.photo_url} />
        )}
        <input
          ref={input}
          role="combobox"
          aria-label={label}
          aria-expanded={open}
          aria-controls={choice.id}
          aria-activedescendant={open ? choice.activeId : undefined}
          aria-invalid={isWrong || undefined}
          autoComplete="off"
          placeholder={value?.full_name ?? t("find")}
          value={open || isTyped ? choice.text : (value?.full_name ?? "")}
          data-testid={rest["data-testid"]}
          onInvalid={() => setTold(true)}
          onFocus={() => setOpen(true)}
          onClick={() => setOpen(true)}
          onBlur={() => {
            setOpen(false);
            choice.leave();
          }}
          onChange={(event) => {
            setOpen(true);
            choice.setText(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "Escape" && open) {
              event.stopPropagation();
              choice.stop();
              choice.setText("");
              setOpen(false);
            } else if (open && event.key === "Enter" && isTyped) {
              // Ctrl+Enter too: a form must not go away with a name that is typed and not taken.
              event.stopPropagation();
              choice.take();
              event.preventDefault();
            } else if (open) {
              choice.press(event);
            }
          }}
        />
      </div>
      {isWrong && (
        <div className="fld-msg err" role="alert">
          {t("untaken")}
        </div>
      )}
      {open && (
        <Popover
          anchor={box.current}
          onClose={() => setOpen(false)}
          label={t("pick")}
          width={box.current?.offsetWidth}
          keepFocus
        >
          <PersonOptions choice={choice} chosen={value ? [value.id] : []} />
        </Popover>
      )}
    </div>
  );
}
