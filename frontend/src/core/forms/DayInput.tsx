import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { IconButton } from "../../ui/button";
import { Field } from "../../ui/field";
import { dateText } from "../../ui/format";
import { Popover } from "../../ui/popover";
import { dayIn, dayOf, isDay, pastDayIn } from "./clock";
import { MonthGrid } from "./MonthGrid";
import "./forms.css";
import "./words";

interface DayInputProps {
  label: string;
  /** `2026-11-22`, nothing, or what was typed and says no day. */
  value: string;
  hint?: string;
  error?: string | undefined;
  /** A day gone by is meant. */
  past?: boolean;
  onChange: (value: string) => void;
  "data-testid"?: string;
}

const shown = (value: string): string => (isDay(value) ? dateText(`${value}T00:00:00`) : value);

/** A day of the calendar: typed as people say it, or pressed in a month. */
export function DayInput({ label, value, hint, error, past, onChange, ...rest }: DayInputProps) {
  const { t } = useTranslation("forms");
  const [typed, setTyped] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  return (
    <Field label={label} hint={hint} error={error}>
      {(aria) => (
        <>
          <div className="inp box day-inp" ref={box} aria-invalid={aria["aria-invalid"]}>
            <input
              {...aria}
              autoComplete="off"
              placeholder={t("dayPlaceholder")}
              value={typed ?? shown(value)}
              onFocus={() => setTyped(shown(value))}
              onBlur={() => setTyped(null)}
              onChange={({ target }) => {
                setTyped(target.value);
                onChange((past ? pastDayIn : dayIn)(target.value) ?? target.value.trim());
              }}
              data-testid={rest["data-testid"]}
            />
            <IconButton
              icon="calendar"
              label={`${t("pickDay")}: ${label}`}
              small
              onClick={() => setOpen(!open)}
            />
          </div>
          {open && (
            <Popover
              anchor={box.current}
              onClose={() => setOpen(false)}
              label={t("pickDay")}
              width={268}
              alignEnd
            >
              <MonthGrid
                value={isDay(value) ? new Date(`${value}T00:00:00`) : null}
                onPick={(day) => {
                  onChange(dayOf(day));
                  setTyped(null);
                  setOpen(false);
                }}
              />
            </Popover>
          )}
        </>
      )}
    </Field>
  );
}
