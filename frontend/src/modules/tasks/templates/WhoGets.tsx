import { useTranslation } from "react-i18next";
import type { Person } from "../../../api/contract";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { Icon } from "../../../ui/icon";
import { Face } from "../../../ui/marks";
import { type Named, useRecipients } from "./named";
import { WhoseMenu } from "./WhoseMenu";
import "./templates.css";
import "./words";

interface WhoGetsProps {
  named: Named;
  error: string | undefined;
  onChange: (named: Named) => void;
}

/** Who gets a task of his own: people, roles and departments as chips, and how many that is now. */
export function WhoGets({ named, error, onChange }: WhoGetsProps) {
  const { t } = useTranslation("templates");
  const { t: ui } = useTranslation("ui");
  const recipients = useRecipients(named);
  const { people, roles, departments } = named;
  const toggle = (person: Person) => {
    const others = people.filter((one) => one.id !== person.id);
    onChange({ ...named, people: others.length < people.length ? others : [...people, person] });
  };
  const byRole = roles.length + departments.length > 0;
  const note =
    byRole && recipients
      ? t("nowPeople", { people: ui("people", { count: recipients.count }) })
      : t("assigneesNote");
  return (
    <div>
      <span className="lbl">{t("assignees")}</span>
      <div className="tpl-people">
        {people.map((person) => (
          <button
            key={person.id}
            type="button"
            className="chip"
            aria-label={t("removeAssignee", { name: person.name })}
            onClick={() => toggle(person)}
          >
            <Face id={person.id} initials={person.initials} photo={person.photo_url} />
            {person.name}
            <Icon name="x" size={14} />
          </button>
        ))}
        {roles.map((role) => (
          <Chip
            key={role.code}
            title={t("roleOf", { title: role.title })}
            onRemove={() =>
              onChange({ ...named, roles: roles.filter((one) => one.code !== role.code) })
            }
          />
        ))}
        {departments.map((department) => (
          <Chip
            key={department.id}
            title={t("departmentOf", { title: department.title })}
            onRemove={() =>
              onChange({
                ...named,
                departments: departments.filter((one) => one.id !== department.id),
              })
            }
          />
        ))}
        <PersonPicker
          label={t("assignees")}
          className="chip"
          chosen={people.map((one) => one.id)}
          onPick={toggle}
          several
          data-testid="template-people"
        >
          <Icon name="user-plus" size={14} />
          {t("addAssignee")}
        </PersonPicker>
        <WhoseMenu
          named={named}
          onChange={onChange}
          className="chip"
          data-testid="template-by-role"
        >
          <Icon name="users" size={14} />
          {t("byRole")}
        </WhoseMenu>
      </div>
      <div
        className={error ? "fld-msg err" : "fld-msg"}
        role={error ? "alert" : undefined}
        data-testid="template-recipients"
      >
        {error ?? note}
      </div>
    </div>
  );
}

function Chip({ title, onRemove }: { title: string; onRemove: () => void }) {
  const { t } = useTranslation("templates");
  return (
    <button
      type="button"
      className="chip"
      aria-label={t("removeAssignee", { name: title })}
      onClick={onRemove}
    >
      <Icon name="users" size={14} />
      {title}
      <Icon name="x" size={14} />
    </button>
  );
}
