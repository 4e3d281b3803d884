import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { CardField } from "../../../core/cards/CardParts";
import { saveField } from "../../../core/entities/card";
import { dayOf } from "../../../core/forms/clock";
import { DuePicker } from "../../../core/forms/DuePicker";
import { InlineText } from "../../../core/forms/InlineText";
import { PersonChip } from "../../../core/people/PersonChip";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { dateText, momentText } from "../../../ui/format";
import { complain } from "../../../ui/toast";
import { DOCUMENTS, type Doc } from "../document";
import { sumIn, sumText } from "../sums";
import "../words";

/** Fields of a document, each changed where it stands and saved as it is left. */

export interface LineProps {
  doc: Doc;
  canEdit: boolean;
}

type TextName = "correspondent" | "outer_number" | "paper_place";

export function TextLine({ doc, canEdit, name }: LineProps & { name: TextName }) {
  const { t } = useTranslation("documents");
  const value = doc[name] ?? "";
  return (
    <CardField label={t(`field_${name}`)}>
      <InlineText
        label={t(`field_${name}`)}
        value={value}
        placeholder={canEdit ? t("notSaid") : "—"}
        readOnly={!canEdit}
        oneLine
        onSave={(next, seen) =>
          void saveField<Doc>(DOCUMENTS, doc, {
            field: name,
            value: next,
            shown: { [name]: next },
            seen,
            words: (card) => card[name] ?? "",
          })
        }
        data-testid={`card-${name}`}
      />
    </CardField>
  );
}

type PersonName = "addressee" | "signatory" | "responsible";

/** In a row whoever answers for a card is its assignee. */
const SHOWN = { addressee: "addressee", signatory: "signatory", responsible: "assignee" } as const;

export function PersonLine({ doc, canEdit, name }: LineProps & { name: PersonName }) {
  const { t } = useTranslation("documents");
  const shown = SHOWN[name];
  const person = doc[shown] ?? null;
  const put = (next: Person) =>
    void saveField<Doc>(DOCUMENTS, doc, {
      field: name,
      value: next.id,
      shown: { [shown]: next },
      words: (card) => card[shown]?.full_name ?? "",
    });
  return (
    <CardField label={t(`field_${name}`)}>
      <PersonPicker
        label={t(`field_${name}`)}
        chosen={person ? [person.id] : []}
        onPick={put}
        disabled={!canEdit}
        data-testid={`card-${name}`}
      >
        {person ? (
          <PersonChip person={person} />
        ) : (
          <span className="t3">{canEdit ? t("notChosen") : "—"}</span>
        )}
      </PersonPicker>
    </CardField>
  );
}

type DayName = "outer_date" | "valid_from" | "valid_until";

const dayText = (day: string): string => dateText(`${day}T12:00:00`);

export function DayLine({ doc, canEdit, name }: LineProps & { name: DayName }) {
  const { t } = useTranslation("documents");
  const day = doc[name] ?? null;
  const put = (due: Date | null) => {
    const value = due && dayOf(due);
    if (value === day) return;
    void saveField<Doc>(DOCUMENTS, doc, {
      field: name,
      value,
      shown: { [name]: value },
      words: (card) => (card[name] ? dayText(card[name]) : t("notSaid")),
    });
  };
  return (
    <CardField label={t(`field_${name}`)}>
      <DuePicker
        label={t(`field_${name}`)}
        value={day ? new Date(`${day}T12:00:00`) : null}
        none={t("noDay")}
        onPick={put}
        disabled={!canEdit}
        data-testid={`card-${name}`}
      >
        {day ? (
          <span className="num">{dayText(day)}</span>
        ) : (
          <span className="t3">{canEdit ? t("notSaid") : "—"}</span>
        )}
      </DuePicker>
    </CardField>
  );
}

export function DueLine({ doc, canEdit }: LineProps) {
  const { t } = useTranslation("documents");
  const put = (due: Date | null) =>
    void saveField<Doc>(DOCUMENTS, doc, {
      field: "due_at",
      value: due?.toISOString() ?? null,
      shown: { due_at: due?.toISOString() ?? null },
      words: (card) => (card.due_at ? momentText(card.due_at) : t("noDue")),
    });
  return (
    <CardField label={t("due")}>
      <DuePicker
        label={t("due")}
        value={doc.due_at ? new Date(doc.due_at) : null}
        onPick={put}
        disabled={!canEdit}
        data-testid="card-due"
      >
        {doc.due_at ? (
          <span className={doc.is_overdue ? "num red" : "num"}>{momentText(doc.due_at)}</span>
        ) : (
          <span className="t3">{t("noDue")}</span>
        )}
      </DuePicker>
    </CardField>
  );
}

export function AmountLine({ doc, canEdit }: LineProps) {
  const { t } = useTranslation("documents");
  const [wrong, setWrong] = useState(false);
  const save = (text: string) => {
    const amount = sumIn(text);
    setWrong(amount === undefined);
    if (amount === undefined) return void complain(t("wrongSum"));
    void saveField<Doc>(DOCUMENTS, doc, {
      field: "amount",
      value: amount,
      shown: { amount },
      words: (card) => (card.amount ? sumText(card.amount) : t("notSaid")),
    });
  };
  return (
    <CardField label={t("amount")}>
      <InlineText
        label={t("amount")}
        className={wrong ? "num red" : "num"}
        value={doc.amount ? sumText(doc.amount) : ""}
        placeholder={canEdit ? t("notSaid") : "—"}
        readOnly={!canEdit}
        oneLine
        onSave={save}
        data-testid="card-amount"
      />
    </CardField>
  );
}
