import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { CardField } from "../../../core/cards/CardParts";
import { saveField } from "../../../core/entities/card";
import { InlineText } from "../../../core/forms/InlineText";
import { Faces, PersonChip } from "../../../core/people/PersonChip";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { momentText } from "../../../ui/format";
import { Tag } from "../../../ui/marks";
import { Menu } from "../../../ui/menu";
import { complain } from "../../../ui/toast";
import { minutesIn, spanOf } from "../task";
import { ByRole } from "./ByRole";
import { isNobody } from "./named";
import { dueInOf, dueInText, TEMPLATES, type Template } from "./template";
import "./words";

interface FieldProps {
  template: Template;
  canEdit: boolean;
}

/** Who gives, who gets, and how long there is for it. */
export function TemplateFields({ template, canEdit }: FieldProps) {
  const { t } = useTranslation("templates");
  return (
    <div className="fields">
      <CardField label={t("assignees")}>
        <Assignees template={template} canEdit={canEdit} />
      </CardField>
      <ByRole template={template} canEdit={canEdit} />
      <CardField label={t("dueIn")}>
        <DueIn template={template} canEdit={canEdit} />
      </CardField>
      <CardField label={t("initiator")}>
        <Initiator template={template} canEdit={canEdit} />
      </CardField>
      <Priority template={template} canEdit={canEdit} />
      <Estimate template={template} canEdit={canEdit} />
      <CardField label={t("created")}>
        <span className="num">{momentText(template.created_at)}</span>
      </CardField>
    </div>
  );
}

const namesOf = (people: Person[]): string => people.map((one) => one.full_name).join(", ");

function Assignees({ template, canEdit }: FieldProps) {
  const { t } = useTranslation("templates");
  const { t: ui } = useTranslation("ui");
  const people = template.assignees;
  const [only] = people;
  const toggle = (person: Person) => {
    const others = people.filter((one) => one.id !== person.id);
    const next = others.length < people.length ? others : [...people, person];
    if (isNobody({ ...template, people: next })) return complain(t("needOne"));
    void saveField<Template>(TEMPLATES, template, {
      field: "assignees",
      value: next.map((one) => one.id),
      shown: { assignees: next },
      words: (card) => namesOf(card.assignees),
    });
  };
  return (
    <PersonPicker
      label={t("assignees")}
      chosen={people.map((one) => one.id)}
      onPick={toggle}
      several
      disabled={!canEdit}
      data-testid="template-assignees"
    >
      {people.length === 1 && only ? (
        <PersonChip person={only} />
      ) : (
        <span className="row" title={`${namesOf(people)}. ${t("assigneesNote")}`}>
          {people.length > 0 && <Faces people={people} />}
          <span className="t2">
            {people.length > 0 ? ui("people", { count: people.length }) : t("nobodyNamed")}
          </span>
        </span>
      )}
    </PersonPicker>
  );
}

function Initiator({ template, canEdit }: FieldProps) {
  const { t } = useTranslation("templates");
  const choose = (initiator: Person) =>
    void saveField<Template>(TEMPLATES, template, {
      field: "initiator",
      value: initiator.id,
      shown: { initiator },
      words: (card) => card.initiator.full_name,
    });
  return (
    <PersonPicker
      label={t("initiatorNote")}
      chosen={[template.initiator.id]}
      onPick={choose}
      disabled={!canEdit || !template.can_name}
      data-testid="template-initiator"
    >
      <PersonChip person={template.initiator} />
    </PersonPicker>
  );
}

function DueIn({ template, canEdit }: FieldProps) {
  const { t } = useTranslation("templates");
  if (template.due_in === undefined) return null;
  const save = (text: string) => {
    const due_in = text.trim() ? dueInOf(text) : null;
    if (text.trim() && due_in === null) return complain(t("dueInWrong"));
    void saveField<Template>(TEMPLATES, template, {
      field: "due_in",
      value: due_in,
      shown: { due_in },
      words: (card) => (card.due_in ? dueInText(card.due_in) : t("dueInNone")),
    });
  };
  return (
    <InlineText
      label={t("dueIn")}
      className="num"
      value={template.due_in ? dueInText(template.due_in) : ""}
      placeholder={t("dueInNone")}
      readOnly={!canEdit}
      oneLine
      onSave={save}
      data-testid="template-due-in"
    />
  );
}

const PRIORITIES = ["normal", "important", "urgent"] as const;
const TITLES = {
  normal: "priorityNormal",
  important: "priorityImportant",
  urgent: "priorityUrgent",
} as const;

function Priority({ template, canEdit }: FieldProps) {
  const { t } = useTranslation("tasks");
  const { priority } = template;
  if (!priority) return null;
  const shown =
    priority === "normal" ? (
      <span className="t2">{t("priorityNormal")}</span>
    ) : (
      <Tag tone={priority === "urgent" ? "red" : "amber"}>{t(TITLES[priority])}</Tag>
    );
  const choose = (next: (typeof PRIORITIES)[number]) =>
    void saveField<Template>(TEMPLATES, template, {
      field: "priority",
      value: next,
      shown: { priority: next },
      words: (card) => t(TITLES[card.priority ?? "normal"]),
    });
  return (
    <CardField label={t("priority")}>
      {canEdit ? (
        <Menu
          label={t("priority")}
          items={PRIORITIES.map((one) => ({
            key: one,
            title: t(TITLES[one]),
            checked: one === priority,
            run: () => choose(one),
          }))}
          trigger={(open) => (
            <button type="button" className="value" {...open} data-testid="template-priority">
              {shown}
            </button>
          )}
        />
      ) : (
        shown
      )}
    </CardField>
  );
}

function Estimate({ template, canEdit }: FieldProps) {
  const { t } = useTranslation("tasks");
  if (template.estimate === undefined || (!canEdit && !template.estimate)) return null;
  const save = (text: string) => {
    const estimate = text.trim() ? minutesIn(text) : null;
    if (text.trim() && estimate === null) return complain(t("timeWrong"));
    void saveField<Template>(TEMPLATES, template, {
      field: "estimate",
      value: estimate,
      shown: { estimate },
      words: (card) => (card.estimate ? spanOf(card.estimate) : t("noEstimate")),
    });
  };
  return (
    <CardField label={t("estimate")}>
      <InlineText
        label={t("estimate")}
        className="num"
        value={template.estimate ? spanOf(template.estimate) : ""}
        placeholder={t("noEstimate")}
        readOnly={!canEdit}
        oneLine
        onSave={save}
      />
    </CardField>
  );
}
