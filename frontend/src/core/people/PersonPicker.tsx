import type { ReactNode } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../api/contract";
import { Popover } from "../../ui/popover";
import { PersonList } from "./PersonList";
import "./words";

interface PersonPickerProps {
  label: string;
  chosen: Person["id"][];
  onPick: (person: Person) => void;
  /** Several: the list stays open after a choice. */
  several?: boolean;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
  "data-testid"?: string;
}

/** A value that opens a list of people when pressed. */
export function PersonPicker(props: PersonPickerProps) {
  const { t } = useTranslation("people");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const testId = props["data-testid"];
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={props.className ?? "value"}
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={props.label}
        disabled={props.disabled}
        onClick={() => setOpen(!open)}
        data-testid={testId}
      >
        {props.children}
      </button>
      {open && (
        <Popover
          anchor={anchor.current}
          onClose={() => setOpen(false)}
          label={t("pick")}
          width={300}
        >
          <PersonList
            chosen={props.chosen}
            data-testid={testId && `${testId}-find`}
            onPick={(person) => {
              props.onPick(person);
              if (!props.several) setOpen(false);
            }}
          />
        </Popover>
      )}
    </>
  );
}
