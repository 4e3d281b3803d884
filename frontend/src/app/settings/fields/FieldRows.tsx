import { useTranslation } from "react-i18next";
import type { CardKindSettings, FieldSettings } from "../../../api/contract";
import { sentenceOf } from "../../../api/problem";
import { patch } from "../../../api/request";
import { Button } from "../../../ui/button";
import { Icon } from "../../../ui/icon";
import { Tag } from "../../../ui/marks";
import { complain, say } from "../../../ui/toast";
import { MovedRows } from "./MovedRows";
import { ICONS, moveField, refreshFields } from "./settings";
import { TYPE_WORDS } from "./types";
import "./words";

interface FieldRowsProps {
  kind: CardKindSettings;
  fields: FieldSettings[];
  onOpen: (field: FieldSettings) => void;
}

/** Fields in their groups, in the order of the card; moved by hand or with Alt and the arrows. */
export function FieldRows({ kind, fields, onOpen }: FieldRowsProps) {
  const { t } = useTranslation("fieldset");
  const living = byGroup(fields.filter((one) => !one.is_archived));
  const archived = fields.filter((one) => one.is_archived);
  const restore = async (field: FieldSettings) => {
    try {
      await patch(`custom-fields/${field.id}/`, { is_archived: false });
      say(t("restoredNow"));
    } catch (error) {
      complain(sentenceOf(error));
    }
    await refreshFields(kind.code);
  };
  return (
    <>
      <MovedRows
        rows={living}
        onMove={(id, to) => void moveField(kind.code, living, id, to)}
        over={(field, index) =>
          field.group !== (living[index - 1]?.group ?? "") && <h4>{field.group}</h4>
        }
      >
        {(field) => (
          <button
            type="button"
            className="field-open"
            aria-label={t("edit", { title: field.title })}
            onClick={() => onOpen(field)}
            data-testid={`field-row-${field.code}`}
          >
            <Icon name={ICONS[field.type]} size={16} />
            <span className="el grow">{field.title}</span>
            <span className="f12 t3 field-sort">{t(TYPE_WORDS[field.type])}</span>
            <Marks field={field} />
          </button>
        )}
      </MovedRows>
      {archived.length > 0 && (
        <details className="field-archive">
          <summary>
            {t("archived")} · {archived.length}
          </summary>
          {archived.map((field) => (
            <div key={field.id} className="field-row">
              <Icon name={ICONS[field.type]} size={16} />
              <span className="el grow t3">{field.title}</span>
              <Button size="sm" onClick={() => void restore(field)}>
                {t("restore")}
              </Button>
            </div>
          ))}
        </details>
      )}
    </>
  );
}

/** Fields of one group stand together, those without one first, as on the card. */
function byGroup(fields: FieldSettings[]): FieldSettings[] {
  const groups = [...new Set(["", ...fields.map((one) => one.group)])];
  return groups.flatMap((group) => fields.filter((one) => one.group === group));
}

function Marks({ field }: { field: FieldSettings }) {
  const { t } = useTranslation("fieldset");
  return (
    <span className="field-marks">
      {field.required_at.length > 0 && <Tag>{t("isRequired")}</Tag>}
      {field.is_filterable && <Tag>{t("isFilterable")}</Tag>}
      {field.is_recorded && <Tag>{t("isRecorded")}</Tag>}
      {Object.keys(field.rights).length > 0 && <Tag>{t("isNarrowed")}</Tag>}
    </span>
  );
}
