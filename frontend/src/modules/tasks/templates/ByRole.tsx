import { useTranslation } from "react-i18next";
import { CardField } from "../../../core/cards/CardParts";
import { saveField } from "../../../core/entities/card";
import { complain } from "../../../ui/toast";
import { bodyOf, isNobody, type Named } from "./named";
import { TEMPLATES, type Template } from "./template";
import { WhoseMenu } from "./WhoseMenu";
import "./words";

const namedIn = (template: Template): Named => ({
  people: template.assignees,
  roles: template.roles,
  departments: template.departments,
});

/** Roles and departments whose people get tasks, and how many get one now. */
export function ByRole({ template, canEdit }: { template: Template; canEdit: boolean }) {
  const { t } = useTranslation("templates");
  const { t: ui } = useTranslation("ui");
  const named = namedIn(template);
  const titles = [...template.roles, ...template.departments].map((one) => one.title);
  if (titles.length === 0 && !canEdit) return null;
  const save = (next: Named) => {
    if (isNobody(next)) return complain(t("needOne"));
    const field = next.roles === named.roles ? "departments" : "roles";
    void saveField<Template>(TEMPLATES, template, {
      field,
      value: bodyOf(next)[field],
      shown: { [field]: next[field] },
      words: (card) => card[field].map((one) => one.title).join(", "),
    });
  };
  const text = titles.length > 0 ? titles.join(", ") : t("byRoleNone");
  const count = template.recipients_count;
  return (
    <CardField label={t("byRole")}>
      {canEdit ? (
        <WhoseMenu named={named} onChange={save} className="value" data-testid="template-by-role">
          <span className={titles.length > 0 ? "" : "t3"}>{text}</span>
        </WhoseMenu>
      ) : (
        <span>{text}</span>
      )}
      {titles.length > 0 && count !== undefined && (
        <span className="t3 f12" data-testid="template-recipients">
          {t("nowShort", { people: ui("people", { count }) })}
        </span>
      )}
    </CardField>
  );
}
