import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Brief, Person } from "../../api/contract";
import { IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { complain } from "../../ui/toast";
import { sendOne } from "../attachments/choose";
import { refOf } from "../entities/kind";
import { PersonChip } from "../people/PersonChip";
import { PersonPicker } from "../people/PersonPicker";
import { CardPicker } from "./CardPicker";
import type { BoxProps } from "./FieldValue";
import { saveValue } from "./fields";
import type { ShownFile } from "./values";
import "./words";

/** A cross behind what may be taken out again. */
function Clearable({ place, field, children }: BoxProps & { children: ReactNode }) {
  const { t } = useTranslation("fields");
  const filled = field.value !== null || field.is_unseen;
  return (
    <>
      {children}
      {filled && field.can_write && (
        <IconButton
          icon="x"
          small
          size={14}
          label={t("clear", { title: field.title })}
          onClick={() => void saveValue(place, field, { sent: null, shown: null })}
        />
      )}
    </>
  );
}

function Nothing({ field }: Pick<BoxProps, "field">) {
  const { t } = useTranslation("fields");
  if (field.is_unseen) return <span className="t3">{t("unseen")}</span>;
  return <span className="t3">{field.can_write ? t("empty") : "—"}</span>;
}

export function PersonBox(props: BoxProps) {
  const { place, field } = props;
  const person = field.value as Person | null;
  return (
    <Clearable {...props}>
      <PersonPicker
        label={field.title}
        chosen={person ? [person.id] : []}
        onPick={(next) => void saveValue(place, field, { sent: next.id, shown: next })}
        disabled={!field.can_write}
        data-testid={`field-${field.code}`}
      >
        {person ? <PersonChip person={person} /> : <Nothing field={field} />}
      </PersonPicker>
    </Clearable>
  );
}

export function CardBox(props: BoxProps) {
  const { t } = useTranslation("fields");
  const { place, field } = props;
  const [open, setOpen] = useState(false);
  const anchor = useRef<HTMLButtonElement>(null);
  const card = field.value as Brief | null;
  return (
    <Clearable {...props}>
      {card && (
        <Link to={card.route as never} className="el" data-testid={`field-${field.code}-link`}>
          {`${card.number} ${card.title}`.trim()}
        </Link>
      )}
      {(field.can_write || !card) && (
        <button
          ref={anchor}
          type="button"
          className={card ? "icb sm" : "value"}
          aria-label={field.title}
          aria-haspopup="dialog"
          aria-expanded={open}
          disabled={!field.can_write}
          onClick={() => setOpen(!open)}
          data-testid={`field-${field.code}`}
        >
          {card ? <Icon name="chevrons-up-down" size={14} /> : <Nothing field={field} />}
        </button>
      )}
      {open && (
        <CardPicker
          anchor={anchor.current}
          label={t("pickCard")}
          own={refOf(place.kind, place.id)}
          kinds={field.settings.kinds ?? []}
          onClose={() => setOpen(false)}
          onPick={(found) => {
            setOpen(false);
            const shown = { ref: found.key, route: found.to, number: "", title: found.title };
            void saveValue(place, field, { sent: found.key, shown });
          }}
        />
      )}
    </Clearable>
  );
}

export function FileBox(props: BoxProps) {
  const { t } = useTranslation("fields");
  const { place, field } = props;
  const [busy, setBusy] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const file = field.value as ShownFile | null;
  const send = async (chosen: File) => {
    setBusy(true);
    try {
      const id = await sendOne(`${place.kind.path}/${place.id}/attachments/`, chosen);
      const shown = { id, name: chosen.name, url: `/api/v1/attachments/${id}/content/` };
      await saveValue(place, field, { sent: id, shown });
    } catch (error) {
      complain(error instanceof Error ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  if (busy) return <span className="t2 f13">{t("sending")}</span>;
  return (
    <Clearable {...props}>
      {file && (
        <a className="el" href={file.url} target="_blank" rel="noreferrer">
          {file.name}
        </a>
      )}
      {(field.can_write || !file) && (
        <button
          type="button"
          className={file ? "icb sm" : "value"}
          aria-label={`${field.title}: ${t("putFile")}`}
          disabled={!field.can_write}
          onClick={() => input.current?.click()}
          data-testid={`field-${field.code}`}
        >
          {file ? <Icon name="paperclip" size={14} /> : <Nothing field={field} />}
        </button>
      )}
      <input
        ref={input}
        type="file"
        className="vh"
        tabIndex={-1}
        aria-label={`${field.title}: ${t("putFile")}`}
        onChange={(event) => {
          const chosen = event.target.files?.[0];
          event.target.value = "";
          if (chosen) void send(chosen);
        }}
        data-testid={`field-${field.code}-upload`}
      />
    </Clearable>
  );
}
