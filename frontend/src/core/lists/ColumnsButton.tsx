import type { KeyboardEvent, PointerEvent } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { Popover } from "../../ui/popover";
import { type ColumnChoice, canHide, choiceNow, moved } from "./columns";
import type { Column } from "./EntityList";
import "./arranging.css";
import "./words";

interface ColumnsButtonProps<R> {
  all: Column<R>[];
  choice: ColumnChoice[];
  onChange: (choice: ColumnChoice[]) => void;
}

/** Which columns a list has and in what order: by ticks, by a handle, by Alt and arrows. */
export function ColumnsButton<R>({ all, choice, onChange }: ColumnsButtonProps<R>) {
  const { t } = useTranslation("lists");
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  return (
    <>
      <button
        ref={anchor}
        type="button"
        className="chip"
        aria-label={t("columns")}
        title={t("columns")}
        aria-haspopup="dialog"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        data-testid="columns"
      >
        <Icon name="sliders" size={14} />
      </button>
      {open && (
        <Popover
          anchor={anchor.current}
          onClose={() => setOpen(false)}
          label={t("columns")}
          width={300}
          alignEnd
        >
          <Chooser all={all} choice={choiceNow(all, choice)} onChange={onChange} />
          <div className="pop-sep" />
          <button
            type="button"
            className="pop-i"
            onClick={() => onChange([])}
            data-testid="columns-reset"
          >
            <Icon name="rotate-ccw" />
            <span className="grow">{t("columnsReset")}</span>
          </button>
        </Popover>
      )}
    </>
  );
}

function Chooser<R>({ all, choice, onChange }: ColumnsButtonProps<R>) {
  const { t } = useTranslation("lists");
  const list = useRef<HTMLUListElement>(null);
  const [held, setHeld] = useState<string | null>(null);
  const titleOf = (code: string) => all.find((one) => one.key === code)?.title ?? code;
  const hidden = all.filter((one) => !choice.some(({ code }) => code === one.key));

  const place = (code: string, to: number) => {
    onChange(moved(choice, code, to));
    window.requestAnimationFrame(() =>
      list.current?.querySelector<HTMLElement>(`[data-column="${code}"] .grip`)?.focus(),
    );
  };
  const press = (code: string, at: number) => (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    place(code, at + step);
  };
  /** Before which of the shown columns a hand is. */
  const slotAt = (y: number): number => {
    const rows = [...(list.current?.querySelectorAll("[data-column]") ?? [])];
    const below = rows.findIndex((row) => {
      const box = row.getBoundingClientRect();
      return y < box.top + box.height / 2;
    });
    return below < 0 ? rows.length - 1 : below;
  };
  const grip = (code: string) => ({
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      event.currentTarget.setPointerCapture(event.pointerId);
      setHeld(code);
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (held !== code) return;
      const to = slotAt(event.clientY);
      if (choice[to]?.code !== code) onChange(moved(choice, code, to));
    },
    onPointerUp: () => setHeld(null),
    onPointerCancel: () => setHeld(null),
  });

  return (
    <>
      <ul ref={list} className="col-list" aria-label={t("columnsShown")}>
        {choice.map(({ code }, at) => (
          <li key={code} data-column={code} className={held === code ? "col held" : "col"}>
            <button
              type="button"
              className="grip"
              aria-label={t("columnMove", { title: titleOf(code) })}
              onKeyDown={press(code, at)}
              {...grip(code)}
            >
              <Icon name="grip" size={14} />
            </button>
            <label className="col-name">
              <input
                type="checkbox"
                className="cb"
                checked
                disabled={!canHide(code)}
                onChange={() => onChange(choice.filter((one) => one.code !== code))}
                data-testid={`column-${code}`}
              />
              <span className="el">{titleOf(code)}</span>
            </label>
          </li>
        ))}
      </ul>
      {hidden.length > 0 && (
        <ul className="col-list" aria-label={t("columnsHidden")}>
          <li className="pop-g">{t("columnsHidden")}</li>
          {hidden.map((one) => (
            <li key={one.key} className="col off">
              <label className="col-name">
                <input
                  type="checkbox"
                  className="cb"
                  checked={false}
                  onChange={() => onChange([...choice, { code: one.key }])}
                  data-testid={`column-${one.key}`}
                />
                <span className="el">{one.title}</span>
              </label>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
