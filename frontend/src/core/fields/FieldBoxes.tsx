import type { KeyboardEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { Popover } from "../../ui/popover";
import { refOf } from "../entities/kind";
import { settleField } from "../entities/missing";
import { DuePicker } from "../forms/DuePicker";
import { InlineText } from "../forms/InlineText";
import type { BoxProps } from "./FieldValue";
import { saveValue } from "./fields";
import { amountText, dayOf, optionsOf, readAmount, valueText } from "./values";
import "./words";

const idOf = (field: BoxProps["field"]) => `field-${field.code}`;

/** One line, or many where the field says so. */
export function TextBox({ place, field }: BoxProps) {
  const { t } = useTranslation("fields");
  return (
    <InlineText
      label={field.title}
      value={(field.value as string | null) ?? ""}
      placeholder={field.can_write ? t("empty") : ""}
      oneLine={!field.settings.multiline}
      readOnly={!field.can_write}
      onSave={(text) => void saveValue(place, field, { sent: text || null, shown: text || null })}
      data-testid={idOf(field)}
    />
  );
}

/** A number or a sum: typed with a comma, shown with spaces and its unit. */
export function AmountBox({ place, field, error }: BoxProps) {
  const { t } = useTranslation("fields");
  const [draft, setDraft] = useState<string | null>(null);
  const kept = field.value as string | null;
  const whole = valueText(field);
  const typed = kept === null ? "" : amountText(kept, false).replaceAll("\u00a0", "");
  const finish = () => {
    if (draft === null) return;
    setDraft(null);
    const read = readAmount(draft);
    if (read === undefined) {
      settleField(refOf(place.kind, place.id), field.code, t("wrongNumber"));
    } else if (draft !== typed) {
      void saveValue(place, field, { sent: read, shown: read });
    }
  };
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === "Enter") event.currentTarget.blur();
    if (event.key !== "Escape") return;
    event.stopPropagation();
    setDraft(null);
    const element = event.currentTarget;
    window.setTimeout(() => element.blur());
  };
  return (
    <input
      className="field-in num"
      inputMode="decimal"
      aria-label={field.title}
      aria-invalid={Boolean(error)}
      placeholder={field.can_write ? t("empty") : ""}
      readOnly={!field.can_write}
      value={draft ?? whole}
      onFocus={() => field.can_write && setDraft(typed)}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={finish}
      onKeyDown={press}
      data-testid={idOf(field)}
    />
  );
}

/** A day: typed as people say it, or pressed in a month. */
export function DayBox({ place, field }: BoxProps) {
  const { t } = useTranslation("fields");
  const day = field.value as string | null;
  const pick = (due: Date | null) => {
    const value = due && dayOf(due);
    void saveValue(place, field, { sent: value, shown: value });
  };
  return (
    <DuePicker
      label={field.title}
      value={day ? new Date(`${day}T12:00:00`) : null}
      onPick={pick}
      disabled={!field.can_write}
      data-testid={idOf(field)}
    >
      {day ? (
        <span className="num">{valueText(field)}</span>
      ) : (
        <span className="t3">{field.can_write ? t("empty") : "—"}</span>
      )}
    </DuePicker>
  );
}

/** Yes, no, or not said yet. */
export function FlagBox({ place, field }: BoxProps) {
  const { t } = useTranslation("fields");
  const put = (text: string) => {
    const value = text === "" ? null : text === "yes";
    void saveValue(place, field, { sent: value, shown: value });
  };
  return (
    <select
      className="field-in"
      aria-label={field.title}
      value={field.value === null ? "" : field.value ? "yes" : "no"}
      disabled={!field.can_write}
      onChange={(event) => put(event.target.value)}
      data-testid={idOf(field)}
    >
      <option value="">{t("none")}</option>
      <option value="yes">{t("yes")}</option>
      <option value="no">{t("no")}</option>
    </select>
  );
}

/** Options with their colours; one, or several where the field says so. */
export function ListBox({ place, field }: BoxProps) {
  const { t } = useTranslation("fields");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const chosen = (field.value as string[] | null) ?? [];
  const offered = optionsOf(field).filter(
    (one) => !one.is_archived || chosen.includes(one.code ?? ""),
  );
  const put = (codes: string[]) => {
    const value = codes.length > 0 ? codes : null;
    void saveValue(place, field, { sent: value, shown: value });
  };
  const toggle = (code: string) => {
    const others = chosen.filter((one) => one !== code);
    const has = others.length < chosen.length;
    if (field.settings.many) return put(has ? others : [...chosen, code]);
    setOpen(false);
    put(has ? [] : [code]);
  };
  const shown = optionsOf(field).filter((one) => chosen.includes(one.code ?? ""));
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="value field-list"
        aria-haspopup="listbox"
        aria-expanded={open}
        aria-label={field.title}
        disabled={!field.can_write}
        onClick={() => setOpen(!open)}
        data-testid={idOf(field)}
      >
        {shown.map((one) => (
          <span key={one.code} className={`field-opt c-${one.color || "plain"}`}>
            {one.title}
          </span>
        ))}
        {shown.length === 0 && <span className="t3">{field.can_write ? t("empty") : "—"}</span>}
      </button>
      {open && (
        <Popover
          anchor={anchor.current}
          onClose={() => setOpen(false)}
          label={field.title}
          width={260}
        >
          <div
            role="listbox"
            aria-label={field.title}
            aria-multiselectable={field.settings.many}
            className="field-pop"
          >
            {offered.map((one) => (
              <button
                key={one.code}
                type="button"
                role="option"
                aria-selected={chosen.includes(one.code ?? "")}
                className="pop-i"
                onClick={() => toggle(one.code ?? "")}
                data-testid="field-option"
              >
                <span className={`field-opt c-${one.color || "plain"}`}>{one.title}</span>
                <span className="grow" />
                {chosen.includes(one.code ?? "") && <Icon name="check" size={14} />}
              </button>
            ))}
          </div>
        </Popover>
      )}
    </>
  );
}
