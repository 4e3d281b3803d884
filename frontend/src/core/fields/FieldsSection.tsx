import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { CardFields, CardFieldValue } from "../../api/contract";
import { useStore } from "../../ui/store";
import { CardField, CardSection } from "../cards/CardParts";
import { ToolFailed, ToolWaiting, toolState } from "../cards/ToolState";
import { refOf } from "../entities/kind";
import { FieldValue } from "./FieldValue";
import { type Place, turnInto, useCardFields } from "./fields";
import "./fields.css";
import { missing } from "../entities/missing";
import "./words";

/** The fields that the company has added to a card, in their groups. */
export function FieldsSection({ kind, id }: Place) {
  const { t } = useTranslation("fields");
  const place = { kind, id };
  const query = useCardFields(place);
  const told = useStore(missing);
  const errors = told.ref === refOf(kind, id) ? told.errors : {};
  const first = query.data?.results.find((one) => errors[one.code])?.code;
  useEffect(() => {
    if (!first) return;
    const row = document.querySelector(`[data-field="${first}"]`);
    row?.scrollIntoView({ block: "center" });
    row?.querySelector<HTMLElement>("button, input, select, textarea")?.focus();
  }, [first]);

  const state = toolState(query);
  if (state === "none") return null;
  if (state === "failed") return <ToolFailed title={t("title")} query={query} />;
  if (!query.data) return <ToolWaiting title={t("title")} />;
  const fields = query.data;
  const typed = fields.card_types.length > 1 || fields.card_type.code !== "";
  if (fields.results.length === 0 && !typed) return null;

  return (
    <CardSection title={t("title")}>
      {typed && <TypeLine place={place} fields={fields} />}
      {grouped(fields.results).map(([group, rows]) => (
        <div key={group} className="field-g">
          {group && <h4>{group}</h4>}
          <div className="fields">
            {rows.map((field) => (
              <div key={field.code} data-field={field.code} title={field.hint || undefined}>
                <CardField label={field.title}>
                  <FieldValue place={place} field={field} error={errors[field.code]} />
                </CardField>
                {errors[field.code] && (
                  <p className="fld-msg err" role="alert" data-testid={`field-error-${field.code}`}>
                    {errors[field.code]}
                  </p>
                )}
              </div>
            ))}
          </div>
        </div>
      ))}
    </CardSection>
  );
}

/** Those without a group stand first: under somebody's heading they would seem to belong to it. */
function grouped(fields: CardFieldValue[]): [string, CardFieldValue[]][] {
  const groups = new Map<string, CardFieldValue[]>([["", []]]);
  for (const one of fields) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return [...groups].filter(([, rows]) => rows.length > 0);
}

function TypeLine({ place, fields }: { place: Place; fields: CardFields }) {
  const { t } = useTranslation("fields");
  const known = fields.card_types.some((one) => one.code === fields.card_type.code);
  const offered = known ? fields.card_types : [...fields.card_types, fields.card_type];
  return (
    <div className="fields">
      <CardField label={t("type")}>
        <select
          className="field-in"
          aria-label={t("type")}
          value={fields.card_type.code}
          disabled={!fields.can_edit}
          onChange={(event) => void turnInto(place, event.target.value)}
          data-testid="card-type"
        >
          {offered.map((one) => (
            <option key={one.code} value={one.code}>
              {one.is_archived ? t("archived", { title: one.title }) : one.title}
            </option>
          ))}
        </select>
      </CardField>
    </div>
  );
}
