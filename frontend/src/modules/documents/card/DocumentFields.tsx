import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Direction } from "../../../api/documents";
import { CardField } from "../../../core/cards/CardParts";
import { PersonChip } from "../../../core/people/PersonChip";
import { useFieldLevels } from "../../../core/session/session";
import { WatchersField } from "../../../core/watchers/WatchersField";
import { dateText, momentText } from "../../../ui/format";
import { DOCUMENTS, type Doc } from "../document";
import { useDocumentTypes } from "../reads";
import { CaseFileLine } from "./CaseFileLine";
import { PriorityLine, SecrecyLine } from "./ChoiceLines";
import { AmountLine, DayLine, DueLine, PersonLine, TextLine } from "./FieldLines";
import { type FieldName, mayFill, shownFields } from "./fields";
import "../words";

/** Two columns of what is asked first; what a document of its sort hardly has is put away until somebody wants it. */
export function DocumentFields({ doc }: { doc: Doc }) {
  const { t } = useTranslation("documents");
  const [all, setAll] = useState(false);
  const types = useDocumentTypes().data;
  const direction: Direction =
    types?.find((one) => one.code === doc.type.code)?.direction ?? "internal";
  const edits = doc.can?.edit ?? false;
  const later = edits || (doc.can?.edit_later ?? false);
  const level = useFieldLevels(DOCUMENTS.code);
  const fills = (name: FieldName) => level(name) === "write" && mayFill(name, edits, later);
  const { shown, folded } = shownFields(doc, direction, fills);
  const seen = (all ? [...shown, ...folded] : shown).filter((name) => level(name) !== "hidden");
  return (
    <>
      <div className="fields">
        {doc.number && doc.registered_on && (
          <CardField label={t("registration")}>
            <span className="num el" data-testid="card-number">
              {t("numberOf", {
                number: doc.number,
                day: dateText(`${doc.registered_on}T12:00:00`),
              })}
            </span>
          </CardField>
        )}
        <PersonLine doc={doc} name="responsible" canEdit={later} />
        {seen.map((name) => (
          <Line key={name} doc={doc} name={name} canEdit={fills(name)} />
        ))}
        <CardField label={t(doc.is_draft ? "createdDraft" : "author")}>
          <span className="row doc-author">
            <PersonChip person={doc.initiator} />
            <span className="num t3">{momentText(doc.created_at)}</span>
          </span>
        </CardField>
        <WatchersField kind={DOCUMENTS} id={doc.id} />
      </div>
      {folded.length > 0 && !all && (
        <button
          type="button"
          className="link f13 doc-more"
          onClick={() => setAll(true)}
          data-testid="card-more-fields"
        >
          {t("moreFields")}
        </button>
      )}
    </>
  );
}

interface FieldProps {
  doc: Doc;
  name: FieldName;
  canEdit: boolean;
}

function Line({ doc, name, canEdit }: FieldProps) {
  switch (name) {
    case "due_at":
      return <DueLine doc={doc} canEdit={canEdit} />;
    case "priority":
      return <PriorityLine doc={doc} canEdit={canEdit} />;
    case "amount":
      return <AmountLine doc={doc} canEdit={canEdit} />;
    case "case_file":
      return <CaseFileLine doc={doc} />;
    case "secrecy":
      return <SecrecyLine doc={doc} />;
    case "addressee":
    case "signatory":
      return <PersonLine doc={doc} name={name} canEdit={canEdit} />;
    case "outer_date":
    case "valid_from":
    case "valid_until":
      return <DayLine doc={doc} name={name} canEdit={canEdit} />;
    default:
      return <TextLine doc={doc} name={name} canEdit={canEdit} />;
  }
}
