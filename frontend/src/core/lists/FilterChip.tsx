import { type ReactNode, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { Icon } from "../../ui/icon";
import { Popover } from "../../ui/popover";
import "./words";

interface FilterChipProps {
  title: string;
  /** What is chosen, in words; empty when the filter is off. */
  value: string;
  onClear?: (() => void) | undefined;
  width?: number;
  /** It has just been put into the bar: what it asks for is chosen at once. */
  startsOpen?: boolean;
  onClosed?: () => void;
  children: (close: () => void) => ReactNode;
}

/** A filter that reads as a sentence: «Состояние: открытые». */
export function FilterChip(props: FilterChipProps) {
  const { title, value, onClear, width, children } = props;
  const { t } = useTranslation("lists");
  const [open, setOpen] = useState(props.startsOpen ?? false);
  const [, setPlaced] = useState(!props.startsOpen);
  const anchor = useRef<HTMLSpanElement>(null);
  // A layer opened together with its chip has nothing to stand beside until the chip is there.
  useEffect(() => setPlaced(true), []);
  const close = () => {
    setOpen(false);
    props.onClosed?.();
  };
  const aria = { "aria-haspopup": "dialog", "aria-expanded": open } as const;
  return (
    <span ref={anchor} style={{ display: "inline-flex", flex: "none" }}>
      {value && onClear ? (
        <span className="chip on">
          <button type="button" {...aria} onClick={() => (open ? close() : setOpen(true))}>
            {title}: <b>{value}</b>
          </button>
          <button type="button" aria-label={t("clearFilter", { title })} onClick={onClear}>
            <Icon name="x" size={14} />
          </button>
        </span>
      ) : (
        <button
          type="button"
          className="chip"
          {...aria}
          onClick={() => (open ? close() : setOpen(true))}
        >
          {title}
          {value && <b>{value}</b>}
          <Icon name="chevron-down" size={14} />
        </button>
      )}
      {open && (
        <Popover anchor={anchor.current} onClose={close} label={title} width={width ?? 240}>
          {children(close)}
        </Popover>
      )}
    </span>
  );
}

interface ChoiceListProps<V extends string> {
  options: { value: V; title: string }[];
  chosen: V[];
  onPick: (value: V) => void;
}

export function ChoiceList<V extends string>({ options, chosen, onPick }: ChoiceListProps<V>) {
  return options.map((option) => (
    <button
      key={option.value}
      type="button"
      className="pop-i"
      aria-pressed={chosen.includes(option.value)}
      onClick={() => onPick(option.value)}
    >
      <span className="grow">{option.title}</span>
      {chosen.includes(option.value) && <Icon name="check" size={14} />}
    </button>
  ));
}
