import { DatePicker, Select, TreeSelect } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { EmployeeCard } from "../../../api/contract";
import { ApiProblem } from "../../../api/problem";
import { patch } from "../../../api/request";
import { treeOf, useDepartments, usePositions } from "../../../core/people/directories";
import { PersonChip } from "../../../core/people/PersonChip";
import { PersonPicker } from "../../../core/people/PersonPicker";
import { useFieldLevels } from "../../../core/session/session";
import { choiceIcons, clearable } from "../../../ui/antd";
import { Button } from "../../../ui/button";
import { Field, TextField } from "../../../ui/field";
import { Form } from "../../../ui/form";
import { complain, say } from "../../../ui/toast";
import { useSaving } from "../saving";
import { PEOPLE } from "./kind";
import { caughtUp, type Values, valuesOf } from "./values";
import "./words";

interface EmployeeFormProps {
  employee: EmployeeCard;
  onSaved: (fresh: EmployeeCard) => Promise<void>;
}

type TextName = "last_name" | "first_name" | "middle_name" | "email" | "phone";

/** Name, place in the company, how to reach the person. */
export function EmployeeForm({ employee, onSaved }: EmployeeFormProps) {
  const { t } = useTranslation("staff");
  const { t: ui } = useTranslation("ui");
  const [from, setFrom] = useState(employee);
  const [values, setValues] = useState(() => valuesOf(employee));
  if (from.version !== employee.version) {
    setFrom(employee);
    setValues(caughtUp(values, valuesOf(from), valuesOf(employee)));
  }
  const positions = usePositions().data ?? [];
  const departments = useDepartments().data ?? [];
  const { busy, errors, run } = useSaving();
  const open = employee.can.edit;
  const may = (field: string) => open.includes(field);
  const level = useFieldLevels(PEOPLE.code);
  const sees = (field: string) => level(field) !== "hidden";
  const set = (change: Partial<Values>) => setValues({ ...values, ...change });

  const save = () =>
    run(async () => {
      const all = { ...values, manager: values.manager?.id ?? null };
      const body = Object.fromEntries(Object.entries(all).filter(([field]) => may(field)));
      try {
        const path = `employees/${employee.id}/`;
        const fresh = await patch<EmployeeCard>(path, body, { ifMatch: employee.version });
        // As the server writes it: a phone number in its own way.
        setFrom(fresh);
        setValues((now) => caughtUp(now, values, valuesOf(fresh)));
        await onSaved(fresh);
        say(t("saved"));
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.status !== 412) throw error;
        complain(t("stale"));
        await onSaved(error.current as EmployeeCard);
      }
    });
  const { login } = employee;
  const loginStays = login !== "" && values.email.trim().toLowerCase() !== login.toLowerCase();
  const text = (field: TextName, label: string, hint?: string) =>
    sees(field) && (
      <TextField
        label={label}
        hint={hint}
        readOnly={!may(field)}
        value={values[field]}
        onChange={(event) => set({ [field]: event.target.value })}
        error={errors[field]}
      />
    );

  return (
    <Form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div className="three">
        {text("last_name", t("last"))}
        {text("first_name", t("first"))}
        {text("middle_name", t("middle"))}
      </div>
      <div className="three">
        {sees("position") && (
          <Field label={t("position")} error={errors.position}>
            {({ id }) => (
              <Select
                {...choiceIcons}
                id={id}
                allowClear={clearable}
                disabled={!may("position")}
                showSearch={{ optionFilterProp: "label" }}
                style={{ width: "100%" }}
                value={values.position}
                onChange={(position) => set({ position: position ?? null })}
                options={positions.map((one) => ({ value: one.id, label: one.title }))}
              />
            )}
          </Field>
        )}
        <Field label={t("department")} error={errors.department}>
          {({ id }) => (
            <TreeSelect
              {...choiceIcons}
              id={id}
              allowClear={clearable}
              disabled={!may("department")}
              treeDefaultExpandAll
              style={{ width: "100%" }}
              value={values.department}
              onChange={(department) => set({ department: department ?? null })}
              treeData={treeOf(departments)}
            />
          )}
        </Field>
        {sees("hired_on") && (
          <Field label={t("hired")} error={errors.hired_on}>
            {({ id }) => (
              <DatePicker
                id={id}
                disabled={!may("hired_on")}
                style={{ width: "100%" }}
                format="DD.MM.YYYY"
                value={values.hired_on ? dayjs(values.hired_on) : null}
                onChange={(day) => set({ hired_on: day?.format("YYYY-MM-DD") ?? null })}
              />
            )}
          </Field>
        )}
      </div>
      <div className="three">
        {text("email", t("email"), loginStays ? t("loginStays", { login }) : undefined)}
        {text("phone", t("phone"))}
        {sees("manager") && (
          <div>
            <span className="lbl">{t("manager")}</span>
            <PersonPicker
              label={t("manager")}
              chosen={values.manager ? [values.manager.id] : []}
              disabled={!may("manager")}
              onPick={(manager) =>
                set({ manager: manager.id === values.manager?.id ? null : manager })
              }
            >
              {values.manager ? (
                <PersonChip person={values.manager} />
              ) : (
                <span className="t3">{t("noManager")}</span>
              )}
            </PersonPicker>
            {errors.manager && <div className="fld-msg err">{errors.manager}</div>}
          </div>
        )}
      </div>
      {open.length > 0 && (
        <div>
          <Button look="primary" type="submit" busy={busy} data-testid="employee-save">
            {ui("save")}
          </Button>
        </div>
      )}
    </Form>
  );
}
