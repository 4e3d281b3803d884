import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { longDay, timeText } from "../../ui/format";
import { Popover } from "../../ui/popover";
import { atClock, parseDue, typedDue } from "./due";
import "./forms.css";
import { MonthGrid } from "./MonthGrid";
import "./words";

interface DueInputProps {
  label: string;
  text: string;
  onChange: (text: string, due: Date | null) => void;
  "data-testid"?: string;
}

const spoken = (due: Date): string => `${longDay(due)}, ${timeText(due)}`;

/** A field of a form that reads dates as people write them, and says what it understood. */
export function DueInput({ label, text, onChange, ...rest }: DueInputProps) {
  const { t } = useTranslation("forms");
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const due = parseDue(text);
  const wrong = text.trim() !== "" && !due;
  const pick = (day: Date) => {
    const date = atClock(
      day,
      due ? { hours: due.getHours(), minutes: due.getMinutes() } : undefined,
    );
    onChange(typedDue(date), date);
    setOpen(false);
  };
  return (
    <div>
      <div className="inp box" ref={box}>
        <input
          aria-label={label}
          aria-invalid={wrong}
          placeholder={t("dueFind")}
          autoComplete="off"
          value={text}
          data-testid={rest["data-testid"]}
          onChange={(event) => onChange(event.target.value, parseDue(event.target.value))}
        />
        <IconButton icon="calendar" label={t("pickDate")} small onClick={() => setOpen(!open)} />
      </div>
      <div className={wrong ? "fld-msg err" : "fld-msg"} aria-live="polite">
        {due ? spoken(due) : wrong ? t("dueHint") : "\u00a0"}
      </div>
      {open && (
        <Popover
          anchor={box.current}
          onClose={() => setOpen(false)}
          label={t("pickDate")}
          width={268}
          alignEnd
        >
          <MonthGrid value={due} onPick={pick} />
        </Popover>
      )}
    </div>
  );
}
