import type { KeyboardEvent, ReactNode } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { longDay, timeText } from "../../ui/format";
import { Popover } from "../../ui/popover";
import { atClock, parseDue } from "./due";
import { MonthGrid } from "./MonthGrid";
import "./forms.css";
import "./words";

interface DuePickerProps {
  label: string;
  value: Date | null;
  onPick: (due: Date | null) => void;
  /** What it is called to have no date at all. */
  none?: string;
  disabled?: boolean;
  className?: string;
  children: ReactNode;
  "data-testid"?: string;
}

/** A due date: typed as people say it, pressed in a month, or one of the usual days. */
export function DuePicker(props: DuePickerProps) {
  const { t } = useTranslation("forms");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const choose = (due: Date | null) => {
    setOpen(false);
    props.onPick(due);
  };
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className={props.className ?? "value"}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-label={props.label}
        disabled={props.disabled}
        onClick={() => setOpen(!open)}
        data-testid={props["data-testid"]}
      >
        {props.children}
      </button>
      {open && (
        <Popover
          anchor={anchor.current}
          onClose={() => setOpen(false)}
          label={t("pickDate")}
          width={280}
        >
          <DuePanel
            value={props.value}
            none={props.none}
            onPick={choose}
            testId={props["data-testid"]}
          />
        </Popover>
      )}
    </>
  );
}

interface DuePanelProps {
  value: Date | null;
  none: string | undefined;
  onPick: (due: Date | null) => void;
  testId: string | undefined;
}

function DuePanel({ value, none, onPick, testId }: DuePanelProps) {
  const { t } = useTranslation("forms");
  const [text, setText] = useState("");
  const understood = parseDue(text);
  const usual = [
    { title: t("dueToday"), text: "сегодня" },
    { title: t("dueTomorrow"), text: "завтра" },
    { title: t("dueFriday"), text: "пт" },
    { title: t("dueMonday"), text: "пн" },
  ];
  const press = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    if (understood) onPick(understood);
  };
  const keepClock = (day: Date) =>
    onPick(
      atClock(day, value ? { hours: value.getHours(), minutes: value.getMinutes() } : undefined),
    );
  return (
    <div className="due-panel">
      <input
        className="inp"
        aria-label={t("pickDate")}
        placeholder={t("dueFind")}
        value={text}
        data-autofocus
        data-testid={testId && `${testId}-text`}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={press}
      />
      {text && (
        <button
          type="button"
          className="pop-i due-read"
          disabled={!understood}
          onClick={() => onPick(understood)}
        >
          {understood ? `${longDay(understood)}, ${timeText(understood)}` : t("dueHint")}
        </button>
      )}
      <div className="due-usual">
        {usual.map((day) => (
          <button
            key={day.text}
            type="button"
            className="chip"
            onClick={() => onPick(parseDue(day.text))}
          >
            {day.title}
          </button>
        ))}
        <button type="button" className="chip" onClick={() => onPick(null)}>
          {none ?? t("dueNone")}
        </button>
      </div>
      <MonthGrid value={value} onPick={keepClock} />
    </div>
  );
}
