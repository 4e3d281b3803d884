import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Department } from "../../api/contract";
import { sentenceOf } from "../../api/problem";
import { del, patch, post } from "../../api/request";
import { DEPARTMENTS, useDepartments } from "../../core/people/directories";
import { PersonChip } from "../../core/people/PersonChip";
import { PersonPicker } from "../../core/people/PersonPicker";
import { cache } from "../../core/session/cache";
import { Button, IconButton } from "../../ui/button";
import { Icon } from "../../ui/icon";
import { Menu, type MenuItem } from "../../ui/menu";
import { Empty, Failed, Waiting } from "../../ui/state";
import { complain } from "../../ui/toast";
import { Positions } from "./people/Positions";
import { TitleDialog } from "./people/TitleDialog";
import "./settings.css";
import "./people/words";

const refresh = () => cache.invalidateQueries({ queryKey: DEPARTMENTS });

interface Line {
  department: Department;
  depth: number;
}

function linesOf(all: Department[], parent: number | null = null, depth = 0): Line[] {
  return all
    .filter((one) => one.parent === parent)
    .flatMap((department) => [{ department, depth }, ...linesOf(all, department.id, depth + 1)]);
}

/** Departments as a tree, positions as a list. */
export function Screen() {
  const { t } = useTranslation("staff");
  const departments = useDepartments();
  const [adding, setAdding] = useState<{ parent: number | null } | null>(null);
  const [renaming, setRenaming] = useState<Department | null>(null);
  const [coding, setCoding] = useState<Department | null>(null);
  const all = departments.data ?? [];

  const change = async (work: Promise<unknown>) => {
    await work.catch((error) => complain(sentenceOf(error)));
    await refresh();
  };

  return (
    <>
      <div className="set-h">
        <h2>{t("departments")}</h2>
        <span className="grow" />
        <Button
          icon="plus"
          onClick={() => setAdding({ parent: null })}
          data-testid="department-add"
        >
          {t("departmentAdd")}
        </Button>
      </div>
      {departments.isPending && <Waiting />}
      {departments.isError && !departments.data && (
        <Failed text={sentenceOf(departments.error)} onRetry={() => void departments.refetch()} />
      )}
      {departments.isSuccess && all.length === 0 && (
        <Empty icon="network" title={t("departmentEmpty")} text={t("departmentEmptyText")} />
      )}
      {all.length > 0 && (
        <div className="pane over">
          {linesOf(all).map(({ department, depth }) => (
            <DepartmentRow
              key={department.id}
              department={department}
              depth={depth}
              all={all}
              onAdd={() => setAdding({ parent: department.id })}
              onRename={() => setRenaming(department)}
              onCode={() => setCoding(department)}
              onChange={(body) => void change(patch(`departments/${department.id}/`, body))}
              onRemove={() => void change(del(`departments/${department.id}/`))}
            />
          ))}
        </div>
      )}
      <Positions />
      {adding && (
        <TitleDialog
          title={t("departmentNew")}
          label={t("departmentName")}
          onClose={() => setAdding(null)}
          onSave={async (title) => {
            await post("departments/", { title, parent: adding.parent });
            await refresh();
          }}
        />
      )}
      {renaming && (
        <TitleDialog
          title={t("departmentRename")}
          label={t("departmentName")}
          value={renaming.title}
          onClose={() => setRenaming(null)}
          onSave={async (title) => {
            await patch(`departments/${renaming.id}/`, { title });
            await refresh();
          }}
        />
      )}
      {coding && (
        <TitleDialog
          title={coding.title}
          label={t("departmentCode")}
          hint={t("departmentCodeHint")}
          value={coding.code}
          maxLength={10}
          optional
          onClose={() => setCoding(null)}
          onSave={async (code) => {
            await patch(`departments/${coding.id}/`, { code });
            await refresh();
          }}
        />
      )}
    </>
  );
}

interface RowProps extends Line {
  all: Department[];
  onAdd: () => void;
  onRename: () => void;
  onCode: () => void;
  onChange: (body: object) => void;
  onRemove: () => void;
}

/** A department may not move under itself or its own branches. */
function isUnder(all: Department[], one: Department, branch: number): boolean {
  if (one.id === branch) return true;
  const parent = all.find((other) => other.id === one.parent);
  return parent ? isUnder(all, parent, branch) : false;
}

function DepartmentRow(props: RowProps) {
  const { department, depth, all, onAdd, onRename, onCode, onChange, onRemove } = props;
  const { t } = useTranslation("staff");
  const { t: ui } = useTranslation("ui");
  const places = all.filter(
    (one) => !isUnder(all, one, department.id) && one.id !== department.parent,
  );
  const items: MenuItem[] = [
    { key: "rename", title: t("departmentRename"), icon: "pencil", run: onRename },
    { key: "code", title: t("departmentCode"), icon: "hash", run: onCode },
    { key: "in", title: t("departmentIn"), icon: "plus", run: onAdd },
    ...(department.parent === null
      ? []
      : [
          {
            key: "top",
            title: t("departmentTop"),
            before: t("departmentMove"),
            run: () => onChange({ parent: null }),
          },
        ]),
    ...places.map((place, index) => ({
      key: `to-${place.id}`,
      title: place.title,
      before: index === 0 && department.parent === null ? t("departmentMove") : undefined,
      run: () => onChange({ parent: place.id }),
    })),
    {
      key: "remove",
      title: t("departmentRemove"),
      icon: "trash-2",
      danger: true,
      before: "line",
      run: onRemove,
    },
  ];
  return (
    <div
      className="tree-row dep-row"
      style={{ paddingLeft: 12 + depth * 24 }}
      data-testid="department-row"
    >
      <Icon name="network" className="t3" />
      <span className="b el">{department.title}</span>
      {department.code && (
        <span className="t3 f12" title={t("departmentCode")} data-testid="department-code">
          {department.code}
        </span>
      )}
      <span className="t3 f12">{ui("people", { count: department.employees_count })}</span>
      <span className="grow" />
      <PersonPicker
        label={t("departmentHead")}
        chosen={department.head ? [department.head.id] : []}
        onPick={(person) =>
          onChange({ head: person.id === department.head?.id ? null : person.id })
        }
      >
        {department.head ? (
          <PersonChip person={department.head} />
        ) : (
          <span className="t3">{t("departmentHead")}</span>
        )}
      </PersonPicker>
      <Menu
        label={ui("more")}
        alignEnd
        items={items}
        trigger={(open) => <IconButton icon="ellipsis" label={ui("more")} small {...open} />}
      />
    </div>
  );
}
