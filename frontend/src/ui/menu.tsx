import type { KeyboardEvent, ReactNode } from "react";
import { useRef, useState } from "react";
import { Icon, type IconName } from "./icon";
import { focusables, Popover } from "./popover";

export interface MenuItem {
  key: string;
  title: ReactNode;
  icon?: IconName;
  danger?: boolean;
  disabled?: boolean;
  checked?: boolean;
  /** A line above the item, or a caption. */
  before?: "line" | string;
  run: () => void;
}

interface MenuProps {
  label: string;
  items: MenuItem[];
  width?: number;
  alignEnd?: boolean;
  trigger: (open: {
    onClick: () => void;
    "aria-expanded": boolean;
    "aria-haspopup": "menu";
  }) => ReactNode;
}

function walk(event: KeyboardEvent<HTMLElement>): void {
  const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
  if (step === 0) return;
  event.preventDefault();
  const all = focusables(event.currentTarget);
  const here = all.indexOf(document.activeElement as HTMLElement);
  all[(here + step + all.length) % all.length]?.focus();
}

/** A button and the list of verbs under it. */
export function Menu({ label, items, width, alignEnd, trigger }: MenuProps) {
  const [open, setOpen] = useState(false);
  const holder = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={holder} style={{ display: "inline-flex", minWidth: 0 }}>
        {trigger({
          onClick: () => setOpen(!open),
          "aria-expanded": open,
          "aria-haspopup": "menu",
        })}
      </span>
      {open && (
        <Popover
          anchor={holder.current}
          onClose={() => setOpen(false)}
          label={label}
          width={width}
          alignEnd={alignEnd}
          role="menu"
        >
          {/* biome-ignore lint/a11y/noStaticElementInteractions: arrows walk the items inside. */}
          <div onKeyDown={walk}>
            {items.map((item) => (
              <MenuLine key={item.key} item={item} onDone={() => setOpen(false)} />
            ))}
          </div>
        </Popover>
      )}
    </>
  );
}

function MenuLine({ item, onDone }: { item: MenuItem; onDone: () => void }) {
  const choice = item.checked !== undefined;
  return (
    <>
      {item.before === "line" && <div className="pop-sep" />}
      {item.before && item.before !== "line" && <div className="pop-g">{item.before}</div>}
      {/* biome-ignore lint/a11y/useAriaPropsSupportedByRole: a choice is a menuitemradio, which has it. */}
      <button
        type="button"
        role={choice ? "menuitemradio" : "menuitem"}
        aria-checked={choice ? item.checked : undefined}
        className={item.danger ? "pop-i danger" : "pop-i"}
        disabled={item.disabled}
        onClick={() => {
          onDone();
          item.run();
        }}
      >
        {item.icon && <Icon name={item.icon} />}
        <span className="grow">{item.title}</span>
        {item.checked && <Icon name="check" size={14} />}
      </button>
    </>
  );
}
